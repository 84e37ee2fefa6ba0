#include "endpoints/oauth/routes.hpp"

#include "endpoints/oauth/introspection.hpp"
#include "endpoints/oauth/revocation.hpp"
#include "endpoints/oauth/token.hpp"

namespace latchkey::endpoints {

using http::Method;

void oauth_routes(http::Router& router, const realm::Services& services) {
    router.add(Method::post, "/oauth/token", oauth_token(services));
    router.add(Method::post, "/oauth/revoke", oauth_revocation(services));
    router.add(Method::post, "/oauth/introspect", oauth_introspection(services));
}

}  // namespace latchkey::endpoints
