#include "graphql/validation/rules.hpp"

#include <unordered_set>

namespace latchkey::graphql::validation {

// Spec 5.8.4: every variable is used, in the operation or a fragment it reaches.
void no_unused_variables(const Facts& facts, Report& report) {
    for (const Definition& definition : facts.operations) {
        const language::Operation& operation = *definition.operation;
        if (operation.variables.empty()) continue;
        std::unordered_set<std::string_view> used;
        const auto note = [&](const Definition& part) {
            for (const VariableUse& use : part.variables) used.insert(use.node->text);
        };
        note(definition);
        for (const Definition* fragment : facts.reachable(definition)) note(*fragment);
        for (const auto& variable : operation.variables) {
            if (used.contains(variable.name.text)) continue;
            std::string message =
                "Variable \"$" + std::string(variable.name.text) + "\" is never used";
            if (operation.name) message += " in operation " + in_quotes(operation.name.text);
            report.add(message + ".", {variable.at});
        }
    }
}

}  // namespace latchkey::graphql::validation
