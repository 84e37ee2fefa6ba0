#pragma once

// Is a document one that can be run against a type system (spec section 5)?

#include "graphql/language/ast.hpp"
#include "graphql/limits.hpp"
#include "graphql/request_error.hpp"
#include "graphql/types/type_system.hpp"

namespace latchkey::graphql::validation {

/// Empty: yes. First the limits of limits.hpp that concern the document's shape, then every rule,
/// until Limits::max_errors are found. Near-linear in the document, fragments expanded.
[[nodiscard]] RequestErrors validate(const types::TypeSystem& system,
                                     const language::Document& document, const Limits& limits,
                                     Suggestions suggestions = Suggestions::off);

}  // namespace latchkey::graphql::validation
