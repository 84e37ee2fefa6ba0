#include "audit/audit.hpp"

#include "store/audit.hpp"

namespace latchkey::audit {

std::string_view to_string(Event event) noexcept {
    switch (event) {
        case Event::client_created: return "client.created";
        case Event::client_updated: return "client.updated";
        case Event::client_deleted: return "client.deleted";
        case Event::client_secret_rotated: return "client.secret_rotated";
        case Event::consent_token_issued_by_support: return "consent_token.issued_by_support";
        case Event::consent_token_replayed: return "consent_token.replayed";
        case Event::consent_token_withdrawn: return "consent_token.withdrawn";
        case Event::connection_established: return "connection.established";
        case Event::connection_revoked: return "connection.revoked";
        case Event::tokens_issued: return "tokens.issued";
        case Event::refresh_token_reused: return "refresh_token.reused";
        case Event::refresh_token_revoked: return "refresh_token.revoked";
        case Event::access_token_revoked: return "access_token.revoked";
        case Event::key_rotated: return "key.rotated";
        case Event::key_retired: return "key.retired";
        case Event::master_key_changed: return "master_key.changed";
        case Event::data_resealed: return "data.resealed";
        case Event::user_created: return "user.created";
        case Event::session_started: return "session.started";
        case Event::consent_agreed: return "consent.agreed";
        case Event::passkey_added: return "passkey.added";
        case Event::passkey_removed: return "passkey.removed";
        case Event::session_ended: return "session.ended";
        case Event::profile_changed: return "profile.changed";
        case Event::email_changed: return "email.changed";
        case Event::data_downloaded: return "data.downloaded";
        case Event::user_deleted: return "user.deleted";
        case Event::realm_created: return "realm.created";
        case Event::role_member_added: return "role.member_added";
        case Event::role_member_removed: return "role.member_removed";
        case Event::webhook_created: return "webhook.created";
        case Event::webhook_deleted: return "webhook.deleted";
        case Event::realm_deleted: return "realm.deleted";
    }
    return "unknown";
}

Result<void> append(database::WriteTransaction& tx, RealmId realm, Event event,
                    const Subject& subject, Timestamp now, const Context& context) {
    AuditRecord record;
    record.realm_id = realm;
    record.at = now;
    record.actor = to_string(context.actor.kind());
    record.identity = context.actor.identity();
    record.action = to_string(event);
    record.user_id = subject.user_id;
    record.client_id = subject.client_id;
    record.request_id = context.request_id;
    record.origin = context.origin;
    record.detail = subject.detail;
    record.reason = context.reason.text();
    return store::append_audit(tx, record);
}

}  // namespace latchkey::audit
