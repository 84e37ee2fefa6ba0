#pragma once

// POST /oauth/revoke (RFC 7009): an app hands a refresh or access token back.

#include "endpoints/oauth/context.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

[[nodiscard]] http::Handler oauth_revocation(const OauthContext& with);

}  // namespace latchkey::endpoints
