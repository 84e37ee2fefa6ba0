#pragma once

// POST /oauth/token (RFC 6749 3.2): grant_type=refresh_token, with the client authenticated by HTTP
// Basic or by form fields.

#include "http/message.hpp"
#include "realm/services.hpp"

namespace latchkey::endpoints {

/// The handler of the route. `services` outlives it.
[[nodiscard]] http::Handler oauth_token(const realm::Services& services);

}  // namespace latchkey::endpoints
