#pragma once

// One row for each kind of validation: how its parameter is read and how a value is held to it.

#include <optional>
#include <string>
#include <string_view>

#include "metafields/types/type.hpp"

namespace latchkey::metafields {

/// Whether a rule looks at each value or, in a list, at the list itself.
enum class RuleScope : std::uint8_t { value, list };

/// A sentence, when something is wrong.
using Fault = std::optional<std::string>;

struct ValidationRule {
    std::string_view name;
    RuleScope scope;
    /// Is `parameter` usable for `type`?
    Fault (*check)(const ScalarType& type, std::string_view parameter);
    /// Does `canonical` obey? For RuleScope::list, `canonical` is the number of items.
    /// `parameter` has passed `check`.
    Fault (*enforce)(const ScalarType& type, std::string_view parameter,
                     std::string_view canonical);
};

/// Null when there is no such rule.
[[nodiscard]] const ValidationRule* find_rule(std::string_view name) noexcept;

}  // namespace latchkey::metafields
