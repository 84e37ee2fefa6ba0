#pragma once

// Errors of the OAuth endpoints (RFC 6749 5.2): which code becomes which `error` and status.

#include "base/error.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

/// The challenge of a 401 at an endpoint where apps authenticate (RFC 7617).
inline constexpr std::string_view basic_challenge = R"(Basic realm="latchkey", charset="UTF-8")";

/// {"error":"invalid_grant","error_description":"…"}, never to be cached. Where the endpoint is not
/// about a grant, an invalid token does not get here.
[[nodiscard]] http::Response oauth_error_response(const Error& error);

/// The same body with a status and `error` of the endpoint's own specification.
[[nodiscard]] http::Response oauth_error_as(const Error& error, int status, std::string_view name);

/// How what no OAuth endpoint answers is refused below /oauth/ (http::ErrorShape).
[[nodiscard]] http::Response oauth_refusal(int status, Literal code, Literal message);

/// An answer of an OAuth endpoint (RFC 6749 5.1): JSON, never to be cached.
[[nodiscard]] http::Response oauth_response(int status, std::string json);

}  // namespace latchkey::endpoints
