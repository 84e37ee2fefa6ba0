#pragma once

// The rules an app puts on its own metafields: `{name, value}` pairs of a definition, checked when
// the definition is made and enforced whenever a value is set from then on.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "metafields/types/type.hpp"
#include "model/records.hpp"

namespace latchkey::metafields {

/// What is wrong with the rules themselves. Paths are relative to the definition:
/// {"validations", "0", "value"}.
[[nodiscard]] Problems check_validations(const Type& type,
                                         std::span<const MetafieldValidation> validations);

/// The first rule that `canonical`, a value of `type`, breaks.
[[nodiscard]] std::optional<std::string> find_violation(
    const Type& type, std::span<const MetafieldValidation> validations, std::string_view canonical);

}  // namespace latchkey::metafields
