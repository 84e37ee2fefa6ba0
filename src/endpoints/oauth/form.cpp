#include "endpoints/oauth/form.hpp"

#include <utility>

namespace latchkey::endpoints {

using oauth::Error::invalid_request;

oauth::Result<OauthForm> read_oauth_form(const http::Request& request) {
    // RFC 6749 2.3.1: the parameters MUST NOT be included in the request URI.
    if (!request.query.empty()) {
        return oauth::refuse(invalid_request, "Parameters belong into the body");
    }
    auto form = http::parse_form_body(request, oauth_form_limits);
    if (!form && form.error().code == ErrorCode::unsupported) {
        return oauth::refuse(invalid_request, "The body must be application/x-www-form-urlencoded");
    }
    if (!form) return Failure(std::move(form).error());
    auto client = TRY(
        read_client(request, {form->find_given("client_id"), form->find_given("client_secret")}));
    return OauthForm{std::move(client), std::move(*form)};
}

oauth::Result<AskedAboutToken> read_token_form(const http::Request& request) {
    auto form = TRY(read_oauth_form(request));
    const auto token = TRY(FormParameters(form.form).require("token", "token is missing"));
    return AskedAboutToken{std::move(form), token};
}

}  // namespace latchkey::endpoints
