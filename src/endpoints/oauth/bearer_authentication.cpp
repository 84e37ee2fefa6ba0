#include "endpoints/oauth/bearer_authentication.hpp"

#include <utility>

#include "http/authorization.hpp"

namespace latchkey::endpoints {

Result<PresentedBearer> read_bearer(const realm::Realm& realm, const http::Request& request,
                                    Timestamp now) {
    const auto text = http::parse_bearer(request);
    if (!text) {
        return fail(ErrorCode::unauthenticated, "An access token is required",
                    "no usable Bearer token: " + text.error().detail);
    }
    auto token = TRY(tokens::open_access_token(realm.keys, *text, now));
    return PresentedBearer{std::move(token), *text};
}

}  // namespace latchkey::endpoints
