#pragma once

// What partners' pages load: the SDK's modules and the brand it shows. Public and the same for
// everyone, so any origin may read them.

#include <string>

#include "http/message.hpp"

namespace latchkey::endpoints {

/// GET /sdk/{file}: the modules of the web build.
[[nodiscard]] http::Handler sdk_files();

/// GET /sdk/config.json: {"brand":{"name":"…"}}.
[[nodiscard]] http::Handler sdk_config(const std::string& brand_name);

}  // namespace latchkey::endpoints
