#pragma once

// The OAuth endpoints' routes.

#include "http/router.hpp"
#include "realm/services.hpp"

namespace latchkey::endpoints {

/// `services` outlives the router.
void oauth_routes(http::Router& router, const realm::Services& services);

}  // namespace latchkey::endpoints
