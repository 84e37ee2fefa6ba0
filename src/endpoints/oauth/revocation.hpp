#pragma once

// POST /oauth/revoke (RFC 7009): an app hands a refresh or access token back.

#include "http/message.hpp"
#include "realm/services.hpp"

namespace latchkey::endpoints {

/// The handler of the route. `services` outlives it.
[[nodiscard]] http::Handler oauth_revocation(const realm::Services& services);

}  // namespace latchkey::endpoints
