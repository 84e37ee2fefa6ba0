#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.7.1 and 5.7.2: directives are defined, and may stand where they stand.
void known_directives(const Facts& facts, Report& report) {
    for (const DirectivesUse& use : facts.directives) {
        for (const auto& directive : use.directives) {
            if (report.is_full()) return;
            const types::Directive* definition = facts.system.directive(directive.name.text);
            const std::string who = in_quotes("@" + std::string(directive.name.text));
            if (definition == nullptr) {
                report.add("Unknown directive " + who + ".", {directive.at});
            } else if (!definition->may_stand_at(use.location)) {
                report.add("Directive " + who + " may not be used on " +
                               std::string(types::to_string(use.location)) + ".",
                           {directive.at});
            }
        }
    }
}

}  // namespace latchkey::graphql::validation
