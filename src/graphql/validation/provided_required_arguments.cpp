#include "graphql/validation/rules.hpp"

#include <algorithm>

namespace latchkey::graphql::validation {

// Spec 5.4.3: arguments without which a field or directive cannot be are given.
void provided_required_arguments(const Facts& facts, Report& report) {
    const auto is_given = [](const ArgumentsUse& use, std::string_view name) {
        return std::ranges::any_of(use.given,
                                   [&](const auto& each) { return each.name.text == name; });
    };
    for (const ArgumentsUse& use : facts.arguments) {
        const auto check = [&](const auto& definitions, const std::string& who) {
            for (const types::InputValue& wanted : definitions) {
                if (!wanted.is_required() || is_given(use, wanted.name)) continue;
                report.add(who + " argument " + in_quotes(wanted.name) + " of type " +
                               in_quotes(types::to_string(*wanted.type)) +
                               " is required, but it was not provided.",
                           {use.at});
            }
        };
        if (use.field != nullptr) {
            check(use.field->arguments, "Field " + in_quotes(use.field->name));
        }
        if (use.directive != nullptr) {
            check(use.directive->arguments,
                  "Directive " + in_quotes("@" + std::string(use.directive->name)));
        }
    }
}

}  // namespace latchkey::graphql::validation
