#pragma once

// The one decision of a sign-in. It gets what is asked, where the sign-in stands, what happened and
// what is known, and says what comes next. It reads and writes nothing.

#include <optional>
#include <string>
#include <variant>

#include "interaction/event.hpp"
#include "interaction/facts.hpp"
#include "interaction/request.hpp"
#include "interaction/state.hpp"
#include "interaction/view.hpp"
#include "oauth/error.hpp"

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

// How it ends. Where the answer goes is the request's (`Continuation`).

/// The app gets what it asked for, or the part of it that the person granted.
struct Completed {
    ClientId client_id;
    Person person;
    ScopeSet granted;
};
/// The app does not get it: access_denied ("not now"), or what OIDC Core 3.1.2.6 has for a request
/// that allows no page (`Prompt::none`).
struct Refused {
    oauth::Error error;
};
/// Nobody waits for an answer: the person goes on to our own account page.
struct ToAccount {};
using Ending = std::variant<Completed, Refused, ToAccount>;

// What comes next.

struct GoOn {
    State state;
    std::optional<Write> write = std::nullopt;
};
using Next = std::variant<Question, GoOn, View, Ending>;

[[nodiscard]] Next step(const Request& request, const State& state, const Event& event,
                        const Facts& facts);

}  // namespace latchkey::interaction
