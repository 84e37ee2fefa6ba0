#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.5.1.3: fragments are on objects, interfaces and unions.
void fragments_on_composite_types(const Facts& facts, Report& report) {
    const auto is_wrong = [](const types::NamedType* type) {
        return type != nullptr && !type->is_composite();
    };
    for (const Definition& definition : facts.fragments) {
        const language::Name& condition = definition.fragment->type_condition;
        if (!is_wrong(facts.system.find(condition.text))) continue;
        report.add("Fragment " + in_quotes(definition.fragment->name.text) +
                       " cannot condition on non composite type " + in_quotes(condition.text) + ".",
                   {condition.at});
    }
    for (const SelectionUse& use : facts.inline_fragments) {
        const language::Name& condition = use.node->name;
        if (!condition || !is_wrong(use.condition)) continue;
        report.add(
            "Fragment cannot condition on non composite type " + in_quotes(condition.text) + ".",
            {condition.at});
    }
}

}  // namespace latchkey::graphql::validation
