#pragma once

// Result coercion of scalars and enums (spec 3.5, 3.9 and 6.4.3): a resolver's value as JSON.

#include <string>

#include "base/result.hpp"
#include "graphql/types/type_system.hpp"
#include "graphql/value.hpp"

namespace latchkey::graphql::execution {

/// Appends `value`, which is not null, as scalar or enum `type`.
/// Errors: internal when the resolver's value cannot be one; what a custom scalar says.
[[nodiscard]] Result<void> append_leaf(std::string& out, const types::NamedType& type,
                                       const Value& value);

}  // namespace latchkey::graphql::execution
