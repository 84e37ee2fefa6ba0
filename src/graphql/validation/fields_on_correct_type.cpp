#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.3.1: the field exists on the type it is selected on.
void fields_on_correct_type(const Facts& facts, Report& report) {
    for (const SelectionUse& use : facts.fields) {
        if (use.parent == nullptr || use.field != nullptr) continue;
        report.add("Cannot query field " + quoted(use.node->name.text) + " on type " +
                       quoted(use.parent->name) + ".",
                   {use.node->at});
    }
}

}  // namespace latchkey::graphql::validation
