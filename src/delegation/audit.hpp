#pragma once

// What delegation writes into the audit trail: one row in the transaction of what it tells about.

#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "database/database.hpp"
#include "delegation/services.hpp"

namespace latchkey::delegation {

/// Every event there is: what changes who may read, and what smells of theft. A refresh is neither,
/// so it leaves no row behind. A new one is added here and named in to_string.
enum class AuditAction : std::uint8_t {
    client_created,
    client_updated,
    client_deleted,
    client_secret_rotated,
    consent_token_issued_by_support,
    consent_token_replayed,   // presented a second time
    consent_token_withdrawn,  // issued before its connection was revoked
    connection_established,   // or its scopes changed
    connection_revoked,
    tokens_issued,         // under a connection as it stood
    refresh_token_reused,  // the family is dead
    refresh_token_revoked,
    access_token_revoked,
    key_rotated,
    key_retired,
    master_key_changed,
};

/// "refresh_token.reused", as in the trail.
[[nodiscard]] std::string_view to_string(AuditAction action) noexcept;

struct AuditSubject {
    std::optional<UserId> user_id;
    std::optional<ClientId> client_id;
    std::string_view detail = {};  // where ids do not say it: "access-token 2"
};

[[nodiscard]] Result<void> append_audit(database::WriteTransaction& tx, RealmId realm,
                                        AuditAction action, const AuditSubject& subject,
                                        Timestamp now, const AuditContext& context);

}  // namespace latchkey::delegation
