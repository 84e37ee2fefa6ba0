#pragma once

// POST /oauth/token (RFC 6749 3.2): grant_type=refresh_token, with the client authenticated by HTTP
// Basic or by form fields.

#include "endpoints/oauth/context.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

[[nodiscard]] http::Handler oauth_token(const OauthContext& with);

}  // namespace latchkey::endpoints
