#pragma once

// The brand as configured, with its images read.

#include "base/result.hpp"
#include "branding/brand.hpp"
#include "config/server_config.hpp"

namespace latchkey::app {

/// Errors: make_palette's and read_logo's, with the key in `detail`.
[[nodiscard]] Result<branding::Brand> load_brand(const config::Brand& settings);

}  // namespace latchkey::app
