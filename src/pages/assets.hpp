#pragma once

// GET /assets/{file}: the stylesheet, icons and scripts that are embedded in the binary.

#include <span>
#include <string_view>
#include <vector>

#include "http/message.hpp"

namespace latchkey::pages {

struct Asset {
    std::string_view name;  // "signin.css"
    std::string_view contents;
};

/// The stylesheet and icons of the pages here. Their scripts come from the web build.
[[nodiscard]] std::vector<Asset> page_assets();

/// Serves exactly `assets`, by name, with an ETag. Content type by the name's ending.
[[nodiscard]] http::Handler assets(std::vector<Asset> assets);

}  // namespace latchkey::pages
