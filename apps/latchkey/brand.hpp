#pragma once

// The brand as configured, with its images read.

#include <string>

#include "base/result.hpp"
#include "branding/brand.hpp"
#include "config/server_config.hpp"

namespace latchkey::app {

/// `prefix` is of its keys: "" or "realm.NAME.". Errors: make_palette's and read_logo's, with the
/// key in `detail`.
[[nodiscard]] Result<branding::Brand> load_brand(const config::Brand& settings,
                                                 const std::string& prefix);

}  // namespace latchkey::app
