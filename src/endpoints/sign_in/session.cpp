#include "endpoints/sign_in/session.hpp"

#include "audit/audit.hpp"
#include "people/sessions.hpp"

namespace latchkey::endpoints {

Result<http::Response> start_browser_session(const SignInServices& services,
                                             database::WriteTransaction& tx,
                                             const Submission& submission,
                                             const http::Request& request, UserId user_id) {
    const realm::Services& with = services.delegation;
    const http::Transport transport = services.options.transport;
    const Timestamp now = with.clock.now();
    const interaction::SessionCookie place = session_cookie_of(submission.sign_in.mode);
    const people::NewSession wanted{user_id, http::find_cookie(request, place.name, transport),
                                    request.header("User-Agent").value_or(""),
                                    services.options.session_lifetime};
    const Secret session = TRY(people::start_session(tx, with.random, wanted, now));
    audit::Subject subject{user_id, std::nullopt};
    const bool for_app = submission.sign_in.purpose == interaction::SignInRequest::Purpose::app;
    if (for_app) subject.client_id = submission.sign_in.client.id;
    TRY(audit::append(tx, services.delegation.keys.realm(), audit::Event::session_started, subject,
                      now, source_of(request)));
    TRY(tx.commit());

    interaction::SignInState next;
    next.step = interaction::Step::signed_in;
    next.user_id = user_id;
    const http::Cookie cookie{place.name, session.reveal(), place.same_site, wanted.lifetime};
    return go_on(services, submission, next, {http::set_cookie(cookie, transport)});
}

}  // namespace latchkey::endpoints
