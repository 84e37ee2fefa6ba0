#include <unordered_set>

#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

namespace {

class TypeNames {
public:
    TypeNames(const Facts& facts, Report& report) : facts_(facts), report_(report) {
        for (const auto& type : facts.document.types) defined_here_.insert(type.name.text);
        if (report.suggestions() == Suggestions::off) return;
        for (const auto& type : facts.system.types) known_.push_back(type.name);
    }

    void check(const language::Name& name) {
        if (!name || facts_.system.find(name.text) != nullptr) return;
        if (defined_here_.contains(name.text)) return;
        report_.add(
            "Unknown type " + in_quotes(name.text) + "." + report_.did_you_mean(name.text, known_),
            {name.at});
    }

    void check(const language::TypeRef& reference) {
        const language::TypeRef* innermost = &reference;
        while (innermost->item != nullptr) innermost = innermost->item;
        check(innermost->name);
    }

    // A document with definitions is refused anyway; its names are looked at all the same.
    void check(const language::TypeDefinition& type) {
        for (const auto& name : type.interfaces) check(name);
        for (const auto& name : type.members) check(name);
        for (const auto& field : type.fields) {
            check(*field.type);
            for (const auto& argument : field.arguments) check(*argument.type);
        }
        for (const auto& field : type.input_fields) check(*field.type);
    }

private:
    const Facts& facts_;
    Report& report_;
    std::unordered_set<std::string_view> defined_here_;
    std::vector<std::string_view> known_;
};

}  // namespace

// Spec 5.5.1.2 and 5.8.2: types that a document names exist.
void known_type_names(const Facts& facts, Report& report) {
    TypeNames names(facts, report);
    for (const Definition& definition : facts.operations) {
        for (const auto& variable : definition.operation->variables) names.check(*variable.type);
    }
    for (const Definition& definition : facts.fragments) {
        names.check(definition.fragment->type_condition);
    }
    for (const SelectionUse& use : facts.inline_fragments) names.check(use.node->name);
    for (const auto& type : facts.document.types) names.check(type);
    for (const auto& directive : facts.document.directives) {
        for (const auto& argument : directive.arguments) names.check(*argument.type);
    }
    for (const auto& schema : facts.document.schemas) {
        for (const auto& root : schema.roots) names.check(root.type_name);
    }
}

}  // namespace latchkey::graphql::validation
