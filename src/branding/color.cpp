#include "branding/color.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text/text.hpp"

namespace latchkey::branding {
namespace {

constexpr std::size_t hex_digits = 6;

// WCAG 2.2, "relative luminance": one channel of sRGB, linear.
double linear(std::uint8_t channel) noexcept {
    const double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(Color color) noexcept {
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

}  // namespace

std::optional<Color> parse_color(std::string_view text) noexcept {
    if (text.size() != hex_digits + 1 || text.front() != '#') return std::nullopt;
    const auto bytes = from_hex(ascii_lower(text.substr(1)));
    if (!bytes) return std::nullopt;
    return Color{(*bytes)[0], (*bytes)[1], (*bytes)[2]};
}

std::string to_text(Color color) {
    const std::array<std::uint8_t, 3> bytes{color.red, color.green, color.blue};
    return "#" + to_hex(bytes);
}

double contrast_ratio(Color one, Color other) noexcept {
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

Color mixed(Color color, Color other, int percent) noexcept {
    const auto mix = [percent](std::uint8_t from, std::uint8_t into) {
        return static_cast<std::uint8_t>((from * (100 - percent) + into * percent + 50) / 100);
    };
    return {mix(color.red, other.red), mix(color.green, other.green), mix(color.blue, other.blue)};
}

}  // namespace latchkey::branding
