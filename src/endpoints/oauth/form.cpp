#include "endpoints/oauth/form.hpp"

#include <utility>

#include "endpoints/oauth/client_authentication.hpp"

namespace latchkey::endpoints {

Result<OauthForm> read_oauth_form(const realm::Services& services, const http::Request& request) {
    // RFC 6749 2.3.1: the parameters MUST NOT be included in the request URI.
    if (!request.query.empty()) {
        return fail(ErrorCode::malformed, "Parameters belong into the body");
    }
    auto form = http::parse_form_body(request, oauth_form_limits);
    if (!form && form.error().code == ErrorCode::unsupported) {
        return fail(ErrorCode::malformed, "The body must be application/x-www-form-urlencoded");
    }
    if (!form) return Failure(std::move(form).error());

    auto tx = TRY(services.database.read());
    const FormCredentials credentials{form->find_given("client_id"),
                                      form->find_given("client_secret")};
    auto client =
        TRY(authenticate_client(services, *tx, request, credentials, services.ports.clock.now()));
    return OauthForm{std::move(client), std::move(*form)};
}

}  // namespace latchkey::endpoints
