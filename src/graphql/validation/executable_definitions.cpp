#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.1.1: an executable document holds no type system definitions.
void executable_definitions(const Facts& facts, Report& report) {
    for (const auto& type : facts.document.types) {
        report.add("The " + in_quotes(type.name.text) + " definition is not executable.",
                   {type.at});
    }
    for (const auto& directive : facts.document.directives) {
        report.add("The " + in_quotes(directive.name.text) + " definition is not executable.",
                   {directive.at});
    }
    for (const auto& schema : facts.document.schemas) {
        report.add("The schema definition is not executable.", {schema.at});
    }
}

}  // namespace latchkey::graphql::validation
