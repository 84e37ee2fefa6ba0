#pragma once

// The operator's visible brand, as the pages and the SDK's button show it.

#include <optional>
#include <string>

#include "branding/logo.hpp"
#include "branding/palette.hpp"

namespace latchkey::branding {

struct Brand {
    std::string name = "Latchkey";
    std::optional<Palette> colors = std::nullopt;
    std::optional<Logo> logo = std::nullopt;
    std::optional<Logo> dark_logo = std::nullopt;  // on dark pages; only beside `logo`
};

}  // namespace latchkey::branding
