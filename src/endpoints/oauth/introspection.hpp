#pragma once

// POST /oauth/introspect (RFC 7662): what a token is worth, told to the app it was issued to.

#include "http/message.hpp"
#include "realm/services.hpp"

namespace latchkey::endpoints {

/// The handler of the route. `services` outlives it.
[[nodiscard]] http::Handler oauth_introspection(const realm::Services& services);

}  // namespace latchkey::endpoints
