#include "endpoints/oauth/bearer_authentication.hpp"

#include "http/authorization.hpp"

namespace latchkey::endpoints {

Result<grants::Access> authenticate_bearer(const realm::Realm& realm, database::ReadTransaction& tx,
                                           const http::Request& request, Timestamp now) {
    const auto token = http::parse_bearer(request);
    if (!token) {
        return fail(ErrorCode::unauthenticated, "An access token is required",
                    "no usable Bearer token: " + token.error().detail);
    }
    return grants::authorize_access(realm, tx, *token, now);
}

}  // namespace latchkey::endpoints
