#pragma once

// What the SDK asks from a partner's page. Both are plain form posts across origins, so that no
// preflight is needed; both answer to registered origins and change nothing.

#include "endpoints/sign_in/sign_in.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

/// POST /sdk/recognition, `client_id=…`: {"recognized":true }, or false, in as many bytes: whether
/// this browser has a live session here, as far as it sends the cookie of one. Nothing about whose.
/// Errors: {"error":…}, 400 "invalid_client" or 403 "invalid_origin", before any session is read.
[[nodiscard]] http::Handler sdk_recognition(SignInParts parts);

/// POST /sdk/result, `result=…&code_verifier=…`: the message that redirect mode brought back
/// sealed (sign_in/return.hpp). Errors: 400 {"error":"invalid_result"} or "expired".
[[nodiscard]] http::Handler sdk_result(SignInParts parts);

}  // namespace latchkey::endpoints
