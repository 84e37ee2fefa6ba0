#include "graphql/execution/compile.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "graphql/execution/cost.hpp"
#include "json/writer.hpp"

namespace latchkey::graphql::execution {
namespace {

using language::Selection;
using language::SelectionKind;
using types::NamedType;

/// Says whether `directive` (@skip or @include) lets its selection stay.
class Conditions {
public:
    /// Without variables every selection stays.
    explicit Conditions(const types::VariableValues* variables) : variables_(variables) {}

    [[nodiscard]] bool include(language::Directives directives) const {
        return std::ranges::all_of(directives, [this](const auto& each) { return keeps(each); });
    }

private:
    // Spec 6.3.2, steps 3.a and 3.b.
    [[nodiscard]] bool keeps(const language::Directive& directive) const {
        const bool is_skip = directive.name.text == "skip";
        if (!is_skip && directive.name.text != "include") return true;
        for (const auto& argument : directive.arguments) {
            if (argument.name.text != "if") continue;
            if (argument.value.kind != language::ValueKind::variable) {
                return (argument.value.text == "true") != is_skip;
            }
            if (variables_ == nullptr) return true;
            const json::Value* value = variables_->find(argument.value.text);
            const bool is_true =
                value != nullptr && value->boolean() != nullptr && *value->boolean();
            return is_true != is_skip;
        }
        return true;
    }

    const types::VariableValues* variables_;
};

class Compiler {
public:
    Compiler(const types::TypeSystem& system, const Plan& plan, std::deque<json::Value>& constants,
             Conditions conditions, std::size_t max_fields)
        : system_(system),
          plan_(plan),
          constants_(constants),
          conditions_(conditions),
          max_fields_(max_fields) {}

    [[nodiscard]] bool is_over_limit() const noexcept { return fields_ > max_fields_; }

    std::unique_ptr<SelectionPlan> selection(const NamedType& type,
                                             std::span<const language::SelectionSet* const> sets) {
        Groups groups;
        for (const language::SelectionSet* set : sets) collect(type, *set, groups);
        auto made = std::make_unique<SelectionPlan>();
        made->type = &type;
        json::append_string(made->type_name_json, type.name);
        made->fields.reserve(groups.ordered.size());
        for (const auto& mentions : groups.ordered) {
            if (++fields_ > max_fields_) break;
            made->fields.push_back(field(type, mentions));
        }
        return made;
    }

private:
    using Mentions = std::vector<const Selection*>;

    struct Groups {
        std::vector<Mentions> ordered;
        std::unordered_map<std::string_view, std::size_t> by_key;
        std::vector<const language::Fragment*> visited;
    };

    // Spec 6.3.2 CollectFields.
    void collect(const NamedType& type, const language::SelectionSet& set, Groups& groups) {
        for (const Selection& selection : set.items) {
            if (!conditions_.include(selection.directives)) continue;
            switch (selection.kind) {
                case SelectionKind::field: {
                    const auto [slot, is_new] =
                        groups.by_key.emplace(selection.response_key(), groups.ordered.size());
                    if (is_new) groups.ordered.emplace_back();
                    groups.ordered[slot->second].push_back(&selection);
                    break;
                }
                case SelectionKind::spread: collect_fragment(type, selection, groups); break;
                case SelectionKind::inline_fragment:
                    if (applies(type, selection.name)) collect(type, *selection.selections, groups);
                    break;
            }
        }
    }

    void collect_fragment(const NamedType& type, const Selection& spread, Groups& groups) {
        const auto& fragments = plan_.document->fragments;
        const auto fragment = std::ranges::find(fragments, spread.name.text,
                                                [](const auto& each) { return each.name.text; });
        if (fragment == fragments.end()) return;
        if (std::ranges::find(groups.visited, &*fragment) != groups.visited.end()) return;
        groups.visited.push_back(&*fragment);
        if (applies(type, fragment->type_condition)) collect(type, *fragment->selections, groups);
    }

    // Spec 6.3.2 DoesFragmentTypeApply.
    [[nodiscard]] bool applies(const NamedType& type, const language::Name& condition) const {
        if (!condition) return true;
        const NamedType* wanted = system_.find(condition.text);
        return wanted != nullptr && types::TypeSystem::is_possible(*wanted, type);
    }

    FieldPlan field(const NamedType& parent, const Mentions& mentions) {
        const Selection& first = *mentions.front();
        FieldPlan made;
        made.field = system_.field(parent, first.name.text);
        made.key = first.response_key();
        json::append_string(made.key_json, made.key);
        made.key_json.push_back(':');
        for (const Selection* mention : mentions) made.mentions.push_back(mention->at);
        for (const types::InputValue& definition : made.field->arguments) {
            made.arguments.push_back(argument(definition, first.arguments));
            const ArgumentPlan& added = made.arguments.back();
            made.fixed.push_back(added.constant);
            made.is_fixed = made.is_fixed && added.source <= ArgumentPlan::Source::constant;
        }
        add_selections(made, mentions);
        return made;
    }

    void add_selections(FieldPlan& made, const Mentions& mentions) {
        const NamedType& type = *made.field->type->named;
        if (!type.is_composite()) return;
        std::vector<const language::SelectionSet*> sets;
        for (const Selection* mention : mentions) sets.push_back(mention->selections);
        if (!type.is_abstract()) {
            made.below.push_back(selection(type, sets));
            return;
        }
        for (const NamedType* possible : type.possible) {
            made.below.push_back(selection(*possible, sets));
        }
    }

    ArgumentPlan argument(const types::InputValue& definition,
                          std::span<const language::Argument> given) {
        ArgumentPlan made;
        made.definition = &definition;
        if (definition.default_value) {
            made.source = ArgumentPlan::Source::constant;
            made.constant = &*definition.default_value;
        }
        const auto found = std::ranges::find(given, definition.name,
                                             [](const auto& each) { return each.name.text; });
        if (found == given.end()) return made;
        const language::Value& literal = found->value;
        made.at = literal.at;
        if (literal.kind == language::ValueKind::variable) {
            const auto variable =
                std::ranges::lower_bound(plan_.variables, literal.text, {}, &VariablePlan::name);
            made.source = ArgumentPlan::Source::variable;
            made.variable = static_cast<std::size_t>(variable - plan_.variables.begin());
            return made;
        }
        made.constant = nullptr;
        made.literal = &literal;
        made.source = ArgumentPlan::Source::literal;
        if (types::has_variable(literal)) return made;
        if (auto value = types::coerce_literal(*definition.type, literal, nullptr)) {
            made.source = ArgumentPlan::Source::constant;
            made.constant = &constants_.emplace_back(*std::move(value));
        }
        return made;
    }

    const types::TypeSystem& system_;
    const Plan& plan_;
    std::deque<json::Value>& constants_;
    Conditions conditions_;
    std::size_t max_fields_;
    std::size_t fields_ = 0;
};

OperationKind kind_of(language::OperationType type) {
    switch (type) {
        case language::OperationType::query: return OperationKind::query;
        case language::OperationType::mutation: return OperationKind::mutation;
        case language::OperationType::subscription: return OperationKind::subscription;
    }
    return OperationKind::query;
}

void add_variables(const types::TypeSystem& system, Plan& plan) {
    for (const auto& definition : plan.operation->variables) {
        VariablePlan variable;
        variable.name = definition.name.text;
        variable.at = definition.at;
        variable.type = types::resolve_type(system, *definition.type, plan.variable_types);
        if (definition.default_value != nullptr) {
            variable.default_value =
                types::coerce_literal(*variable.type, *definition.default_value, nullptr);
        }
        plan.variables.push_back(std::move(variable));
    }
    std::ranges::sort(plan.variables, {}, &VariablePlan::name);
}

void note_condition(const language::Directive& directive, Plan& plan) {
    if (directive.name.text != "skip" && directive.name.text != "include") return;
    for (const auto& argument : directive.arguments) {
        if (argument.value.kind != language::ValueKind::variable) continue;
        const auto variable =
            std::ranges::lower_bound(plan.variables, argument.value.text, {}, &VariablePlan::name);
        if (variable == plan.variables.end()) continue;
        const auto index = static_cast<std::size_t>(variable - plan.variables.begin());
        if (std::ranges::find(plan.conditions, index) == plan.conditions.end()) {
            plan.conditions.push_back(index);
        }
    }
}

// Through fragments too, each once.
void find_conditions(const language::SelectionSet& set, Plan& plan,
                     std::vector<const language::Fragment*>& visited) {
    for (const Selection& selection : set.items) {
        for (const auto& directive : selection.directives) note_condition(directive, plan);
        if (selection.selections != nullptr) find_conditions(*selection.selections, plan, visited);
        if (selection.kind != SelectionKind::spread) continue;
        const auto& fragments = plan.document->fragments;
        const auto fragment = std::ranges::find(fragments, selection.name.text,
                                                [](const auto& each) { return each.name.text; });
        if (fragment == fragments.end()) continue;
        if (std::ranges::find(visited, &*fragment) != visited.end()) continue;
        visited.push_back(&*fragment);
        find_conditions(*fragment->selections, plan, visited);
    }
}

RequestError over_limit(const Plan& plan, std::string_view limit, std::string message) {
    return {.message = std::move(message) + " (limit " + std::string(limit) + ").",
            .locations = {language::locate(plan.document->text, plan.operation->at)},
            .rule = limit,
            .code = "LIMIT_EXCEEDED"};
}

}  // namespace

const SelectionPlan* FieldPlan::selection_for(const NamedType& type) const noexcept {
    const auto found = std::ranges::find_if(
        below, [&](const auto& selection) { return selection->type == &type; });
    return found == below.end() ? nullptr : found->get();
}

std::expected<std::shared_ptr<Plan>, RequestError> compile(
    const types::TypeSystem& system, std::unique_ptr<const language::Document> document,
    const language::Operation& operation, const Limits& limits) {
    auto plan = std::make_shared<Plan>();
    plan->document = std::move(document);
    plan->operation = &operation;
    plan->kind = kind_of(operation.type);
    add_variables(system, *plan);
    std::vector<const language::Fragment*> visited;
    find_conditions(*operation.selections, *plan, visited);

    const NamedType& root = *system.root(operation.type);
    Compiler compiler(system, *plan, plan->constants, Conditions(nullptr), limits.max_plan_fields);
    plan->everything = compiler.selection(root, std::array{operation.selections});
    if (compiler.is_over_limit()) {
        return std::unexpected(over_limit(*plan, "max_plan_fields",
                                          "The operation selects more than " +
                                              std::to_string(limits.max_plan_fields) +
                                              " fields over all possible types"));
    }
    const CostEstimate known = estimate_cost(*plan, *plan->everything, nullptr, limits);
    plan->greatest_cost = known.points;
    if (!known.depends_on_variables) plan->fixed_cost = known.points;
    if (auto error = check_cost(known, limits)) {
        error->locations = {language::locate(plan->document->text, plan->operation->at)};
        return std::unexpected(*std::move(error));
    }
    return plan;
}

std::shared_ptr<const SelectionPlan> select_variant(const types::TypeSystem& system,
                                                    const Plan& plan,
                                                    const types::VariableValues& variables) {
    std::string outcome;
    for (const std::size_t index : plan.conditions) {
        const json::Value* value = variables.at(index);
        const bool is_true = value != nullptr && value->boolean() != nullptr && *value->boolean();
        outcome.push_back(is_true ? '1' : '0');
    }
    {
        const std::lock_guard lock(plan.variants_mutex);
        const auto found = plan.variants.find(outcome);
        if (found != plan.variants.end()) return found->second;
    }
    // A variant keeps its own constants: those of the plan must not change once it is shared.
    struct Variant {
        std::deque<json::Value> constants;
        std::unique_ptr<SelectionPlan> selection;
    };
    auto variant = std::make_shared<Variant>();
    Compiler compiler(system, plan, variant->constants, Conditions(&variables),
                      std::numeric_limits<std::size_t>::max());
    variant->selection = compiler.selection(*system.root(plan.operation->type),
                                            std::array{plan.operation->selections});
    const SelectionPlan* selection = variant->selection.get();
    std::shared_ptr<const SelectionPlan> shared(std::move(variant), selection);
    const std::lock_guard lock(plan.variants_mutex);
    if (plan.variants.size() < Plan::max_variants) plan.variants.emplace(outcome, shared);
    return shared;
}

}  // namespace latchkey::graphql::execution
