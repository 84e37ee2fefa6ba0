#pragma once

// Says which fields do not merge, for a document of which that is known: pair by pair, in the order
// and with the locations of the reference. Costs more than the decision
// (overlapping_fields_can_be_merged.cpp), so it only looks at documents that are refused anyway,
// and stops at a budget.

#include "graphql/validation/facts.hpp"
#include "graphql/validation/report.hpp"

namespace latchkey::graphql::validation {

/// Spec 5.3.2, step "fieldA and fieldB have identical sets of arguments".
[[nodiscard]] bool same_arguments(std::span<const language::Argument> a,
                                  std::span<const language::Argument> b);

/// Spec 5.3.2 SameResponseShape, steps 3 to 6: below lists and non-nulls, leaves are one type.
[[nodiscard]] bool types_conflict(const types::Type& a, const types::Type& b);

/// Reports conflicting fields until the report is full or the budget is spent.
/// At least one error is added.
void report_field_conflicts(const Facts& facts, Report& report);

}  // namespace latchkey::graphql::validation
