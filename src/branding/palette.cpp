#include "branding/palette.hpp"

#include <fmt/format.h>

namespace latchkey::branding {
namespace {

constexpr int pressed_percent = 14;

Failure bad_key(std::string_view key, std::string_view wanted) {
    return fail(ErrorCode::invalid_argument, "The configuration is not valid.",
                fmt::format("configuration key `brand.{}`: {}", key, wanted));
}

bool is_lighter(Color one, Color other) noexcept {
    return contrast_ratio(one, black) > contrast_ratio(other, black);
}

Color readable_on(Color background) noexcept {
    return contrast_ratio(white, background) >= text_contrast ? white : black;
}

Result<Color> read_color(std::string_view key, const std::string& text) {
    const auto color = parse_color(text);
    if (!color) return bad_key(key, "a colour such as \"#4338ca\"");
    return *color;
}

/// One scheme's two keys, by name and value.
struct PairSettings {
    std::string_view color_key;
    std::string_view text_key;
    const std::string& color;
    const std::string& text;
};

Result<std::optional<ColorPair>> read_pair(const PairSettings& settings) {
    if (settings.color.empty()) {
        if (!settings.text.empty()) {
            return bad_key(settings.text_key, fmt::format("only with `{}`", settings.color_key));
        }
        return std::nullopt;
    }
    ColorPair pair;
    pair.background = TRY(read_color(settings.color_key, settings.color));
    pair.text = readable_on(pair.background);
    if (!settings.text.empty()) pair.text = TRY(read_color(settings.text_key, settings.text));
    const double contrast = contrast_ratio(pair.background, pair.text);
    if (contrast < text_contrast) {
        return bad_key(
            settings.text_key,
            fmt::format(
                "a contrast of at least {}:1 with `{}` (WCAG 2.2 AA); {} on {} has {:.2f}:1",
                text_contrast, settings.color_key, to_text(pair.text), to_text(pair.background),
                contrast));
    }
    return pair;
}

}  // namespace

Color pressed(const ColorPair& pair) noexcept {
    const Color away = is_lighter(pair.text, pair.background) ? black : white;
    return mixed(pair.background, away, pressed_percent);
}

Result<std::optional<Palette>> make_palette(const PaletteSettings& settings) {
    const auto light = TRY(read_pair({"color", "text_color", settings.color, settings.text_color}));
    const auto dark = TRY(read_pair(
        {"dark_color", "dark_text_color", settings.dark_color, settings.dark_text_color}));
    if (!light) {
        if (dark) return bad_key("dark_color", "only with `color`");
        return std::nullopt;
    }
    return Palette{*light, dark.value_or(*light)};
}

}  // namespace latchkey::branding
