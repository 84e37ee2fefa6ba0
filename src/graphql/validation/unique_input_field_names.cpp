#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

// Spec 5.6.3: no field of an input object twice.
void unique_input_field_names(const Facts& facts, Report& report) {
    for (const language::Value* object : facts.objects) {
        if (object->fields.size() < 2) continue;
        std::unordered_map<std::string_view, language::Offset> seen;
        for (const auto& field : object->fields) {
            const auto [first, is_new] = seen.emplace(field.name.text, field.name.at);
            if (is_new) continue;
            report.add(
                "There can be only one input field named " + in_quotes(field.name.text) + ".",
                {first->second, field.name.at});
        }
    }
}

}  // namespace latchkey::graphql::validation
