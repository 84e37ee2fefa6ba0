#pragma once

// How what no handler answers is refused: an unknown address, a bug, a store that is too busy.
// Who mounts a route says in which shape (Router::refuse_in).

#include "base/error.hpp"
#include "http/message.hpp"

namespace latchkey::http {

/// `code` in upper case, e.g. "NOT_FOUND".
using ErrorShape = Response (*)(int status, Literal code, Literal message);

/// {"errors":[{"message":"…","extensions":{"code":"NOT_FOUND"}}]}: what is used where nobody says
/// otherwise. Carries Cache-Control: no-store.
[[nodiscard]] Response error_response(int status, Literal code, Literal message);

}  // namespace latchkey::http
