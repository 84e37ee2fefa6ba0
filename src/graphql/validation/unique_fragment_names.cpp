#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.5.1.1: no two fragments of one name.
void unique_fragment_names(const Facts& facts, Report& report) {
    std::unordered_map<std::string_view, language::Offset> seen;
    for (const Definition& definition : facts.fragments) {
        const language::Name& name = definition.fragment->name;
        const auto [first, is_new] = seen.emplace(name.text, name.at);
        if (is_new) continue;
        report.add("There can be only one fragment named " + in_quotes(name.text) + ".",
                   {first->second, name.at});
    }
}

}  // namespace latchkey::graphql::validation
