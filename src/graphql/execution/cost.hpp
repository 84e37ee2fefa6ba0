#pragma once

// What an operation may cost, before any of it runs. Points, as the ecosystem counts them: a leaf
// costs nothing, an object 1, a field of the mutation root 10 more. A list counts its items as many
// times as its `first` or `last` says (or, for `nodes` and `edges`, that of the field above), else
// Limits::assumed_list_size times. Objects of introspection are counted apart: they are only
// memory.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graphql/execution/plan.hpp"
#include "graphql/limits.hpp"
#include "graphql/request_error.hpp"

namespace latchkey::graphql::execution {

inline constexpr std::int64_t mutation_points = 10;

struct CostEstimate {
    std::int64_t points = 0;
    std::int64_t introspection = 0;
    bool depends_on_variables = false;
};

/// Without variables, those that matter count as if they were not given.
[[nodiscard]] CostEstimate estimate_cost(const Plan& plan, const SelectionPlan& selection,
                                         const types::VariableValues* variables,
                                         const Limits& limits);

/// What is too much about an estimate, if anything.
[[nodiscard]] std::optional<RequestError> check_cost(const CostEstimate& estimate,
                                                     const Limits& limits);

/// Appends `,"extensions":{"cost":{…}}` as the ecosystem's clients read it. Nothing throttles by
/// cost here: the bucket that `throttleStatus` tells of is always full.
void append_cost_report(std::string& out, std::int64_t requested, std::int64_t actual,
                        const Limits& limits);

}  // namespace latchkey::graphql::execution
