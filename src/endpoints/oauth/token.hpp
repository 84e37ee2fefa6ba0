#pragma once

// POST /oauth/token (RFC 6749 3.2): tokens for one of the grants of a table. The phases, in order,
// are the same for each: read the form and the app's credentials → find the grant → read its
// request (all without the store) → authenticate the app → grants/phases.hpp → answer.

#include "endpoints/oauth/context.hpp"
#include "grants/table.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

/// `table` outlives the handler.
[[nodiscard]] http::Handler oauth_token(const OauthContext& with,
                                        grants::GrantTable table = grants::grant_table);

}  // namespace latchkey::endpoints
