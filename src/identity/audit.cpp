#include "identity/audit.hpp"

#include <string>

#include "model/records.hpp"
#include "store/audit.hpp"

namespace latchkey::identity {

std::string_view to_string(SignInEvent event) noexcept {
    switch (event) {
        case SignInEvent::user_created: return "user.created";
        case SignInEvent::session_started: return "session.started";
        case SignInEvent::consent_agreed: return "consent.agreed";
        case SignInEvent::passkey_added: return "passkey.added";
        case SignInEvent::passkey_removed: return "passkey.removed";
        case SignInEvent::session_ended: return "session.ended";
        case SignInEvent::profile_changed: return "profile.changed";
        case SignInEvent::email_changed: return "email.changed";
        case SignInEvent::data_downloaded: return "data.downloaded";
        case SignInEvent::user_deleted: return "user.deleted";
    }
    return "unknown";
}

Result<void> append_audit(database::WriteTransaction& tx, RealmId realm, SignInEvent event,
                          const SignInSubject& subject, Timestamp now, const SignInSource& source) {
    AuditRecord record;
    record.realm_id = realm;
    record.at = now;
    record.actor = "user";
    record.action = to_string(event);
    record.user_id = subject.user_id;
    record.client_id = subject.client_id;
    record.request_id = source.request_id;
    record.origin = source.peer_address;
    return store::append_audit(tx, record);
}

}  // namespace latchkey::identity
