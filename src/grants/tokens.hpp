#pragma once

// What a grant answers, whichever it was.

#include <expected>
#include <optional>
#include <string>

#include "base/refused.hpp"
#include "base/secret.hpp"
#include "base/time/clock.hpp"
#include "model/records.hpp"

namespace latchkey::grants {

struct Tokens {
    UserId user_id;
    std::string public_id;  // empty where the grant does not tell it
    Secret access_token;
    Secret refresh_token;
    Seconds expires_in{};                           // of the access token
    ScopeSet scopes;                                // as issued (RFC 6749 5.1)
    std::optional<UserRecord> user = std::nullopt;  // of an exchange, sealed: open it with people/
                                                    // only if a field asks for it
};

/// Tokens, or why there are none in the grant's own words. An error of ours comes the same way.
template <class Reason>
using Answer = std::expected<Tokens, Refused<Reason>>;

}  // namespace latchkey::grants
