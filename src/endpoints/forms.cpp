#include "endpoints/forms.hpp"

namespace latchkey::endpoints {
namespace {

// Our pages have no referrer, so Origin is "null" even from them (Fetch 3.2); where a browser says
// more, it must name us.
bool may_be_ours(const http::Request& request, std::string_view public_origin) {
    const auto site = request.header("Sec-Fetch-Site");
    if (site) return *site == "same-origin";
    const auto origin = request.header("Origin");
    return !origin || *origin == "null" || *origin == public_origin;
}

}  // namespace

Result<http::Form> read_own_form(const http::Request& request, std::string_view public_origin) {
    if (!may_be_ours(request, public_origin)) return not_our_form();
    return http::parse_form_body(request);
}

http::Transport transport_of(const realm::Realm& realm) noexcept {
    return realm.public_origin.starts_with("https://") ? http::Transport::https
                                                       : http::Transport::loopback_http;
}

Failure not_our_form() {
    return fail(ErrorCode::unauthenticated, "This form is out of date. Start again.");
}

const rendering::Catalogue& texts_for(const Result<http::Form>& query,
                                      const http::Request& request) {
    const std::string_view asked = query ? query->find("locale").value_or("") : std::string_view();
    return rendering::choose_catalogue(asked, request.header("Accept-Language").value_or(""));
}

const rendering::Catalogue& texts_for(const http::Request& request) {
    return texts_for(http::parse_query(request), request);
}

audit::Context source_of(const http::Request& request) {
    return {audit::Actor::user(), request.request_id, request.peer_address};
}

}  // namespace latchkey::endpoints
