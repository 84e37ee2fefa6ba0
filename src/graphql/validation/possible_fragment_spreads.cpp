#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.5.2.3: some object can be of both the fragment's type and the type around it.
void possible_fragment_spreads(const Facts& facts, Report& report) {
    const auto is_impossible = [](const SelectionUse& use) {
        const types::NamedType* condition = composite(use.condition);
        return condition != nullptr && use.parent != nullptr &&
               !types::TypeSystem::overlap(*condition, *use.parent);
    };
    const auto complain = [&](const SelectionUse& use, const std::string& who) {
        report.add(who + " cannot be spread here as objects of type " +
                       in_quotes(use.parent->name) + " can never be of type " +
                       in_quotes(use.condition->name) + ".",
                   {use.node->at});
    };
    for (const SelectionUse& use : facts.inline_fragments) {
        if (is_impossible(use)) complain(use, "Fragment");
    }
    for (const SelectionUse& use : facts.spreads) {
        if (is_impossible(use)) complain(use, "Fragment " + in_quotes(use.node->name.text));
    }
}

}  // namespace latchkey::graphql::validation
