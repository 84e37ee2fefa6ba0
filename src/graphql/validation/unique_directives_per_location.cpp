#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.7.3: a directive that is not repeatable stands once at a place.
void unique_directives_per_location(const Facts& facts, Report& report) {
    for (const DirectivesUse& use : facts.directives) {
        if (use.directives.size() < 2) continue;
        std::unordered_map<std::string_view, language::Offset> seen;
        for (const auto& directive : use.directives) {
            if (report.is_full()) return;
            const types::Directive* definition = facts.system.directive(directive.name.text);
            if (definition == nullptr || definition->is_repeatable) continue;
            const auto [first, is_new] = seen.emplace(directive.name.text, directive.at);
            if (is_new) continue;
            report.add("The directive " + in_quotes("@" + std::string(directive.name.text)) +
                           " can only be used once at this location.",
                       {first->second, directive.at});
        }
    }
}

}  // namespace latchkey::graphql::validation
