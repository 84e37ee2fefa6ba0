#include "endpoints/oauth/routes.hpp"

#include "endpoints/oauth/introspection.hpp"
#include "endpoints/oauth/revocation.hpp"
#include "endpoints/oauth/token.hpp"

namespace latchkey::endpoints {

void oauth_routes(http::Router& router, const OauthContext& with) {
    using http::Method;
    router.add(Method::post, "/oauth/token", oauth_token(with));
    router.add(Method::post, "/oauth/revoke", oauth_revocation(with));
    router.add(Method::post, "/oauth/introspect", oauth_introspection(with));
}

}  // namespace latchkey::endpoints
