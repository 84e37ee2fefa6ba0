#pragma once

// Where a sign-in stands: what the browser carries from step to step.

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

#include "base/ids.hpp"
#include "interaction/notice.hpp"
#include "model/scopes.hpp"

namespace latchkey::interaction {

/// Nothing has happened yet. Where a session is live, the person is not asked for an address.
struct AtStart {};

/// The person is asked for an address, even where a session is live ("use another address").
struct AtEmail {
    std::string email = {};  // as typed
    Notice notice = Notice::none;
};

/// A code is on its way.
struct AtCode {
    std::string email;  // as accepted
    ChallengeId challenge_id;
    Notice notice = Notice::none;
};

/// It is known who the person is. Their name and their consent may be missing.
struct SignedIn {
    UserId user_id;
    enum class Name : std::uint8_t { open, skipped };
    Name name = Name::open;
    Notice notice = Notice::none;
};

/// The person has agreed. The next page ends the sign-in.
struct Agreed {
    UserId user_id;
    ScopeSet granted;
    std::int64_t connection_revocations = 0;  // how often the connection had been revoked by then
};

/// The person has pressed "Not now".
struct Cancelled {};

using State = std::variant<AtStart, AtEmail, AtCode, SignedIn, Agreed, Cancelled>;
inline constexpr std::size_t step_count = std::variant_size_v<State>;

}  // namespace latchkey::interaction
