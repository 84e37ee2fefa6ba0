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
    /// Whether the form's page was shown to this person. The account may have changed in another
    /// tab, and nobody may agree to what another person has read.
    enum class Form : std::uint8_t { of_another, own };
    Form form = Form::of_another;
};

struct Facts {
    std::optional<Person> person;
    enum class Passkeys : std::uint8_t { off, on };
    Passkeys passkeys = Passkeys::off;  // whether this installation has them
};

/// Whether a step for this event uses `Facts::person`. For an address or a code nobody is looked
/// up: the time that the answer takes must not tell who is signed in.
[[nodiscard]] bool needs_person(const Event& event) noexcept;

}  // namespace latchkey::interaction
