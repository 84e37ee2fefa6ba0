#pragma once

// Coercion of a request's variables (spec 6.1.2).

#include <expected>

#include "graphql/execution/plan.hpp"
#include "graphql/request_error.hpp"

namespace latchkey::graphql::execution {

/// `given` is a JSON object or null. Errors name the variable and the path inside it, at most
/// `max_errors` of them.
[[nodiscard]] std::expected<types::VariableValues, RequestErrors> coerce_variables(
    const Plan& plan, const json::Value& given, std::size_t max_errors);

}  // namespace latchkey::graphql::execution
