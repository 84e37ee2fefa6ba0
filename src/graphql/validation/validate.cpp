#include "graphql/validation/validate.hpp"

#include <array>

#include "graphql/validation/document_limits.hpp"
#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

std::span<const Rule> rules() noexcept {
    static constexpr std::array<Rule, 27> all = {{
        {"ExecutableDefinitions", executable_definitions},
        {"KnownOperationTypes", known_operation_types},
        {"UniqueOperationNames", unique_operation_names},
        {"LoneAnonymousOperation", lone_anonymous_operation},
        {"SingleFieldSubscriptions", single_field_subscriptions},
        {"KnownTypeNames", known_type_names},
        {"FragmentsOnCompositeTypes", fragments_on_composite_types},
        {"VariablesAreInputTypes", variables_are_input_types},
        {"ScalarLeafs", scalar_leafs},
        {"FieldsOnCorrectType", fields_on_correct_type},
        {"UniqueFragmentNames", unique_fragment_names},
        {"KnownFragmentNames", known_fragment_names},
        {"NoUnusedFragments", no_unused_fragments},
        {"PossibleFragmentSpreads", possible_fragment_spreads},
        {"NoFragmentCycles", no_fragment_cycles},
        {"UniqueVariableNames", unique_variable_names},
        {"NoUndefinedVariables", no_undefined_variables},
        {"NoUnusedVariables", no_unused_variables},
        {"KnownDirectives", known_directives},
        {"UniqueDirectivesPerLocation", unique_directives_per_location},
        {"KnownArgumentNames", known_argument_names},
        {"UniqueArgumentNames", unique_argument_names},
        {"ValuesOfCorrectType", values_of_correct_type},
        {"ProvidedRequiredArguments", provided_required_arguments},
        {"VariablesInAllowedPosition", variables_in_allowed_position},
        {"OverlappingFieldsCanBeMerged", overlapping_fields_can_be_merged},
        {"UniqueInputFieldNames", unique_input_field_names},
    }};
    return all;
}

RequestErrors validate(const types::TypeSystem& system, const language::Document& document,
                       const Limits& limits, Suggestions suggestions) {
    if (auto error = check_limits(document, limits)) return {*std::move(error)};
    const Facts facts(system, document);
    Report report(document.text, limits, suggestions);
    for (const Rule& rule : rules()) {
        if (report.is_full()) break;
        report.set_rule(rule.name);
        rule.check(facts, report);
    }
    return std::move(report).take();
}

}  // namespace latchkey::graphql::validation
