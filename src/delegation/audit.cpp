#include "delegation/audit.hpp"

#include "store/audit.hpp"

namespace latchkey::delegation {

std::string_view to_string(AuditAction action) noexcept {
    switch (action) {
        case AuditAction::client_created: return "client.created";
        case AuditAction::client_updated: return "client.updated";
        case AuditAction::client_deleted: return "client.deleted";
        case AuditAction::client_secret_rotated: return "client.secret_rotated";
        case AuditAction::consent_token_issued_by_support: return "consent_token.issued_by_support";
        case AuditAction::consent_token_replayed: return "consent_token.replayed";
        case AuditAction::consent_token_withdrawn: return "consent_token.withdrawn";
        case AuditAction::connection_established: return "connection.established";
        case AuditAction::connection_revoked: return "connection.revoked";
        case AuditAction::tokens_issued: return "tokens.issued";
        case AuditAction::refresh_token_reused: return "refresh_token.reused";
        case AuditAction::refresh_token_revoked: return "refresh_token.revoked";
        case AuditAction::access_token_revoked: return "access_token.revoked";
        case AuditAction::key_rotated: return "key.rotated";
        case AuditAction::key_retired: return "key.retired";
        case AuditAction::master_key_changed: return "master_key.changed";
    }
    return "unknown";
}

Result<void> append_audit(database::WriteTransaction& tx, RealmId realm, AuditAction action,
                          const AuditSubject& subject, Timestamp now, const AuditContext& context) {
    AuditRecord record;
    record.realm_id = realm;
    record.at = now;
    record.actor = context.actor;
    record.action = to_string(action);
    record.user_id = subject.user_id;
    record.client_id = subject.client_id;
    record.request_id = context.request_id;
    record.origin = context.origin;
    record.detail = subject.detail;
    return store::append_audit(tx, record);
}

}  // namespace latchkey::delegation
