#pragma once

// An SVG that is nothing but a drawing. Pages show it by <img>, where browsers run and load
// nothing, and it is served under a policy that forbids both; that it holds nothing to run or load
// is the third lock, for whoever opens or copies the file itself.

#include <string_view>

#include "base/result.hpp"
#include "branding/logo_size.hpp"

namespace latchkey::branding {

/// Whether the text is an SVG document, well-formed or not.
[[nodiscard]] bool looks_like_svg(std::string_view text) noexcept;

/// Its proportions, from viewBox, else width and height; a square if it says neither. Errors:
/// malformed (not UTF-8); forbidden, with the reason in `detail` (a document type, an element that
/// runs or embeds something, an event handler, a reference to anywhere but itself).
[[nodiscard]] Result<LogoSize> check_svg(std::string_view text);

}  // namespace latchkey::branding
