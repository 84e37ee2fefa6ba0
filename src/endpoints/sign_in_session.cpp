#include "endpoints/sign_in_session.hpp"

#include "identity/sessions.hpp"

namespace latchkey::endpoints {

Result<http::Response> start_browser_session(const SignInServices& services,
                                             database::WriteTransaction& tx,
                                             const Submission& submission,
                                             const http::Request& request, UserId user_id) {
    const delegation::Services& with = services.delegation;
    const http::Transport transport = services.options.transport;
    const Timestamp now = with.clock.now();
    const SessionCookie place = session_cookie_of(submission.sign_in.mode);
    const identity::NewSession wanted{user_id, http::find_cookie(request, place.name, transport),
                                      request.header("User-Agent").value_or(""),
                                      services.options.session_lifetime};
    const Secret session = TRY(identity::start_session(tx, with.random, wanted, now));
    identity::SignInSubject subject{user_id, std::nullopt};
    const bool for_app = submission.sign_in.purpose == SignInRequest::Purpose::app;
    if (for_app) subject.client_id = submission.sign_in.client.id;
    TRY(identity::append_audit(tx, services.delegation.keys.realm(),
                               identity::SignInEvent::session_started, subject, now,
                               source_of(request)));
    TRY(tx.commit());

    SignInState next;
    next.step = Step::signed_in;
    next.user_id = user_id;
    const http::Cookie cookie{place.name, session.reveal(), place.same_site, wanted.lifetime};
    return go_on(services, submission, next, {http::set_cookie(cookie, transport)});
}

}  // namespace latchkey::endpoints
