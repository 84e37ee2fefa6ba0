// POST /sign-in/code: checks the code, creates the person on the first right one, and starts the
// browser's session. Or sends another code, or goes back.

#include <utility>

#include "endpoints/sign_in.hpp"
#include "endpoints/sign_in_code_request.hpp"
#include "endpoints/sign_in_flow.hpp"
#include "endpoints/sign_in_session.hpp"
#include "identity/email_codes.hpp"
#include "identity/users.hpp"

namespace latchkey::endpoints {
namespace {

Writes needs_writing(const Submission& submission) {
    const bool at_code = submission.state.step == Step::code;
    const std::string_view action = submission.action();
    return at_code && action != "cancel" && action != "change" ? Writes::yes : Writes::no;
}

/// The person of an address that was just proved; created if it is the first time.
Result<identity::User> find_or_create(const SignInServices& services,
                                      database::WriteTransaction& tx, const std::string& email,
                                      const identity::SignInSource& source) {
    const delegation::Services& with = services.delegation;
    const Timestamp now = with.clock.now();
    auto known = TRY(identity::find_user_by_email(tx, with.keys, email));
    if (!known) {
        Profile profile;
        profile.email = email;
        profile.email_verified = true;
        auto user = TRY(identity::create_user(tx, with.keys, with.random, std::move(profile), now));
        TRY(identity::append_audit(tx, with.keys.realm(), identity::SignInEvent::user_created,
                                   {user.id, std::nullopt}, now, source));
        return user;
    }
    if (known->profile.email_verified) return std::move(*known);
    known->profile.email_verified = true;
    return identity::update_user(tx, with.keys, with.random, known->id, known->profile, now);
}

Result<http::Response> check_code(const SignInServices& services, const Submission& submission,
                                  const http::Request& request) {
    const auto tx = TRY(services.delegation.database.write());
    const identity::CodeAnswer answer{submission.state.challenge_id,
                                      submission.form.find("code").value_or(""),
                                      submission.browser_secret, request.peer_address};
    const auto checked = services.codes.check(*tx, answer, services.delegation.clock.now());
    SignInState next = submission.state;
    if (!checked) {
        if (checked.error().code != ErrorCode::rate_limited) return Failure(checked.error());
        next.notice = Notice::too_often;
        return go_on(services, submission, next);
    }
    if (checked->verdict == identity::CodeVerdict::right) {
        const identity::User user =
            TRY(find_or_create(services, *tx, checked->email, source_of(request)));
        return start_browser_session(services, *tx, submission, request, user.id);
    }
    TRY(tx->commit());  // the refusal sticks: the try is counted
    const bool more_tries = checked->verdict == identity::CodeVerdict::wrong;
    next.notice = more_tries ? Notice::wrong_code : Notice::code_used_up;
    return go_on(services, submission, next);
}

Result<http::Response> take_code(const SignInServices& services, const Submission& submission,
                                 const http::Request& request) {
    const std::string_view action = submission.action();
    SignInState next;
    if (action == "cancel") {
        next.step = Step::cancelled;
        return go_on(services, submission, next);
    }
    // No code is on its way here: the state has expired, or the person went back.
    if (submission.state.step != Step::code || action == "change") {
        next.step = Step::email;
        next.email = submission.state.email;
        return go_on(services, submission, next);
    }
    if (action != "resend") return check_code(services, submission, request);
    next = TRY(send_code(services, submission, request, submission.state.email));
    if (next.step == Step::code) {
        next.notice = Notice::code_sent_again;
    } else {
        next = submission.state;  // the code that is on its way stays good
        next.notice = Notice::too_often;
    }
    return go_on(services, submission, next);
}

}  // namespace

http::Handler sign_in_code(SignInServices services) {
    return form_handler(services, needs_writing, take_code);
}

}  // namespace latchkey::endpoints
