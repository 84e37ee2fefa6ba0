// GET /sign-in/link: where the link beside the code leads. It changes nothing, so that a mail
// scanner may follow it: the code is in the URL's fragment, the page's script fills it in, and the
// person sends it. It works in the browser that asked; elsewhere the page says so.

#include "endpoints/sign_in/flow.hpp"
#include "endpoints/sign_in/sign_in.hpp"

namespace latchkey::endpoints {
namespace {

Result<http::Response> show_link(const SignInServices& services, const http::Request& request) {
    const http::Transport transport = services.options.transport;
    const auto tx = TRY(services.delegation.database.read());
    const interaction::SignInRequest sign_in = TRY(interaction::read_sign_in_request(*tx, request));
    const auto secret = interaction::find_browser_secret(request, transport);
    auto view = make_view(services, sign_in, texts_for(request), {});
    if (!secret) return pages::link_elsewhere_page(view);

    const keys::KeyRing& keys = services.delegation.keys;
    const interaction::SignInState state = interaction::find_state(
        {keys, sign_in, *secret, transport}, request, services.delegation.clock.now());
    const std::string token = form_token(keys, *secret, sign_in);
    view.form_token = token;
    switch (state.step) {
        case interaction::Step::code:
            return pages::code_page(view, state, pages::CodeEntry::by_link);
        case interaction::Step::signed_in:
        case interaction::Step::agreed:
            if (sign_in.purpose == interaction::SignInRequest::Purpose::account) {
                return http::see_other("/account");
            }
            return pages::link_done_page(view);
        case interaction::Step::start:
        case interaction::Step::email:
        case interaction::Step::cancelled: break;
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
