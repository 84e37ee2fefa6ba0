#include "metafields/validation/validations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text/text.hpp"
#include "metafields/limits.hpp"
#include "metafields/types/decimal.hpp"
#include "metafields/types/json_text.hpp"
#include "metafields/validation/validation_rules.hpp"

namespace latchkey::metafields {
namespace {

bool applies(const ValidationRule& rule, const Type& type) {
    if (rule.scope == RuleScope::list) return type.shape == Shape::list;
    return std::ranges::find(type.scalar->validations, rule.name) != type.scalar->validations.end();
}

Fault find_name_fault(const Type& type, std::string_view name) {
    const ValidationRule* rule = find_rule(name);
    if (rule == nullptr) return "There is no validation of this name.";
    if (!applies(*rule, type)) {
        return fmt::format("The validation {} doesn't apply to the type {}.", rule->name,
                           type.name());
    }
    return std::nullopt;
}

Fault find_parameter_fault(const Type& type, const MetafieldValidation& validation) {
    if (validation.value.size() > max_validation_bytes) {
        return fmt::format("The rule's value can have at most {} bytes.", max_validation_bytes);
    }
    if (!is_valid_utf8(validation.value)) return "The rule's value must be valid UTF-8.";
    return find_rule(validation.name)->check(*type.scalar, validation.value);
}

const MetafieldValidation* find_validation(std::span<const MetafieldValidation> validations,
                                           std::string_view name) {
    const auto found = std::ranges::find(validations, name, &MetafieldValidation::name);
    return found == validations.end() ? nullptr : &*found;
}

/// `min` above `max` would refuse everything. `validations` are each usable.
bool is_empty_range(const Type& type, std::span<const MetafieldValidation> validations,
                    std::string_view min_name, std::string_view max_name) {
    const MetafieldValidation* min = find_validation(validations, min_name);
    const MetafieldValidation* max = find_validation(validations, max_name);
    if (min == nullptr || max == nullptr) return false;
    if (min_name == "min" && type.scalar->order != nullptr) {
        const Checked bound = type.scalar->canonical(min->value);
        return bound && find_rule(max_name)->enforce(*type.scalar, max->value, *bound);
    }
    // A count: lengths and numbers of items are whole numbers.
    return find_rule("list.max")->enforce(*type.scalar, max->value, min->value).has_value();
}

bool is_empty_scale(std::span<const MetafieldValidation> validations) {
    const MetafieldValidation* low = find_validation(validations, "scale_min");
    const MetafieldValidation* high = find_validation(validations, "scale_max");
    if (low == nullptr || high == nullptr) return false;
    return parse_decimal(low->value) >= parse_decimal(high->value);
}

std::string item_text(std::string_view item) {
    if (!item.starts_with('"')) return std::string(item);
    const auto parsed = parse_json(item);
    return parsed && parsed->string() != nullptr ? *parsed->string() : std::string(item);
}

}  // namespace

Problems check_validations(const Type& type, std::span<const MetafieldValidation> validations) {
    if (validations.size() > max_validations_per_definition) {
        return {{{"validations"},
                 fmt::format("A definition can have at most {} validations.",
                             max_validations_per_definition)}};
    }
    Problems problems;
    for (std::size_t i = 0; i < validations.size(); ++i) {
        const MetafieldValidation& validation = validations[i];
        const auto path = [&](std::string_view leaf) {
            return std::vector<std::string>{"validations", std::to_string(i), std::string(leaf)};
        };
        if (auto fault = find_name_fault(type, validation.name)) {
            problems.push_back({path("name"), *fault});
        } else if (find_validation(validations, validation.name) != &validation) {
            problems.push_back({path("name"), "The same validation is given twice."});
        } else if (auto unusable = find_parameter_fault(type, validation)) {
            problems.push_back({path("value"), *unusable});
        }
    }
    if (!problems.empty()) return problems;
    if (is_empty_range(type, validations, "min", "max") ||
        is_empty_range(type, validations, "list.min", "list.max")) {
        return {{{"validations"}, "The minimum can't be greater than the maximum."}};
    }
    if (is_empty_scale(validations)) {
        return {{{"validations"}, "The scale_min must be less than the scale_max."}};
    }
    return problems;
}

std::optional<std::string> find_violation(const Type& type,
                                          std::span<const MetafieldValidation> validations,
                                          std::string_view canonical) {
    if (validations.empty()) return std::nullopt;
    std::vector<std::string_view> items{canonical};
    if (type.shape == Shape::list) items = split_array(canonical).value_or(items);
    for (const MetafieldValidation& validation : validations) {
        const ValidationRule* rule = find_rule(validation.name);
        // A rule from a newer version of the program holds there; it can't be checked here.
        if (rule == nullptr) continue;
        if (rule->scope == RuleScope::list) {
            const std::string count = std::to_string(items.size());
            if (auto fault = rule->enforce(*type.scalar, validation.value, count)) return fault;
            continue;
        }
        for (const std::string_view item : items) {
            const std::string text =
                type.shape == Shape::list ? item_text(item) : std::string(item);
            if (auto fault = rule->enforce(*type.scalar, validation.value, text)) return fault;
        }
    }
    return std::nullopt;
}

}  // namespace latchkey::metafields
