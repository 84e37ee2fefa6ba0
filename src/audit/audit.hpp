#pragma once

// What is written into the audit trail: one row in the transaction of what it tells about.

#include <cstdint>
#include <optional>
#include <string_view>

#include "audit/actor.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time/clock.hpp"
#include "database/database.hpp"

namespace latchkey::audit {

/// Every event there is: what changes who may read, what people do with their account, and what
/// smells of theft. A refresh is none of these, so it leaves no row behind. A new one is added here
/// and named in to_string.
enum class Event : std::uint8_t {
    client_created,
    client_updated,  // the detail names the fields
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
    data_resealed,  // under the current keys, because an operator wanted it then
    user_created,   // by the first right code of an address
    session_started,
    consent_agreed,
    passkey_added,
    passkey_removed,
    session_ended,
    profile_changed,
    email_changed,
    data_downloaded,
    user_deleted,       // by themselves, or by the operator
    realm_created,      // in its own trail and the first realm's
    role_member_added,  // the detail names the group
    role_member_removed,
    webhook_created,  // the detail is its id
    webhook_deleted,
    realm_deleted,  // in the first realm's trail
};

/// "refresh_token.reused", as in the trail.
[[nodiscard]] std::string_view to_string(Event event) noexcept;

struct Subject {
    std::optional<UserId> user_id;
    std::optional<ClientId> client_id;
    std::string_view detail = {};  // where ids do not say it: "access-token 2"
};

[[nodiscard]] Result<void> append(database::WriteTransaction& tx, RealmId realm, Event event,
                                  const Subject& subject, Timestamp now, const Context& context);

}  // namespace latchkey::audit
