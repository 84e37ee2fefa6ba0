#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.4.2: no argument twice.
void unique_argument_names(const Facts& facts, Report& report) {
    for (const ArgumentsUse& use : facts.arguments) {
        if (use.given.size() < 2) continue;
        std::unordered_map<std::string_view, std::vector<language::Offset>> seen;
        for (const auto& argument : use.given) {
            seen[argument.name.text].push_back(argument.name.at);
        }
        if (seen.size() == use.given.size()) continue;
        for (const auto& argument : use.given) {
            const auto& places = seen[argument.name.text];
            if (places.size() < 2 || places.front() != argument.name.at) continue;
            report.add(
                "There can be only one argument named " + in_quotes(argument.name.text) + ".",
                places);
        }
    }
}

}  // namespace latchkey::graphql::validation
