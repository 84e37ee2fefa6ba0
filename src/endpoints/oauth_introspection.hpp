#pragma once

// POST /oauth/introspect (RFC 7662): what a token is worth, told to the app it was issued to.

#include "delegation/services.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

/// The handler of the route. `services` outlives it.
[[nodiscard]] http::Handler oauth_introspection(const delegation::Services& services);

}  // namespace latchkey::endpoints
