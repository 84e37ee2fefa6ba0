#include "graphql/validation/rules.hpp"

#include <unordered_set>

namespace latchkey::graphql::validation {

// Spec 5.8.3: every variable that an operation or its fragments use is defined by the operation.
void no_undefined_variables(const Facts& facts, Report& report) {
    for (const Definition& definition : facts.operations) {
        const language::Operation& operation = *definition.operation;
        std::unordered_set<std::string_view> defined;
        for (const auto& variable : operation.variables) defined.insert(variable.name.text);
        const auto check = [&](const Definition& part) {
            for (const VariableUse& use : part.variables) {
                if (report.is_full()) return;
                if (defined.contains(use.node->text)) continue;
                std::string message =
                    "Variable \"$" + std::string(use.node->text) + "\" is not defined";
                if (operation.name) message += " by operation " + in_quotes(operation.name.text);
                report.add(message + ".", {use.node->at, operation.at});
            }
        };
        check(definition);
        for (const Definition* fragment : facts.reachable(definition)) check(*fragment);
    }
}

}  // namespace latchkey::graphql::validation
