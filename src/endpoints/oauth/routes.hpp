#pragma once

// The OAuth endpoints of one realm, where they are mounted.

#include "endpoints/oauth/context.hpp"
#include "http/router.hpp"

namespace latchkey::endpoints {

void oauth_routes(http::Router& router, const OauthContext& with);

}  // namespace latchkey::endpoints
