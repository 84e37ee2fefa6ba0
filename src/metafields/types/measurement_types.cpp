#include <fmt/format.h>

#include <algorithm>

#include "metafields/limits.hpp"
#include "metafields/types/families.hpp"
#include "metafields/types/object_value.hpp"

namespace latchkey::metafields {
namespace {

__extension__ using Wide = __int128;  // a value of 22 digits times a factor of 17

struct Unit {
    std::string_view symbol;    // the canonical form
    std::string_view spelling;  // the ecosystem's enumerator, accepted as well
    std::int64_t factor;        // size in 10^-10 of the family's base unit, exact
};

// The base unit is the millimetre.
constexpr Unit lengths[] = {
    {"mm", "MILLIMETERS", 10'000'000'000}, {"cm", "CENTIMETERS", 100'000'000'000},
    {"m", "METERS", 10'000'000'000'000},   {"in", "INCHES", 254'000'000'000},
    {"ft", "FEET", 3'048'000'000'000},     {"yd", "YARDS", 9'144'000'000'000},
};
// The base unit is the millilitre.
constexpr Unit volumes[] = {
    {"ml", "MILLILITERS", 10'000'000'000},
    {"cl", "CENTILITERS", 100'000'000'000},
    {"l", "LITERS", 10'000'000'000'000},
    {"m3", "CUBIC_METERS", 10'000'000'000'000'000},
    {"us_fl_oz", "FLUID_OUNCES", 295'735'295'625},
    {"us_pt", "PINTS", 4'731'764'730'000},
    {"us_qt", "QUARTS", 9'463'529'460'000},
    {"us_gal", "GALLONS", 37'854'117'840'000},
    {"imp_fl_oz", "IMPERIAL_FLUID_OUNCES", 284'130'625'000},
    {"imp_pt", "IMPERIAL_PINTS", 5'682'612'500'000},
    {"imp_qt", "IMPERIAL_QUARTS", 11'365'225'000'000},
    {"imp_gal", "IMPERIAL_GALLONS", 45'460'900'000'000},
};
// The base unit is the gram.
constexpr Unit weights[] = {
    {"g", "GRAMS", 10'000'000'000},
    {"kg", "KILOGRAMS", 10'000'000'000'000},
    {"oz", "OUNCES", 283'495'231'250},
    {"lb", "POUNDS", 4'535'923'700'000},
};

const Unit* find_unit(std::span<const Unit> units, std::string_view name) {
    const auto found = std::ranges::find_if(
        units, [&](const Unit& unit) { return unit.symbol == name || unit.spelling == name; });
    return found == units.end() ? nullptr : &*found;
}

Checked canonical_measurement(std::span<const Unit> units, std::string_view value) {
    const auto object = ObjectValue::parse(value);
    if (!object || !object->has_exactly({"value", "unit"})) {
        return refuse(
            fmt::format("Value must be a JSON object of value and unit, such as "
                        "{{\"value\":25.0,\"unit\":\"{}\"}}.",
                        units.front().symbol));
    }
    const Unit* unit = find_unit(units, object->text("unit").value_or(""));
    if (unit == nullptr) {
        std::string symbols;
        for (const Unit& known : units) symbols += fmt::format(" {}", known.symbol);
        return refuse(fmt::format("Its unit must be one of{}.", symbols));
    }
    const auto amount = object->decimal("value");
    if (!amount || amount->negative || amount->whole.size() > max_decimal_whole_digits ||
        amount->fraction.size() > max_decimal_places) {
        return refuse("Its value must be a number from 0 to 9999999999999.999999999.");
    }
    return fmt::format("{{\"value\":{},\"unit\":\"{}\"}}", amount->text(), unit->symbol);
}

/// A canonical measurement in 10^-19 of the base unit.
Wide magnitude(std::span<const Unit> units, std::string_view canonical) {
    const auto object = ObjectValue::parse(canonical);
    const auto amount = object ? object->decimal("value") : std::nullopt;
    const Unit* unit = object ? find_unit(units, object->text("unit").value_or("")) : nullptr;
    if (!amount || unit == nullptr) return 0;
    Wide scaled = 0;
    for (const char digit : amount->whole) scaled = scaled * 10 + (digit - '0');
    for (std::size_t i = 0; i < max_decimal_places; ++i) {
        scaled = scaled * 10 + (i < amount->fraction.size() ? amount->fraction[i] - '0' : 0);
    }
    return scaled * unit->factor;
}

std::strong_ordering order(std::span<const Unit> units, std::string_view a, std::string_view b) {
    return magnitude(units, a) <=> magnitude(units, b);
}

Checked canonical_length(std::string_view value) { return canonical_measurement(lengths, value); }
Checked canonical_volume(std::string_view value) { return canonical_measurement(volumes, value); }
Checked canonical_weight(std::string_view value) { return canonical_measurement(weights, value); }
std::strong_ordering order_lengths(std::string_view a, std::string_view b) {
    return order(lengths, a, b);
}
std::strong_ordering order_volumes(std::string_view a, std::string_view b) {
    return order(volumes, a, b);
}
std::strong_ordering order_weights(std::string_view a, std::string_view b) {
    return order(weights, a, b);
}

constexpr std::string_view validations[] = {"min", "max"};

constexpr ScalarType types[] = {
    {"dimension", Category::MEASUREMENT, ListForm::bare, max_value_bytes, canonical_length,
     order_lengths, validations},
    {"volume", Category::MEASUREMENT, ListForm::bare, max_value_bytes, canonical_volume,
     order_volumes, validations},
    {"weight", Category::MEASUREMENT, ListForm::bare, max_value_bytes, canonical_weight,
     order_weights, validations},
};

}  // namespace

std::span<const ScalarType> measurement_types() noexcept { return types; }

}  // namespace latchkey::metafields
