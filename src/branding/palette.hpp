#pragma once

// The operator's colours: a button's background and the text on it, for light and for dark pages.
// A palette that exists is legible.

#include <optional>
#include <string>

#include "base/result.hpp"
#include "branding/color.hpp"

namespace latchkey::branding {

struct ColorPair {
    Color background;
    Color text;

    friend bool operator==(const ColorPair&, const ColorPair&) = default;
};

/// Under the pointer: further from the text than the background itself, so never less legible.
[[nodiscard]] Color pressed(const ColorPair& pair) noexcept;

struct Palette {
    ColorPair light;
    ColorPair dark;
};

/// As configured; empty: not given.
struct PaletteSettings {
    std::string color = {};       // the button's background
    std::string text_color = {};  // default: white or black, whichever is easier to read
    std::string dark_color = {};  // the same on dark pages; default: those of light pages
    std::string dark_text_color = {};
};

/// Absent if no colour is given. Errors: invalid_argument, with the key in `detail`: not a colour,
/// a text without its background, or a pair below WCAG 2.2 AA.
[[nodiscard]] Result<std::optional<Palette>> make_palette(const PaletteSettings& settings);

}  // namespace latchkey::branding
