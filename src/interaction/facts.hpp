#pragma once

// What is looked up before a step: who this browser's live session belongs to, and what they have
// granted to the app already.

#include <cstdint>
#include <optional>

#include "base/ids.hpp"
#include "interaction/event.hpp"
#include "model/records.hpp"
#include "model/scopes.hpp"

namespace latchkey::interaction {

/// The person of the browser's live session.
struct Person {
    UserId id;
    Profile profile;
    ScopeSet granted_before;                  // by their live connection with the app
    std::int64_t connection_revocations = 0;  // how often that connection has been revoked
    Authentication authentication = {};       // by that session
    /// Whom the form was shown to: after a change of account in another tab, what one person read
    /// must not be agreed to by the other.
    enum class Form : std::uint8_t { of_another, own };
    Form form = Form::of_another;
};

struct Facts {
    std::optional<Person> person;
    enum class Passkeys : std::uint8_t { off, on };
    Passkeys passkeys = Passkeys::off;  // whether this installation has them
};

/// Whether a step for this event looks at `Facts::person`. An address or a code is taken without a
/// look at who is signed in, so that the time it takes says nothing.
[[nodiscard]] bool needs_person(const Event& event) noexcept;

}  // namespace latchkey::interaction
