#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.8.2: a variable's type is an input type.
void variables_are_input_types(const Facts& facts, Report& report) {
    for (const Definition& definition : facts.operations) {
        for (const auto& variable : definition.operation->variables) {
            const types::Type* type = facts.variable_type(variable);
            if (type == nullptr || type->named->is_input()) continue;
            report.add("Variable \"$" + std::string(variable.name.text) +
                           "\" cannot be non-input type " + in_quotes(types::to_string(*type)) +
                           ".",
                       {variable.type->at});
        }
    }
}

}  // namespace latchkey::graphql::validation
