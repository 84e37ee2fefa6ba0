#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.8.1: no two variables of one name in an operation.
void unique_variable_names(const Facts& facts, Report& report) {
    for (const Definition& definition : facts.operations) {
        std::unordered_map<std::string_view, std::vector<language::Offset>> seen;
        for (const auto& variable : definition.operation->variables) {
            seen[variable.name.text].push_back(variable.name.at);
        }
        for (const auto& variable : definition.operation->variables) {
            const auto& places = seen[variable.name.text];
            if (places.size() < 2 || places.front() != variable.name.at) continue;
            report.add("There can be only one variable named \"$" +
                           std::string(variable.name.text) + "\".",
                       places);
        }
    }
}

}  // namespace latchkey::graphql::validation
