#include "graphql/validation/rules.hpp"

#include <algorithm>
#include <unordered_set>

namespace latchkey::graphql::validation {

namespace {

using language::Selection;

bool is_conditional(const Selection& selection) {
    return std::ranges::any_of(selection.directives, [](const auto& directive) {
        return directive.name.text == "skip" || directive.name.text == "include";
    });
}

/// Collects the root fields of a subscription by response key, through its fragments.
class RootFields {
public:
    explicit RootFields(const Facts& facts) : facts_(facts) {}

    std::vector<std::vector<const Selection*>> groups;
    std::vector<const Selection*> conditional;

    void collect(const language::SelectionSet& set) {
        // Spec 6.3.2 DoesFragmentTypeApply.
        const auto applies = [&](const language::Name& condition) {
            if (!condition) return true;
            const types::NamedType* type = facts_.system.find(condition.text);
            return type != nullptr &&
                   types::TypeSystem::is_possible(*type, *facts_.system.subscription);
        };
        for (const Selection& selection : set.items) {
            if (is_conditional(selection)) conditional.push_back(&selection);
            if (selection.kind == language::SelectionKind::field) {
                const auto [slot, is_new] =
                    by_key_.emplace(selection.response_key(), groups.size());
                if (is_new) groups.emplace_back();
                groups[slot->second].push_back(&selection);
            } else if (selection.selections != nullptr) {
                if (applies(selection.name)) collect(*selection.selections);
            } else if (const Definition* target = facts_.fragment(selection.name.text)) {
                if (!visited_.insert(target).second) continue;
                if (applies(target->fragment->type_condition)) {
                    collect(*target->fragment->selections);
                }
            }
        }
    }

private:
    const Facts& facts_;
    std::unordered_map<std::string_view, std::size_t> by_key_;
    std::unordered_set<const Definition*> visited_;
};

}  // namespace

// Spec 5.2.4.1: a subscription selects one root field, unconditionally, and not of introspection.
void single_field_subscriptions(const Facts& facts, Report& report) {
    // Without a root type it is KnownOperationTypes' affair.
    if (facts.system.subscription == nullptr) return;
    for (const Definition& definition : facts.operations) {
        const language::Operation& operation = *definition.operation;
        if (operation.type != language::OperationType::subscription) continue;
        RootFields fields(facts);
        fields.collect(*operation.selections);
        const std::string who = operation.name ? "Subscription " + in_quotes(operation.name.text)
                                               : std::string("Anonymous Subscription");
        for (const Selection* selection : fields.conditional) {
            report.add(who + " must not use @skip or @include at its top level.", {selection->at});
        }
        std::vector<language::Offset> extra;
        for (std::size_t i = 0; i < fields.groups.size(); ++i) {
            for (const Selection* field : fields.groups[i]) {
                if (i > 0) extra.push_back(field->at);
            }
        }
        if (!extra.empty()) report.add(who + " must select only one top level field.", extra);
        for (const auto& group : fields.groups) {
            if (!group.front()->name.text.starts_with("__")) continue;
            std::vector<language::Offset> places;
            for (const Selection* field : group) places.push_back(field->at);
            report.add(who + " must not select an introspection top level field.", places);
        }
    }
}

}  // namespace latchkey::graphql::validation
