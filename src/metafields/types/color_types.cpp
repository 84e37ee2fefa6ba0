#include <algorithm>

#include "base/text/text.hpp"
#include "metafields/limits.hpp"
#include "metafields/types/families.hpp"

namespace latchkey::metafields {
namespace {

Checked canonical_color(std::string_view value) {
    constexpr std::size_t size = std::string_view("#rrggbb").size();
    const auto is_hex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    if (value.size() != size || value.front() != '#' ||
        !std::ranges::all_of(value.substr(1), is_hex)) {
        return refuse("Value must be a color as #rrggbb, such as #ffa500.");
    }
    return ascii_lower(value);
}

constexpr ScalarType types[] = {
    {"color", Category::COLOR, ListForm::quoted, max_value_bytes, canonical_color, nullptr, {}},
};

}  // namespace

std::span<const ScalarType> color_types() noexcept { return types; }

}  // namespace latchkey::metafields
