#pragma once

// Where the operator's logo and the apps' logos are served. Other contents have another path.

#include <string>

#include "base/ids.hpp"
#include "branding/logo.hpp"
#include "model/records.hpp"

namespace latchkey::pages {

/// "/brand/3fa9…".
[[nodiscard]] std::string brand_logo_path(const branding::Logo& logo);

/// "/app-logos/<client id>/<version>".
[[nodiscard]] std::string app_logo_path(ClientId client_id, const LogoLabel& label);

}  // namespace latchkey::pages
