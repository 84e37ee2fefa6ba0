#include "branding/svg.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>

#include "base/text/text.hpp"

namespace latchkey::branding {
namespace {

constexpr std::string_view space = " \t\r\n\f";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

Failure refuse(std::string what) {
    return fail(ErrorCode::forbidden, "The SVG image is more than a drawing.",
                "the SVG has " + std::move(what) + ", which a logo may not have");
}

std::string_view skip_space(std::string_view text) noexcept {
    const std::size_t begin = text.find_first_not_of(space);
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

/// The document from its root element on: past a declaration and comments.
std::string_view root_of(std::string_view text) noexcept {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    for (text = skip_space(text); text.starts_with("<?") || text.starts_with("<!--");
         text = skip_space(text)) {
        const std::string_view end = text.starts_with("<?") ? "?>" : "-->";
        const std::size_t at = text.find(end);
        if (at == std::string_view::npos) return {};
        text.remove_prefix(at + end.size());
    }
    return text;
}

/// What embeds a document, runs, or changes an attribute to something that does.
bool is_forbidden_element(std::string_view name) noexcept {
    constexpr std::array<std::string_view, 12> forbidden{
        "script", "foreignobject", "iframe", "object", "embed",         "audio",
        "video",  "canvas",        "image",  "set",    "animatemotion", "handler"};
    return std::ranges::find(forbidden, name) != forbidden.end() || name.starts_with("animate");
}

Result<void> check_elements(std::string_view lower) {
    for (std::size_t at = lower.find('<'); at != std::string_view::npos;
         at = lower.find('<', at + 1)) {
        std::string_view name = lower.substr(at + 1);
        if (name.starts_with('!') && !name.starts_with("!--")) return refuse("a declaration (<!…)");
        name = name.substr(0, name.find_first_of(" \t\r\n\f/>"));
        const std::size_t colon = name.find(':');
        if (colon != std::string_view::npos) name.remove_prefix(colon + 1);
        if (is_forbidden_element(name)) return refuse("the element " + std::string(name));
    }
    return {};
}

/// Each attribute or property `name` is followed by `=` or `(` and a value: what it begins with.
std::string_view value_after(std::string_view text) noexcept {
    text = skip_space(text);
    if (!text.starts_with('=') && !text.starts_with('(')) return {};
    text = skip_space(text.substr(1));
    if (text.starts_with('"') || text.starts_with('\'')) text = skip_space(text.substr(1));
    return text;
}

Result<void> check_references(std::string_view lower) {
    for (const std::string_view name : {"href", "src", "url"}) {
        for (std::size_t at = lower.find(name); at != std::string_view::npos;
             at = lower.find(name, at + 1)) {
            const std::string_view value = value_after(lower.substr(at + name.size()));
            if (!value.empty() && !value.starts_with('#')) {
                return refuse("a reference to elsewhere (" + std::string(name) + ")");
            }
        }
    }
    // An escape in a style sheet could spell any of the above.
    for (const std::string_view mark : {"@import", "javascript:", "image-set", "&#", "\\"}) {
        if (lower.find(mark) != std::string_view::npos) return refuse(std::string(mark));
    }
    return {};
}

Result<void> check_handlers(std::string_view lower) {
    for (std::size_t at = lower.find("on"); at != std::string_view::npos;
         at = lower.find("on", at + 1)) {
        const bool begins_name =
            at > 0 && std::string_view(" \t\r\n\f\"'/").contains(lower[at - 1]);
        if (!begins_name) continue;
        const std::size_t end =
            std::min(lower.find_first_not_of("abcdefghijklmnopqrstuvwxyz", at), lower.size());
        if (skip_space(lower.substr(end)).starts_with('=')) {
            return refuse("an event handler (" + std::string(lower.substr(at, end - at)) + ")");
        }
    }
    return {};
}

std::optional<double> take_number(std::string_view& text) noexcept {
    const std::size_t begin = text.find_first_not_of(" \t\r\n\f,");
    if (begin == std::string_view::npos) return std::nullopt;
    double value = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + begin, end, value);
    if (read.ec != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return value;
}

/// The value of an attribute of the root element.
std::optional<std::string_view> attribute(std::string_view tag, std::string_view name) noexcept {
    for (std::size_t at = tag.find(name); at != std::string_view::npos;
         at = tag.find(name, at + 1)) {
        if (at == 0 || !space.contains(tag[at - 1])) continue;
        std::string_view rest = skip_space(tag.substr(at + name.size()));
        if (!rest.starts_with('=')) continue;
        rest = skip_space(rest.substr(1));
        if (rest.empty()) return std::nullopt;
        return rest.substr(1, rest.find(rest.front(), 1) - 1);
    }
    return std::nullopt;
}

/// Only the proportions matter: the longer side becomes the most that any image may have.
LogoSize scaled(std::optional<double> width, std::optional<double> height) noexcept {
    const auto usable = [](std::optional<double> side) {
        return side && std::isfinite(*side) && *side > 0;
    };
    if (!usable(width) || !usable(height)) return {max_logo_side, max_logo_side};
    const double factor = max_logo_side / std::max(*width, *height);
    const auto side = [factor](double value) {
        return static_cast<std::uint32_t>(std::max(1.0, std::round(value * factor)));
    };
    return {side(*width), side(*height)};
}

LogoSize proportions(std::string_view root) noexcept {
    const std::string_view tag = root.substr(0, root.find('>'));
    if (auto box = attribute(tag, "viewBox")) {
        (void)take_number(*box);
        (void)take_number(*box);
        const auto width = take_number(*box);
        return scaled(width, take_number(*box));
    }
    auto width = attribute(tag, "width");
    auto height = attribute(tag, "height");
    if (!width || !height) return scaled({}, {});
    return scaled(take_number(*width), take_number(*height));
}

}  // namespace

bool looks_like_svg(std::string_view text) noexcept {
    const std::string_view root = root_of(text);
    return root.starts_with("<svg") || root.starts_with("<!");
}

Result<LogoSize> check_svg(std::string_view text) {
    if (!is_valid_utf8(text)) {
        return fail(ErrorCode::malformed, "The SVG image is not UTF-8 text.", "not UTF-8");
    }
    const std::string lower = ascii_lower(text);
    TRY(check_elements(lower));
    TRY(check_references(lower));
    TRY(check_handlers(lower));
    return proportions(root_of(text));
}

}  // namespace latchkey::branding
