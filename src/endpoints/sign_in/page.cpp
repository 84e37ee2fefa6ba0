// GET /sign-in and GET /sign-in/link, where the mail's link leads: the page for the browser's state
// and session. They write nothing: mail scanners open links, too.

#include <utility>

#include "endpoints/sign_in/ends.hpp"
#include "endpoints/sign_in/respond.hpp"
#include "endpoints/sign_in/sign_in.hpp"
#include "endpoints/sign_in/visit.hpp"
#include "interaction/step.hpp"

namespace latchkey::endpoints {
namespace {

using interaction::Ending;
using interaction::Facts;
using interaction::View;

/// What a page's step leads to. Only a form leads to a question or another state.
Result<http::Response> respond_to(const Visit& visit, database::ReadTransaction& tx,
                                  const interaction::Next& next) {
    if (const auto* view = std::get_if<View>(&next)) return respond(visit, tx, *view);
    if (const auto* ending = std::get_if<Ending>(&next)) return end_sign_in(visit, tx, *ending);
    return fail(ErrorCode::internal, "Something went wrong on our side.");
}

Result<http::Response> show_step(const Visit& visit, database::ReadTransaction& tx) {
    const Facts facts = TRY(look_up_facts(visit, tx, {}));
    const auto next = step(visit.sign_in, visit.state, interaction::PageOpened{}, facts);
    auto response = TRY(respond_to(visit, tx, next));
    if (std::holds_alternative<Ending>(next)) {
        response.with("Set-Cookie", drop_state_cookie(visit.place()));
    }
    return response;
}

Result<http::Response> show_sign_in(const SignInParts& parts, database::ReadTransaction& tx,
                                    const Incoming& incoming) {
    Visit visit = TRY(read_visit(parts, tx, incoming));
    const bool is_new = visit.browser_secret.empty();
    if (is_new) visit.browser_secret = make_browser_secret(parts.ports.random);
    auto shown = show_step(visit, tx);
    http::Response response = shown ? std::move(*shown) : fail_sign_in(visit, shown.error());
    if (is_new) {
        response.with("Set-Cookie", browser_cookie(visit.browser_secret, visit.sign_in,
                                                   transport_of(parts.realm)));
    }
    return response;
}

/// The page of the link in the mail. The code is in the URL's fragment; the page's script fills it
/// in, and the person sends it. In a browser that did not ask for the code the page says so.
Result<http::Response> show_link(const SignInParts& parts, database::ReadTransaction& tx,
                                 const Incoming& incoming) {
    const Visit visit = TRY(read_visit(parts, tx, incoming));
    return respond_to(visit, tx,
                      step(visit.sign_in, visit.state, interaction::LinkOpened{}, Facts{}));
}

using Show = Result<http::Response> (*)(const SignInParts&, database::ReadTransaction&,
                                        const Incoming&);

http::Handler page_route(SignInParts parts, Show show) {
    return [parts, show](const http::Request& request) -> http::Reply {
        return http::Read([parts, show, incoming = read_incoming(request)](
                              database::ReadTransaction& tx) -> http::Response {
            auto shown = show(parts, tx, incoming);
            return shown ? std::move(*shown) : refuse(parts, incoming, shown.error());
        });
    };
}

}  // namespace

http::Handler sign_in_page(SignInParts parts) { return page_route(parts, show_sign_in); }
http::Handler sign_in_link(SignInParts parts) { return page_route(parts, show_link); }

}  // namespace latchkey::endpoints
