#pragma once

// The part of JSON Schema (draft 2020-12) that describes one document by itself: types, constants,
// members, items, lengths, bounds, patterns and their combinations. References, formats and
// conditions are not among it: a schema that uses them is refused when defined, so that no rule is
// silently without effect.

#include <optional>
#include <string>

#include "json/value.hpp"

namespace latchkey::metafields {

/// What is wrong with a schema; absent when every keyword in it will be enforced.
[[nodiscard]] std::optional<std::string> find_schema_fault(const json::Value& schema);

/// The first place where `document` breaks `schema`, which has no fault: "At /items/0: …".
[[nodiscard]] std::optional<std::string> find_schema_violation(const json::Value& schema,
                                                               const json::Value& document);

}  // namespace latchkey::metafields
