// GET /sign-in/link: where the link beside the code leads. It changes nothing, so that a mail
// scanner may follow it: the code is in the URL's fragment, the page's script fills it in, and the
// person sends it. It works in the browser that asked; elsewhere the page says so.

#include "endpoints/sign_in.hpp"
#include "endpoints/sign_in_flow.hpp"

namespace latchkey::endpoints {
namespace {

Result<http::Response> show_link(const SignInServices& services, const http::Request& request) {
    const http::Transport transport = services.options.transport;
    const auto tx = TRY(services.delegation.database.read());
    const SignInRequest sign_in = TRY(read_sign_in_request(*tx, request));
    const auto secret = find_browser_secret(request, transport);
    auto view = make_view(services, sign_in, texts_for(request), {});
    if (!secret) return pages::link_elsewhere_page(view);

    const keys::KeyRing& keys = services.delegation.keys;
    const SignInState state =
        find_state({keys, sign_in, *secret, transport}, request, services.delegation.clock.now());
    const std::string token = form_token(keys, *secret, sign_in);
    view.form_token = token;
    switch (state.step) {
        case Step::code: return pages::code_page(view, state, pages::CodeEntry::by_link);
        case Step::signed_in:
        case Step::agreed:
            if (sign_in.purpose == SignInRequest::Purpose::account) {
                return http::see_other("/account");
            }
            return pages::link_done_page(view);
        case Step::start:
        case Step::email:
        case Step::cancelled: break;
    }
    return pages::link_elsewhere_page(view);
}

}  // namespace

http::Handler sign_in_link(SignInServices services) {
    return [services](const http::Request& request) -> http::Reply {
        auto shown = show_link(services, request);
        if (shown) return std::move(*shown);
        return refuse(services, request, shown.error());
    };
}

}  // namespace latchkey::endpoints
