#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.5.2.1: what is spread is defined.
void known_fragment_names(const Facts& facts, Report& report) {
    for (const SelectionUse& use : facts.spreads) {
        const language::Name& name = use.node->name;
        if (facts.fragment(name.text) != nullptr) continue;
        report.add("Unknown fragment " + in_quotes(name.text) + ".", {name.at});
    }
}

}  // namespace latchkey::graphql::validation
