#include <fmt/format.h>

#include <charconv>

#include "metafields/limits.hpp"
#include "metafields/types/decimal.hpp"
#include "metafields/types/families.hpp"

namespace latchkey::metafields {
namespace {

// The largest integer that a double, and so every JSON reader, holds exactly.
constexpr std::int64_t max_integer = 9'007'199'254'740'991;

std::optional<std::int64_t> parse_integer(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error == std::errc::invalid_argument || stop != end) return std::nullopt;
    if (error == std::errc::result_out_of_range) value = std::numeric_limits<std::int64_t>::max();
    return value;
}

Checked canonical_integer(std::string_view value) {
    const auto parsed = value.starts_with("+-") ? std::nullopt : parse_integer(value);
    if (!parsed) return refuse("Value must be an integer, such as 42.");
    if (*parsed > max_integer || *parsed < -max_integer) {
        return refuse(fmt::format("Value must be between -{0} and {0}.", max_integer));
    }
    return std::to_string(*parsed);
}

Checked canonical_decimal(std::string_view value) {
    const auto parsed = parse_decimal(value);
    if (!parsed) return refuse("Value must be a decimal number, such as 10.4.");
    if (parsed->whole.size() > max_decimal_whole_digits ||
        parsed->fraction.size() > max_decimal_places) {
        return refuse(
            "Value must be between -9999999999999.999999999 and "
            "9999999999999.999999999, with at most 9 decimal places.");
    }
    return parsed->text();
}

std::strong_ordering order_numbers(std::string_view a, std::string_view b) {
    return parse_decimal(a).value_or(Decimal{}) <=> parse_decimal(b).value_or(Decimal{});
}

constexpr std::string_view integer_validations[] = {"min", "max"};
constexpr std::string_view decimal_validations[] = {"min", "max", "max_precision"};

constexpr ScalarType types[] = {
    {"number_decimal", Category::NUMBER, ListForm::quoted, max_value_bytes, canonical_decimal,
     order_numbers, decimal_validations},
    {"number_integer", Category::NUMBER, ListForm::bare, max_value_bytes, canonical_integer,
     order_numbers, integer_validations},
};

}  // namespace

std::span<const ScalarType> number_types() noexcept { return types; }

}  // namespace latchkey::metafields
