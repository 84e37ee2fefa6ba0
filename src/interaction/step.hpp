#pragma once

// The sign-in's one decision: from what is asked, where it stands, what happened and what is known,
// to what comes next. Pure.

#include <optional>
#include <string>
#include <variant>

#include "interaction/event.hpp"
#include "interaction/facts.hpp"
#include "interaction/request.hpp"
#include "interaction/state.hpp"
#include "interaction/view.hpp"

namespace latchkey::interaction {

// Questions that only a transaction can answer. The answer is the next event, for the same state.

struct SendCode {  // → CodeSent, CodeNotSent
    std::string email;
    Sending sending = Sending::first;
};
struct CheckCode {  // → CodeChecked
    ChallengeId challenge_id;
    std::string typed;
};
struct CheckPasskey {  // → PersonProved, PasskeyRefused
    PasskeyAnswer answer;
};
/// The person of an address that was just proved.
struct FindOrCreatePerson {  // → PersonProved, SignUpRefused
    std::string email;
};
using Question = std::variant<SendCode, CheckCode, CheckPasskey, FindOrCreatePerson>;

// What is written before the browser goes on.

struct StartSession {
    UserId user_id;
};
struct KeepName {
    Person person;
    PersonName name;
};
struct RecordConsent {
    UserId user_id;
    ClientId client_id;
};
using Write = std::variant<StartSession, KeepName, RecordConsent>;

// How it ends.

struct Completed {
    Person person;
    ScopeSet granted;
};
struct Declined {};
/// The account page is ours: there is nothing to hand over.
struct ToAccount {};
using Ending = std::variant<Completed, Declined, ToAccount>;

// What comes next.

struct GoOn {
    State state;
    std::optional<Write> write = std::nullopt;
};
using Next = std::variant<Question, GoOn, View, Ending>;

[[nodiscard]] Next step(const Request& request, const State& state, const Event& event,
                        const Facts& facts);

}  // namespace latchkey::interaction
