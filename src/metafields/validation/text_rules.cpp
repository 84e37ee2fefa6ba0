// Rules on texts: regex and choices.

#include <fmt/format.h>

#include <algorithm>

#include "metafields/limits.hpp"
#include "metafields/types/json_text.hpp"
#include "metafields/validation/pattern.hpp"
#include "metafields/validation/rules.hpp"

namespace latchkey::metafields {

Fault check_regex(const ScalarType& /*type*/, std::string_view parameter) {
    return find_pattern_fault(parameter);
}

Fault enforce_regex(const ScalarType& /*type*/, std::string_view parameter,
                    std::string_view canonical) {
    if (matches_pattern(parameter, canonical)) return std::nullopt;
    return fmt::format("Value must match the regular expression {}.", parameter);
}

Fault check_choices(const ScalarType& type, std::string_view parameter) {
    const auto document = parse_json(parameter);
    const json::Array* choices = document ? document->array() : nullptr;
    if (choices == nullptr || choices->empty()) {
        return "The rule's value must be a JSON array of strings, with at least one.";
    }
    if (choices->size() > max_choices) {
        return fmt::format("A definition can have at most {} choices.", max_choices);
    }
    for (const json::Value& choice : *choices) {
        if (choice.string() == nullptr) return "Every choice must be a string.";
        const Checked value = canonical_value({&type, Shape::single}, *choice.string());
        if (!value) return fmt::format("A choice can't be used. {}", value.error());
    }
    return std::nullopt;
}

Fault enforce_choices(const ScalarType& /*type*/, std::string_view parameter,
                      std::string_view canonical) {
    const json::Value* setting = parse_setting(parameter);
    const json::Array* choices = setting != nullptr ? setting->array() : nullptr;
    if (choices != nullptr) {
        const auto is_chosen = [&](const json::Value& choice) {
            return choice.string() != nullptr && *choice.string() == canonical;
        };
        if (std::ranges::any_of(*choices, is_chosen)) return std::nullopt;
    }
    return fmt::format("Value must be one of {}.", minify(parameter));
}

}  // namespace latchkey::metafields
