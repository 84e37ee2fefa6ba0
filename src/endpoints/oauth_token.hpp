#pragma once

// POST /oauth/token (RFC 6749 3.2): grant_type=refresh_token, with the client authenticated by HTTP
// Basic or by form fields.

#include "delegation/services.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

/// Longest form worth reading; the fields in it are a few hundred bytes.
inline constexpr std::size_t max_oauth_form_size = 8192;

/// The handler of the route. `services` outlives it.
[[nodiscard]] http::Handler oauth_token(const delegation::Services& services);

}  // namespace latchkey::endpoints
