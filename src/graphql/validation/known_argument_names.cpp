#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.4.1: arguments are defined by their field or directive.
void known_argument_names(const Facts& facts, Report& report) {
    for (const ArgumentsUse& use : facts.arguments) {
        for (const auto& argument : use.given) {
            if (use.field != nullptr && use.field->argument(argument.name.text) == nullptr) {
                report.add("Unknown argument " + quoted(argument.name.text) + " on field " +
                               quoted(use.field->coordinate) + ".",
                           {argument.name.at});
            }
            if (use.directive != nullptr &&
                use.directive->argument(argument.name.text) == nullptr) {
                report.add("Unknown argument " + quoted(argument.name.text) + " on directive " +
                               quoted("@" + std::string(use.directive->name)) + ".",
                           {argument.name.at});
            }
        }
    }
}

}  // namespace latchkey::graphql::validation
