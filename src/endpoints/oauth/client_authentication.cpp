#include "endpoints/oauth/client_authentication.hpp"

#include <utility>

#include "http/authorization.hpp"

namespace latchkey::endpoints {

Result<PresentedClient> read_basic(const http::Request& request) {
    auto basic = http::parse_basic(request);
    if (!basic) {
        return fail(ErrorCode::unauthenticated, "Client authentication failed",
                    "no usable Basic credentials: " + basic.error().detail);
    }
    return PresentedClient{std::move(basic->user), std::move(basic->password)};
}

oauth::Result<PresentedClient> read_client(const http::Request& request,
                                           const FormCredentials& form) {
    using enum oauth::Error;
    if (request.header_count("Authorization") == 0) {
        if (!form.client_id || !form.client_secret) return oauth::refuse(invalid_client);
        return PresentedClient{std::string(*form.client_id),
                               Secret(std::string(*form.client_secret))};
    }
    // RFC 6749 2.3: the client MUST NOT use more than one authentication method in each request.
    if (form.client_secret) {
        return oauth::refuse(invalid_request, "The client authenticated in two ways at once");
    }
    auto presented = TRY(read_basic(request));
    // A client_id beside Basic is common and harmless, as long as it names the same client.
    if (form.client_id && *form.client_id != presented.id) {
        return oauth::refuse(invalid_request, "client_id is not the authenticated client");
    }
    return presented;
}

}  // namespace latchkey::endpoints
