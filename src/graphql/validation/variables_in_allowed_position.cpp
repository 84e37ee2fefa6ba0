#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

namespace {

// Spec 5.8.5 IsVariableUsageAllowed.
bool is_allowed(const types::Type& variable, const language::VariableDefinition& definition,
                const VariableUse& use) {
    if (use.expected->is_non_null() && !variable.is_non_null()) {
        const bool has_default = definition.default_value != nullptr &&
                                 definition.default_value->kind != language::ValueKind::null;
        if (!has_default && !use.has_default_here) return false;
        return types::TypeSystem::is_subtype(variable, *use.expected->inner);
    }
    return types::TypeSystem::is_subtype(variable, *use.expected);
}

void check_use(const Facts& facts, const language::VariableDefinition& definition,
               const VariableUse& use, Report& report) {
    const types::Type* type = facts.variable_type(definition);
    if (type == nullptr || use.expected == nullptr) return;
    const std::string who = "Variable \"$" + std::string(definition.name.text) + "\"";
    if (!is_allowed(*type, definition, use)) {
        report.add(who + " of type " + in_quotes(types::to_string(*type)) +
                       " used in position expecting type " +
                       in_quotes(types::to_string(*use.expected)) + ".",
                   {definition.at, use.node->at});
    }
    if (use.one_of != nullptr && !type->is_non_null()) {
        report.add(who + " is of type " + in_quotes(types::to_string(*type)) +
                       " but must be non-nullable to be used for OneOf Input Object " +
                       in_quotes(use.one_of->name) + ".",
                   {definition.at, use.node->at});
    }
}

}  // namespace

// Spec 5.8.5: a variable's type fits every place where it is used.
void variables_in_allowed_position(const Facts& facts, Report& report) {
    for (const Definition& definition : facts.operations) {
        std::unordered_map<std::string_view, const language::VariableDefinition*> defined;
        for (const auto& variable : definition.operation->variables) {
            defined[variable.name.text] = &variable;
        }
        const auto check = [&](const Definition& part) {
            for (const VariableUse& use : part.variables) {
                if (report.is_full()) return;
                const auto found = defined.find(use.node->text);
                if (found != defined.end()) check_use(facts, *found->second, use, report);
            }
        };
        check(definition);
        for (const Definition* fragment : facts.reachable(definition)) check(*fragment);
    }
}

}  // namespace latchkey::graphql::validation
