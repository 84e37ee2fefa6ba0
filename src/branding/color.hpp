#pragma once

// Colours as CSS writes them, and how far apart two of them are for people who see poorly.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace latchkey::branding {

struct Color {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;

    friend bool operator==(const Color&, const Color&) = default;
};

inline constexpr Color black{0, 0, 0};
inline constexpr Color white{255, 255, 255};

/// "#4338ca", in either case; absent for anything else.
[[nodiscard]] std::optional<Color> parse_color(std::string_view text) noexcept;
/// "#4338ca".
[[nodiscard]] std::string to_text(Color color);

/// What text needs against what it stands on: WCAG 2.2 SC 1.4.3, level AA.
inline constexpr double text_contrast = 4.5;
/// From 1 (the same) to 21 (black on white): WCAG 2.2, "contrast ratio". The order is irrelevant.
[[nodiscard]] double contrast_ratio(Color one, Color other) noexcept;

/// `color` with `percent` (0 to 100) of `other` in it.
[[nodiscard]] Color mixed(Color color, Color other, int percent) noexcept;

}  // namespace latchkey::branding
