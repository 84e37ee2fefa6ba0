#pragma once

// POST /oauth/introspect (RFC 7662): what a token is worth, told to the app that it was issued to.

#include "endpoints/oauth/context.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

[[nodiscard]] http::Handler oauth_introspection(const OauthContext& with);

}  // namespace latchkey::endpoints
