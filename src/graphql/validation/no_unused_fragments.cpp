#include "graphql/validation/rules.hpp"

#include <unordered_set>

namespace latchkey::graphql::validation {

// Spec 5.5.1.4: every fragment is reached from an operation.
void no_unused_fragments(const Facts& facts, Report& report) {
    std::unordered_set<std::string_view> used;
    for (const Definition& operation : facts.operations) {
        for (const Definition* fragment : facts.reachable(operation)) {
            used.insert(fragment->fragment->name.text);
        }
    }
    for (const Definition& definition : facts.fragments) {
        const language::Fragment& fragment = *definition.fragment;
        if (used.contains(fragment.name.text)) continue;
        report.add("Fragment " + in_quotes(fragment.name.text) + " is never used.", {fragment.at});
    }
}

}  // namespace latchkey::graphql::validation
