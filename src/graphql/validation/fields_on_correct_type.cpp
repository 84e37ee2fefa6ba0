#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

namespace {

std::string suggest(const SelectionUse& use, const Report& report) {
    if (report.suggestions() == Suggestions::off) return {};
    std::vector<std::string_view> names;
    for (const types::Field& field : use.parent->fields) names.push_back(field.name);
    return report.did_you_mean(use.node->name.text, names);
}

}  // namespace

// Spec 5.3.1: the field exists on the type it is selected on.
void fields_on_correct_type(const Facts& facts, Report& report) {
    for (const SelectionUse& use : facts.fields) {
        if (use.parent == nullptr || use.field != nullptr) continue;
        report.add("Cannot query field " + in_quotes(use.node->name.text) + " on type " +
                       in_quotes(use.parent->name) + "." + suggest(use, report),
                   {use.node->at});
    }
}

}  // namespace latchkey::graphql::validation
