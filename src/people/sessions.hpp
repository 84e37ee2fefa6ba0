#pragma once

// A person signed in to Latchkey itself in one browser: a random secret in a cookie, of which only
// the SHA-256 is stored. Each sign-in mints a new one, so that a planted cookie is worth nothing.

#include <optional>
#include <string_view>

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::people {

inline constexpr std::string_view session_cookie = "session";  // http/cookies adds __Host-
/// For so long after signing in may a person change what an intruder would want to change.
inline constexpr Seconds fresh_session = std::chrono::minutes(15);

struct NewSession {
    RealmId realm;
    UserId user_id;
    std::optional<std::string_view> previous_secret;  // the one that this browser had: it ends
    std::string_view user_agent = {};                 // of the browser, for its label
    Seconds lifetime = std::chrono::days(30);         // absolute, from now
};
/// Starts a session. The cookie's value.
[[nodiscard]] Result<Secret> start_session(database::WriteTransaction& tx, Random& random,
                                           const NewSession& wanted, Timestamp now);

/// The live session of a cookie's value; absent if it is unknown, malformed, expired or another
/// realm's.
[[nodiscard]] Result<std::optional<BrowserSessionRecord>> find_session(
    database::ReadTransaction& tx, RealmId realm, std::string_view secret, Timestamp now);

/// Signs out. False: there was no such session.
[[nodiscard]] Result<bool> end_session(database::WriteTransaction& tx, RealmId realm,
                                       std::string_view secret);

}  // namespace latchkey::people
