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

/// Nothing yet: a live session goes on from here.
struct AtStart {};

/// Asks for an address, whether there is a session or not ("use another address").
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

/// The person of this sign-in is known: name, consent.
struct SignedIn {
    UserId user_id;
    enum class Name : std::uint8_t { open, skipped };
    Name name = Name::open;
    Notice notice = Notice::none;
};

/// The outcome waits to be handed over.
struct Agreed {
    UserId user_id;
    ScopeSet granted;
    std::int64_t connection_revocations = 0;  // how often the connection had been revoked by then
};

/// "Not now".
struct Cancelled {};

using State = std::variant<AtStart, AtEmail, AtCode, SignedIn, Agreed, Cancelled>;
inline constexpr std::size_t step_count = std::variant_size_v<State>;

}  // namespace latchkey::interaction
