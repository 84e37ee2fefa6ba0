// Rules on texts: regex and choices.

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "metafields/json_text.hpp"
#include "metafields/limits.hpp"
#include "metafields/rules.hpp"

namespace latchkey::metafields {
namespace {

/// RE2 matches in time linear in the text, whatever the pattern, and keeps to its memory.
RE2::Options regex_options() {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(max_regex_memory);
    return options;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Fault check_regex(const ScalarType& /*type*/, std::string_view parameter) {
    if (parameter.empty() || parameter.size() > max_regex_bytes) {
        return fmt::format("The rule's value must be a regular expression of 1 to {} bytes.",
                           max_regex_bytes);
    }
    const RE2 pattern(piece(parameter), regex_options());
    if (pattern.ok()) return std::nullopt;
    return fmt::format("The rule's value must be a regular expression in RE2 syntax: {}.",
                       pattern.error());
}

Fault enforce_regex(const ScalarType& /*type*/, std::string_view parameter,
                    std::string_view canonical) {
    const RE2 pattern(piece(parameter), regex_options());
    if (pattern.ok() && RE2::PartialMatch(piece(canonical), pattern)) return std::nullopt;
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
    const auto document = parse_json(parameter);
    const json::Array* choices = document ? document->array() : nullptr;
    if (choices != nullptr) {
        const auto is_chosen = [&](const json::Value& choice) {
            return choice.string() != nullptr && *choice.string() == canonical;
        };
        if (std::ranges::any_of(*choices, is_chosen)) return std::nullopt;
    }
    return fmt::format("Value must be one of {}.", minify(parameter));
}

}  // namespace latchkey::metafields
