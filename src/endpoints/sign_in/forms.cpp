// The forms of the sign-in. Each is an event for interaction::step; a question that the step asks
// is answered from the store, and the answer is the next event. All of it happens in one
// transaction, which is committed even if the person is refused: a wrong code counts as a try.

#include <utility>

#include "endpoints/forms.hpp"
#include "endpoints/sign_in/ends.hpp"
#include "endpoints/sign_in/events.hpp"
#include "endpoints/sign_in/perform.hpp"
#include "endpoints/sign_in/respond.hpp"
#include "endpoints/sign_in/sign_in.hpp"
#include "interaction/step.hpp"

namespace latchkey::endpoints {
namespace {

using interaction::Event;
using interaction::Facts;
using interaction::GoOn;
using interaction::Next;
using interaction::Question;

/// A form as it came, and what it says.
struct Posted {
    Incoming incoming;
    http::Form form;
    ReadEvent read;
};

/// Takes steps until one asks no more questions.
Result<Next> decide(const Visit& visit, database::WriteTransaction& tx, const Posted& posted) {
    Event event = posted.read(posted.form, visit.sign_in);
    Facts facts;
    if (needs_person(event)) {
        facts = TRY(look_up_facts(visit, tx, posted.form.find("person").value_or("")));
    }
    for (;;) {
        Next next = step(visit.sign_in, visit.state, event, facts);
        const auto* question = std::get_if<Question>(&next);
        if (question == nullptr) return next;
        event = TRY(answer(visit, tx, *question));
    }
}

/// Decides what comes next, writes it, and leads the browser there. Views and endings are for the
/// page that it is led to.
Result<http::Response> follow(const Visit& visit, database::WriteTransaction& tx,
                              const Posted& posted) {
    const Next next = TRY(decide(visit, tx, posted));
    const auto* on = std::get_if<GoOn>(&next);
    if (on == nullptr) return fail(ErrorCode::internal, "Something went wrong on our side.");
    std::vector<std::string> cookies;
    if (on->write) cookies = TRY(perform(visit, tx, *on->write));
    TRY(tx.commit());
    return redirect_to_next_step(visit, posted.form, on->state, std::move(cookies));
}

Result<http::Response> take_sign_in_form(const SignInParts& parts, database::WriteGroup& group,
                                         const Posted& posted) {
    const auto tx = TRY(group.begin());
    const Visit visit = TRY(read_form_visit(parts, *tx, posted.incoming, posted.form));
    auto response = follow(visit, *tx, posted);
    return response ? std::move(*response) : fail_sign_in(visit, response.error());
}

http::Handler form_route(SignInParts parts, ReadEvent read) {
    return [parts, read](const http::Request& request) -> http::Reply {
        Incoming incoming = read_incoming(request);
        auto form = read_own_form(request, parts.realm.public_origin);
        if (!form) return refuse(parts, incoming, form.error());
        Posted posted{std::move(incoming), std::move(*form), read};
        return http::Write(
            [parts, posted = std::move(posted)](database::WriteGroup& group) -> http::Response {
                auto response = take_sign_in_form(parts, group, posted);
                if (response) return std::move(*response);
                return refuse(parts, posted.incoming, response.error());
            });
    };
}

}  // namespace

http::Handler sign_in_email(SignInParts parts) { return form_route(parts, read_email_form); }
http::Handler sign_in_code(SignInParts parts) { return form_route(parts, read_code_form); }
http::Handler sign_in_passkey(SignInParts parts) { return form_route(parts, read_passkey_form); }
http::Handler sign_in_name(SignInParts parts) { return form_route(parts, read_name_form); }
http::Handler sign_in_consent(SignInParts parts) { return form_route(parts, read_consent_form); }

}  // namespace latchkey::endpoints
