#pragma once

// Input coercion of scalars and enums (spec 3.5 and 3.9). Messages name types and kinds of value,
// never the value: what a client sends may be a secret.

#include <expected>
#include <string>

#include "graphql/types/type_system.hpp"

namespace latchkey::graphql::types {

using Coerced = std::expected<json::Value, std::string>;

/// A JSON value (of a variable) as scalar or enum `type`. Int becomes an integer, Float a double,
/// ID, String and enums a string; a custom scalar what its parse function makes of it.
[[nodiscard]] Coerced coerce_leaf(const NamedType& type, const json::Value& value);

/// A literal without variables as scalar or enum `type`. It is not null.
[[nodiscard]] Coerced coerce_leaf_literal(const NamedType& type, const language::Value& literal);

/// The double that a number literal stands for; absent when it is not finite.
[[nodiscard]] std::optional<double> parse_double(std::string_view digits);

}  // namespace latchkey::graphql::types
