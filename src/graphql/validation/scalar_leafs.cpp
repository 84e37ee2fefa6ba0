#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.3.3: leaves have no selections, everything else has.
void scalar_leafs(const Facts& facts, Report& report) {
    for (const SelectionUse& use : facts.fields) {
        if (use.field == nullptr) continue;
        const bool is_leaf = use.field->type->named->is_leaf();
        const language::SelectionSet* selections = use.node->selections;
        if (is_leaf == (selections == nullptr)) continue;
        std::string who = "Field " + in_quotes(use.node->name.text);
        if (is_leaf) {
            report.add(who + " must not have a selection since type " +
                           in_quotes(types::to_string(*use.field->type)) + " has no subfields.",
                       {selections->at});
        } else {
            report.add(who + " of type " + in_quotes(types::to_string(*use.field->type)) +
                           " must have a selection of subfields.",
                       {use.node->at});
        }
    }
}

}  // namespace latchkey::graphql::validation
