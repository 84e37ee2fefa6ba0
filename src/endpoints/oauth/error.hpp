#pragma once

// How the OAuth endpoints say that something was refused or went wrong (RFC 6749 5.2).

#include "base/error.hpp"
#include "http/message.hpp"
#include "oauth/result.hpp"

namespace latchkey::endpoints {

/// The challenge of a 401 at an endpoint where apps authenticate (RFC 7617).
inline constexpr std::string_view basic_challenge = R"(Basic realm="latchkey", charset="UTF-8")";

/// {"error":"invalid_grant","error_description":"…"}, never to be cached. An error of ours gets the
/// name that its class has in OAuth. A name that may not be answered at `endpoint` is a bug of
/// ours, which is what the client hears: server_error.
[[nodiscard]] http::Response oauth_error_response(const oauth::Refused& refused,
                                                  oauth::Endpoint endpoint);

/// How what no OAuth endpoint answers is refused below /oauth/ (http::ErrorShape).
[[nodiscard]] http::Response oauth_refusal(int status, Literal code, Literal message);

/// An answer of an OAuth endpoint (RFC 6749 5.1): JSON, never to be cached.
[[nodiscard]] http::Response oauth_response(int status, std::string json);

}  // namespace latchkey::endpoints
