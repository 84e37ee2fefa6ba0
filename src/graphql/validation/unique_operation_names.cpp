#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.2.2.1: no two operations of one name.
void unique_operation_names(const Facts& facts, Report& report) {
    std::unordered_map<std::string_view, language::Offset> seen;
    for (const Definition& definition : facts.operations) {
        const language::Name& name = definition.operation->name;
        if (!name) continue;
        const auto [first, is_new] = seen.emplace(name.text, name.at);
        if (is_new) continue;
        report.add("There can be only one operation named " + in_quotes(name.text) + ".",
                   {first->second, name.at});
    }
}

}  // namespace latchkey::graphql::validation
