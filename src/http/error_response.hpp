#pragma once

// The one shape of a JSON error, the same for the server, the router and the GraphQL endpoints:
// {"errors":[{"message":"…","extensions":{"code":"NOT_FOUND"}}]}.

#include "base/error.hpp"
#include "http/message.hpp"

namespace latchkey::http {

/// `code` in upper case, e.g. "NOT_FOUND". Carries Cache-Control: no-store.
[[nodiscard]] Response error_response(int status, Literal code, Literal message);

}  // namespace latchkey::http
