#pragma once

// What signing in writes into the audit trail, in the transaction of what it tells about.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "database/database.hpp"

namespace latchkey::identity {

enum class SignInEvent : std::uint8_t {
    user_created,  // by the first right code of an address
    session_started,
    consent_agreed,
    passkey_added,
    passkey_removed,
    session_ended,
    profile_changed,
    email_changed,
    data_downloaded,
    user_deleted,  // by themselves
};

/// "session.started", as in the trail.
[[nodiscard]] std::string_view to_string(SignInEvent event) noexcept;

struct SignInSubject {
    UserId user_id;
    std::optional<ClientId> client_id;
};

/// Where it came from. Views live for the call.
struct SignInSource {
    std::string_view request_id;
    std::string_view peer_address;
};

[[nodiscard]] Result<void> append_audit(database::WriteTransaction& tx, RealmId realm,
                                        SignInEvent event, const SignInSubject& subject,
                                        Timestamp now, const SignInSource& source);

}  // namespace latchkey::identity
