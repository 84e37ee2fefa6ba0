#include "metafields/validation/validation_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "metafields/limits.hpp"
#include "metafields/names.hpp"
#include "metafields/types/decimal.hpp"
#include "metafields/validation/rules.hpp"

namespace latchkey::metafields {
namespace {

std::optional<std::size_t> parse_count(std::string_view text) {
    std::size_t count = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, count);
    if (error != std::errc() || stop != end) return std::nullopt;
    return count;
}

Fault check_count(std::string_view parameter, std::size_t most) {
    const auto count = parse_count(parameter);
    if (count && *count <= most) return std::nullopt;
    return fmt::format("The rule's value must be a whole number from 0 to {}.", most);
}

// min, max: the length of a text, or the order of anything that has one.

Fault check_bound(const ScalarType& type, std::string_view parameter) {
    if (type.order == nullptr) return check_count(parameter, max_value_bytes);
    const Checked bound = type.canonical(parameter);
    if (bound) return std::nullopt;
    return fmt::format("The rule's value must be a value of type {}. {}", type.name, bound.error());
}

std::strong_ordering compare_to_bound(const ScalarType& type, std::string_view parameter,
                                      std::string_view canonical) {
    if (type.order == nullptr) {
        return count_characters(canonical) <=> parse_count(parameter).value_or(0);
    }
    return type.order(canonical, type.canonical(parameter).value_or(std::string(parameter)));
}

Fault enforce_min(const ScalarType& type, std::string_view parameter, std::string_view canonical) {
    if (compare_to_bound(type, parameter, canonical) >= 0) return std::nullopt;
    if (type.order == nullptr) {
        return fmt::format("Value must have at least {} characters.", parameter);
    }
    return fmt::format("Value must be at least {}.", parameter);
}

Fault enforce_max(const ScalarType& type, std::string_view parameter, std::string_view canonical) {
    if (compare_to_bound(type, parameter, canonical) <= 0) return std::nullopt;
    if (type.order == nullptr) {
        return fmt::format("Value can have at most {} characters.", parameter);
    }
    return fmt::format("Value can be at most {}.", parameter);
}

// max_precision: decimal places.

Fault check_precision(const ScalarType& /*type*/, std::string_view parameter) {
    return check_count(parameter, max_decimal_places);
}

Fault enforce_precision(const ScalarType& /*type*/, std::string_view parameter,
                        std::string_view canonical) {
    const Decimal value = parse_decimal(canonical).value_or(Decimal{});
    if (value.fraction.size() <= parse_count(parameter).value_or(0)) return std::nullopt;
    return fmt::format("Value can have at most {} decimal places.", parameter);
}

// list.min, list.max: the number of items.

Fault check_items(const ScalarType& /*type*/, std::string_view parameter) {
    return check_count(parameter, max_list_items);
}

Fault enforce_min_items(const ScalarType& /*type*/, std::string_view parameter,
                        std::string_view items) {
    if (parse_count(items).value_or(0) >= parse_count(parameter).value_or(0)) return std::nullopt;
    return fmt::format("Value must have at least {} items.", parameter);
}

Fault enforce_max_items(const ScalarType& /*type*/, std::string_view parameter,
                        std::string_view items) {
    if (parse_count(items).value_or(0) <= parse_count(parameter).value_or(0)) return std::nullopt;
    return fmt::format("Value can have at most {} items.", parameter);
}

constexpr ValidationRule rules[] = {
    {"min", RuleScope::value, check_bound, enforce_min},
    {"max", RuleScope::value, check_bound, enforce_max},
    {"max_precision", RuleScope::value, check_precision, enforce_precision},
    {"regex", RuleScope::value, check_regex, enforce_regex},
    {"choices", RuleScope::value, check_choices, enforce_choices},
    {"allowed_domains", RuleScope::value, check_domains, enforce_domains},
    {"scale_min", RuleScope::value, check_scale, enforce_scale_min},
    {"scale_max", RuleScope::value, check_scale, enforce_scale_max},
    {"schema", RuleScope::value, check_schema, enforce_schema},
    {"list.min", RuleScope::list, check_items, enforce_min_items},
    {"list.max", RuleScope::list, check_items, enforce_max_items},
};

}  // namespace

const ValidationRule* find_rule(std::string_view name) noexcept {
    const auto* found = std::ranges::find(rules, name, &ValidationRule::name);
    return found == std::end(rules) ? nullptr : found;
}

}  // namespace latchkey::metafields
