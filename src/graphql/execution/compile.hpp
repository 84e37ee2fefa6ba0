#pragma once

// From a validated document to a Plan.

#include <expected>
#include <memory>

#include "graphql/execution/plan.hpp"
#include "graphql/limits.hpp"
#include "graphql/request_error.hpp"

namespace latchkey::graphql::execution {

/// The plan of one operation of `document`, which has passed validation against `system`.
/// Errors: the limits on fields and cost.
[[nodiscard]] std::expected<std::shared_ptr<Plan>, RequestError> compile(
    const types::TypeSystem& system, std::unique_ptr<const language::Document> document,
    const language::Operation& operation, const Limits& limits);

/// What `plan` selects under these variables: `plan.everything`, or the variant for the outcome of
/// its conditions, compiled if it is met for the first time.
[[nodiscard]] std::shared_ptr<const SelectionPlan> select_variant(
    const types::TypeSystem& system, const Plan& plan, const types::VariableValues& variables);

}  // namespace latchkey::graphql::execution
