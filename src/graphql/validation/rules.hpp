#pragma once

// The rules of spec section 5, one function and one file each, named as the reference names them.
// A rule reads the facts and reports; it never depends on another having passed.

#include <span>
#include <string_view>

#include "graphql/types/type_system.hpp"
#include "graphql/validation/facts.hpp"
#include "graphql/validation/report.hpp"

namespace latchkey::graphql::validation {

void executable_definitions(const Facts& facts, Report& report);            // 5.1.1
void known_operation_types(const Facts& facts, Report& report);             // 5.2.1.1
void unique_operation_names(const Facts& facts, Report& report);            // 5.2.2.1
void lone_anonymous_operation(const Facts& facts, Report& report);          // 5.2.3.1
void single_field_subscriptions(const Facts& facts, Report& report);        // 5.2.4.1
void fields_on_correct_type(const Facts& facts, Report& report);            // 5.3.1
void overlapping_fields_can_be_merged(const Facts& facts, Report& report);  // 5.3.2
void scalar_leafs(const Facts& facts, Report& report);                      // 5.3.3
void known_argument_names(const Facts& facts, Report& report);              // 5.4.1
void unique_argument_names(const Facts& facts, Report& report);             // 5.4.2
void provided_required_arguments(const Facts& facts, Report& report);       // 5.4.3
void unique_fragment_names(const Facts& facts, Report& report);             // 5.5.1.1
void known_type_names(const Facts& facts, Report& report);                  // 5.5.1.2
void fragments_on_composite_types(const Facts& facts, Report& report);      // 5.5.1.3
void no_unused_fragments(const Facts& facts, Report& report);               // 5.5.1.4
void known_fragment_names(const Facts& facts, Report& report);              // 5.5.2.1
void no_fragment_cycles(const Facts& facts, Report& report);                // 5.5.2.2
void possible_fragment_spreads(const Facts& facts, Report& report);         // 5.5.2.3
void values_of_correct_type(const Facts& facts, Report& report);            // 5.6.1, 5.6.2, 5.6.4
void unique_input_field_names(const Facts& facts, Report& report);          // 5.6.3
void known_directives(const Facts& facts, Report& report);                  // 5.7.1, 5.7.2
void unique_directives_per_location(const Facts& facts, Report& report);    // 5.7.3
void unique_variable_names(const Facts& facts, Report& report);             // 5.8.1
void variables_are_input_types(const Facts& facts, Report& report);         // 5.8.2
void no_undefined_variables(const Facts& facts, Report& report);            // 5.8.3
void no_unused_variables(const Facts& facts, Report& report);               // 5.8.4
void variables_in_allowed_position(const Facts& facts, Report& report);     // 5.8.5

struct Rule {
    std::string_view name;  // "KnownTypeNames"
    void (*check)(const Facts&, Report&);
};

/// All of them, in the order in which they run.
[[nodiscard]] std::span<const Rule> rules() noexcept;

}  // namespace latchkey::graphql::validation
