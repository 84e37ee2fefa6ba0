#pragma once

// A person becomes known to an app: what every grant does that begins with the person's own
// consent.

#include <optional>

#include "audit/audit.hpp"
#include "base/result.hpp"
#include "grants/grant.hpp"
#include "model/records.hpp"

namespace latchkey::grants {

/// A person, and their connection to the app that asks, if they ever had one.
struct KnownUser {
    UserRecord user;
    std::optional<ConnectionRecord> connection;
};
/// Absent if there is no such person in the realm. Errors: storage errors.
[[nodiscard]] Result<std::optional<KnownUser>> find_known_user(const TokenCall& call,
                                                               UserId user_id);

/// A connection as it stands after a grant, and the line for the trail.
struct Connected {
    ConnectionRecord connection;
    audit::Event event;
};
/// Makes the connection live with `scopes`, and tells the app's webhooks if it was not live before.
/// One that is live with these scopes is left as it is, and nothing is written. Moves the
/// connection out of `before`. Errors: storage errors.
[[nodiscard]] Result<Connected> connect(const TokenCall& call, KnownUser& before, ScopeSet scopes);

}  // namespace latchkey::grants
