// POST /sign-in/code: checks the code, creates the person on the first right one, and starts the
// browser's session. Or sends another code, or goes back.

#include <utility>

#include "audit/audit.hpp"
#include "endpoints/sign_in/code_request.hpp"
#include "endpoints/sign_in/flow.hpp"
#include "endpoints/sign_in/session.hpp"
#include "endpoints/sign_in/sign_in.hpp"
#include "people/email_codes.hpp"
#include "people/users.hpp"

namespace latchkey::endpoints {
namespace {

Writes needs_writing(const Submission& submission) {
    const bool at_code = submission.state.step == interaction::Step::code;
    const std::string_view action = submission.action();
    return at_code && action != "cancel" && action != "change" ? Writes::yes : Writes::no;
}

/// The person of an address that was just proved; created if it is the first time.
Result<people::User> find_or_create(const SignInServices& services, database::WriteTransaction& tx,
                                    const std::string& email, const audit::Context& source) {
    const realm::Services& with = services.delegation;
    const Timestamp now = with.clock.now();
    auto known = TRY(people::find_user_by_email(tx, with.keys, email));
    if (!known) {
        Profile profile;
        profile.email = email;
        profile.email_verified = true;
        auto user = TRY(people::create_user(tx, with.keys, with.random, std::move(profile), now));
        TRY(audit::append(tx, with.keys.realm(), audit::Event::user_created,
                          {user.id, std::nullopt}, now, source));
        return user;
    }
    if (known->profile.email_verified) return std::move(*known);
    known->profile.email_verified = true;
    return people::update_user(tx, with.keys, with.random, known->id, known->profile, now);
}

Result<http::Response> check_code(const SignInServices& services, const Submission& submission,
                                  const http::Request& request) {
    const auto tx = TRY(services.delegation.database.write());
    const people::CodeAnswer answer{submission.state.challenge_id,
                                    submission.form.find("code").value_or(""),
                                    submission.browser_secret, request.peer_address};
    const auto checked = services.codes.check(*tx, answer, services.delegation.clock.now());
    interaction::SignInState next = submission.state;
    if (!checked) {
        if (checked.error().code != ErrorCode::rate_limited) return Failure(checked.error());
        next.notice = interaction::Notice::too_often;
        return go_on(services, submission, next);
    }
    if (checked->verdict == people::CodeVerdict::right) {
        const people::User user =
            TRY(find_or_create(services, *tx, checked->email, source_of(request)));
        return start_browser_session(services, *tx, submission, request, user.id);
    }
    TRY(tx->commit());  // the refusal sticks: the try is counted
    const bool more_tries = checked->verdict == people::CodeVerdict::wrong;
    next.notice = more_tries ? interaction::Notice::wrong_code : interaction::Notice::code_used_up;
    return go_on(services, submission, next);
}

Result<http::Response> take_code(const SignInServices& services, const Submission& submission,
                                 const http::Request& request) {
    const std::string_view action = submission.action();
    interaction::SignInState next;
    if (action == "cancel") {
        next.step = interaction::Step::cancelled;
        return go_on(services, submission, next);
    }
    // No code is on its way here: the state has expired, or the person went back.
    if (submission.state.step != interaction::Step::code || action == "change") {
        next.step = interaction::Step::email;
        next.email = submission.state.email;
        return go_on(services, submission, next);
    }
    if (action != "resend") return check_code(services, submission, request);
    next = TRY(send_code(services, submission, request, submission.state.email));
    if (next.step == interaction::Step::code) {
        next.notice = interaction::Notice::code_sent_again;
    } else {
        next = submission.state;  // the code that is on its way stays good
        next.notice = interaction::Notice::too_often;
    }
    return go_on(services, submission, next);
}

}  // namespace

http::Handler sign_in_code(SignInServices services) {
    return form_handler(services, needs_writing, take_code);
}

}  // namespace latchkey::endpoints
