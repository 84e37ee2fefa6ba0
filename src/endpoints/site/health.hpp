#pragma once

// GET /healthz: that the server answers. The same for every realm, and on every host.

#include "base/error.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

inline constexpr Literal health_path = "/healthz";

[[nodiscard]] http::Handler health();

}  // namespace latchkey::endpoints
