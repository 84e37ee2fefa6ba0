#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.5.1.2 and 5.8.2: types that a document names exist.
void known_type_names(const Facts& facts, Report& report) {
    const auto check = [&](const language::Name& name) {
        if (!name || facts.system.find(name.text) != nullptr) return;
        report.add("Unknown type " + quoted(name.text) + ".", {name.at});
    };
    for (const Definition& definition : facts.operations) {
        for (const auto& variable : definition.operation->variables) {
            const language::TypeRef* type = variable.type;
            while (type->item != nullptr) type = type->item;
            check(type->name);
        }
    }
    for (const Definition& definition : facts.fragments) {
        check(definition.fragment->type_condition);
    }
    for (const SelectionUse& use : facts.inline_fragments) check(use.node->name);
}

}  // namespace latchkey::graphql::validation
