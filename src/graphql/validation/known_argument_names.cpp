#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

namespace {

// `definition` is a types::Field or a types::Directive.
void check(const auto& definition, const ArgumentsUse& use, const std::string& who,
           Report& report) {
    std::vector<std::string_view> names;
    for (const auto& argument : definition.arguments) names.push_back(argument.name);
    for (const auto& argument : use.given) {
        if (definition.argument(argument.name.text) != nullptr) continue;
        report.add("Unknown argument " + in_quotes(argument.name.text) + " on " + who + "." +
                       report.did_you_mean(argument.name.text, names),
                   {argument.name.at});
    }
}

}  // namespace

// Spec 5.4.1: arguments are defined by their field or directive.
void known_argument_names(const Facts& facts, Report& report) {
    for (const ArgumentsUse& use : facts.arguments) {
        if (use.given.empty()) continue;
        if (use.field != nullptr) {
            check(*use.field, use, "field " + in_quotes(use.field->coordinate), report);
        }
        if (use.directive != nullptr) {
            const std::string name = "@" + std::string(use.directive->name);
            check(*use.directive, use, "directive " + in_quotes(name), report);
        }
    }
}

}  // namespace latchkey::graphql::validation
