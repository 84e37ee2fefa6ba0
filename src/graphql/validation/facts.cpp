#include "graphql/validation/facts.hpp"

#include <algorithm>
#include <unordered_set>

namespace latchkey::graphql::validation {
namespace {

using language::SelectionKind;
using types::DirectiveLocation;

DirectiveLocation location_of(language::OperationType type) {
    switch (type) {
        case language::OperationType::query: return DirectiveLocation::query;
        case language::OperationType::mutation: return DirectiveLocation::mutation;
        case language::OperationType::subscription: return DirectiveLocation::subscription;
    }
    return DirectiveLocation::query;
}

// Spreads in the order in which the reference finds them, which decides what a cycle's report
// shows: those of a selection set first, then those of the last nested set, and so on.
std::vector<const language::Selection*> find_spreads(const language::SelectionSet& start) {
    std::vector<const language::Selection*> spreads;
    std::vector<const language::SelectionSet*> waiting{&start};
    while (!waiting.empty()) {
        const language::SelectionSet& set = *waiting.back();
        waiting.pop_back();
        for (const auto& selection : set.items) {
            if (selection.kind == SelectionKind::spread) spreads.push_back(&selection);
            if (selection.selections != nullptr) waiting.push_back(selection.selections);
        }
    }
    return spreads;
}

}  // namespace

Facts::Facts(const types::TypeSystem& type_system, const language::Document& parsed)
    : system(type_system), document(parsed) {
    for (const auto& node : document.fragments) {
        Definition& made = fragments.emplace_back();
        made.fragment = &node;
        made.spreads = find_spreads(*node.selections);
        fragment_index_[node.name.text] = &made;
    }
    for (const auto& node : document.operations) walk_operation(node);
    for (Definition& each : fragments) {
        current_ = &each;
        walk_fragment(*each.fragment);
    }
}

Definition* Facts::fragment(std::string_view name) noexcept {
    const auto found = fragment_index_.find(name);
    return found == fragment_index_.end() ? nullptr : found->second;
}

const Definition* Facts::fragment(std::string_view name) const noexcept {
    const auto found = fragment_index_.find(name);
    return found == fragment_index_.end() ? nullptr : found->second;
}

std::vector<const Definition*> Facts::reachable(const Definition& start) const {
    std::vector<const Definition*> found;
    std::unordered_set<const Definition*> seen;
    const auto add = [&](const Definition& from) {
        for (const auto* spread : from.spreads) {
            const Definition* target = fragment(spread->name.text);
            if (target != nullptr && seen.insert(target).second) found.push_back(target);
        }
    };
    add(start);
    for (std::size_t i = 0; i < found.size(); ++i) add(*found[i]);
    return found;
}

const types::Type* Facts::variable_type(
    const language::VariableDefinition& definition) const noexcept {
    const auto found = variable_types_.find(&definition);
    return found == variable_types_.end() ? nullptr : found->second;
}

void Facts::walk_operation(const language::Operation& operation) {
    Definition& made = operations.emplace_back();
    made.operation = &operation;
    made.spreads = find_spreads(*operation.selections);
    current_ = &made;
    for (const auto& variable : operation.variables) {
        const types::Type* type = types::resolve_type(system, *variable.type, type_storage_);
        variable_types_.emplace(&variable, type);
        const bool is_input = type != nullptr && type->named->is_input();
        if (variable.default_value != nullptr) {
            const types::Type* expected = is_input ? type : nullptr;
            values.push_back({variable.default_value, expected});
            walk_value(*variable.default_value, expected, nullptr, nullptr);
        }
        walk_directives(variable.directives, DirectiveLocation::variable_definition);
    }
    walk_directives(operation.directives, location_of(operation.type));
    walk(*operation.selections, composite(system.root(operation.type)));
}

void Facts::walk_fragment(const language::Fragment& node) {
    walk_directives(node.directives, DirectiveLocation::fragment_definition);
    walk(*node.selections, composite(system.find(node.type_condition.text)));
}

// Recursion is bounded by the parser's limit on nesting.
void Facts::walk(const language::SelectionSet& set, const types::NamedType* parent) {
    for (const auto& selection : set.items) {
        switch (selection.kind) {
            case SelectionKind::field: walk_field(selection, parent); break;
            case SelectionKind::spread: walk_spread(selection, parent); break;
            case SelectionKind::inline_fragment: walk_inline(selection, parent); break;
        }
    }
}

void Facts::walk_field(const language::Selection& node, const types::NamedType* parent) {
    const types::Field* field = parent == nullptr ? nullptr : system.field(*parent, node.name.text);
    fields.push_back({&node, parent, field, nullptr});
    walk_arguments({node.arguments, node.at, field, nullptr});
    walk_directives(node.directives, DirectiveLocation::field);
    if (node.selections != nullptr) {
        walk(*node.selections, composite(field == nullptr ? nullptr : field->type->named));
    }
}

void Facts::walk_spread(const language::Selection& node, const types::NamedType* parent) {
    const Definition* target = fragment(node.name.text);
    const types::NamedType* condition =
        target == nullptr ? nullptr : system.find(target->fragment->type_condition.text);
    spreads.push_back({&node, parent, nullptr, condition});
    walk_directives(node.directives, DirectiveLocation::fragment_spread);
}

void Facts::walk_inline(const language::Selection& node, const types::NamedType* parent) {
    const types::NamedType* condition = node.name ? system.find(node.name.text) : parent;
    inline_fragments.push_back({&node, parent, nullptr, condition});
    walk_directives(node.directives, DirectiveLocation::inline_fragment);
    walk(*node.selections, composite(condition));
}

void Facts::walk_directives(language::Directives nodes, DirectiveLocation location) {
    if (nodes.empty()) return;
    directives.push_back({nodes, location});
    for (const auto& node : nodes) {
        walk_arguments({node.arguments, node.at, nullptr, system.directive(node.name.text)});
    }
}

void Facts::walk_arguments(const ArgumentsUse& use) {
    arguments.push_back(use);
    for (const auto& argument : use.given) {
        const types::InputValue* place = nullptr;
        if (use.field != nullptr) place = use.field->argument(argument.name.text);
        if (use.directive != nullptr) place = use.directive->argument(argument.name.text);
        const types::Type* expected = place == nullptr ? nullptr : place->type;
        values.push_back({&argument.value, expected});
        walk_value(argument.value, expected, place, nullptr);
    }
}

void Facts::walk_value(const language::Value& value, const types::Type* expected,
                       const types::InputValue* place, const types::NamedType* one_of) {
    using language::ValueKind;
    if (value.kind == ValueKind::variable) {
        const bool has_default = place != nullptr && place->default_literal != nullptr;
        current_->variables.push_back({&value, expected, has_default, one_of});
    } else if (value.kind == ValueKind::list) {
        const types::Type* list = expected == nullptr ? nullptr : expected->nullable();
        const types::Type* item = list != nullptr && list->is_list() ? list->inner : list;
        for (const auto& each : value.items) walk_value(each, item, nullptr, nullptr);
    } else if (value.kind == ValueKind::object) {
        objects.push_back(&value);
        const types::NamedType* type = expected == nullptr ? nullptr : expected->named;
        for (const auto& field : value.fields) {
            const types::InputValue* inner =
                type == nullptr ? nullptr : type->input_field(field.name.text);
            walk_value(field.value, inner == nullptr ? nullptr : inner->type, inner,
                       type != nullptr && type->is_one_of ? type : nullptr);
        }
    }
}

}  // namespace latchkey::graphql::validation
