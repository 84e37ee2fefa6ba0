#include <fmt/format.h>

#include "metafields/limits.hpp"
#include "metafields/types/families.hpp"
#include "metafields/types/object_value.hpp"

namespace latchkey::metafields {
namespace {

bool in_range(const Decimal& number) {
    return number.whole.size() <= max_decimal_whole_digits &&
           number.fraction.size() <= max_decimal_places;
}

Checked canonical_rating(std::string_view value) {
    const auto object = ObjectValue::parse(value);
    if (!object || !object->has_exactly({"value", "scale_min", "scale_max"})) {
        return refuse(
            "Value must be a JSON object of value, scale_min and scale_max, such as "
            "{\"value\":\"3.5\",\"scale_min\":\"1.0\",\"scale_max\":\"5.0\"}.");
    }
    const auto rating = object->decimal("value");
    const auto low = object->decimal("scale_min");
    const auto high = object->decimal("scale_max");
    if (!rating || !low || !high || !in_range(*rating) || !in_range(*low) || !in_range(*high)) {
        return refuse("Its value, scale_min and scale_max must be decimal numbers.");
    }
    if (*low >= *high) return refuse("Its scale_min must be less than its scale_max.");
    if (*rating < *low || *rating > *high) {
        return refuse("Its value must be between its scale_min and its scale_max.");
    }
    return fmt::format("{{\"value\":\"{}\",\"scale_min\":\"{}\",\"scale_max\":\"{}\"}}",
                       rating->text(), low->text(), high->text());
}

constexpr std::string_view validations[] = {"scale_min", "scale_max"};

constexpr ScalarType types[] = {
    {"rating", Category::RATING, ListForm::bare, max_value_bytes, canonical_rating, nullptr,
     validations},
};

}  // namespace

std::span<const ScalarType> rating_types() noexcept { return types; }

}  // namespace latchkey::metafields
