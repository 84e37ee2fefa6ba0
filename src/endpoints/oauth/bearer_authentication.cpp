#include "endpoints/oauth/bearer_authentication.hpp"

#include "http/authorization.hpp"

namespace latchkey::endpoints {

Result<PresentedToken> read_bearer(const realm::Realm& realm, const http::Request& request,
                                   Timestamp now) {
    const auto text = http::parse_bearer(request);
    if (!text) {
        return fail(ErrorCode::unauthenticated, "An access token is required",
                    "no usable Bearer token: " + text.error().detail);
    }
    const auto token = TRY(tokens::open_access_token(realm.keys, *text, now));
    return PresentedToken{token, *text};
}

Result<grants::Access> authenticate(const realm::Realm& realm, database::ReadTransaction& tx,
                                    const PresentedToken& presented) {
    return grants::authorize_token(realm, tx, presented.token, presented.text);
}

}  // namespace latchkey::endpoints
