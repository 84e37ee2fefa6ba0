#include "graphql/engine.hpp"

#include "graphql/execution/compile.hpp"
#include "graphql/execution/cost.hpp"
#include "graphql/execution/executor.hpp"
#include "graphql/execution/variables.hpp"
#include "graphql/language/parser.hpp"
#include "graphql/plan_cache.hpp"
#include "graphql/validation/validate.hpp"

namespace latchkey::graphql {
namespace {

// What a field's plan takes besides the document, by measurement.
constexpr std::size_t bytes_per_selection = 400;

RequestErrors one(RequestError error) {
    RequestErrors errors;
    errors.push_back(std::move(error));
    return errors;
}

// Spec 6.1.1 GetOperation.
std::expected<const language::Operation*, RequestError> get_operation(
    const language::Document& document, std::optional<std::string_view> name) {
    const auto refuse = [](std::string message) {
        return std::unexpected(RequestError{.message = std::move(message),
                                            .locations = {},
                                            .rule = "OperationName",
                                            .code = "OPERATION_RESOLUTION_FAILURE"});
    };
    if (!name) {
        if (document.operations.empty()) return refuse("Must provide an operation.");
        if (document.operations.size() == 1) return &document.operations.front();
        return refuse("Must provide operation name if query contains multiple operations.");
    }
    for (const auto& operation : document.operations) {
        if (operation.name && operation.name.text == *name) return &operation;
    }
    return refuse("The document has no operation of the given operationName.");
}

bool selects_introspection(const execution::SelectionPlan& root) {
    for (const auto& field : root.fields) {
        if (field.field->name == "__schema" || field.field->name == "__type") return true;
    }
    return false;
}

}  // namespace

Engine::Engine(Schema schema, EngineOptions options)
    : schema_(std::move(schema)),
      options_(std::move(options)),
      cache_(std::make_unique<PlanCache>(options_.max_cached_plans, options_.max_cached_bytes)) {}

Engine::~Engine() = default;

PlanSummary Engine::summary(const Plan& plan) noexcept { return {plan.kind, plan.greatest_cost}; }

std::expected<std::shared_ptr<const Plan>, RequestErrors> Engine::prepare(
    std::string_view query, OperationName operation_name) const {
    if (auto plan = find_plan(query, operation_name)) return plan;
    auto plan = make_plan(query, operation_name);
    if (plan) remember(query, operation_name, *plan);
    return plan;
}

std::shared_ptr<const Plan> Engine::find_plan(std::string_view query,
                                              OperationName operation_name) const {
    return cache_->find(query, operation_name);
}

void Engine::remember(std::string_view query, OperationName operation_name,
                      const std::shared_ptr<const Plan>& plan) const {
    const language::Document& document = *plan->document;
    cache_->insert(query, operation_name, plan,
                   document.text.size() + document.arena.bytes() +
                       document.selection_count * bytes_per_selection);
}

std::expected<std::shared_ptr<const Plan>, RequestErrors> Engine::make_plan(
    std::string_view query, OperationName operation_name) const {
    const Limits& limits = options_.limits;
    if (query.size() > limits.max_query_bytes) {
        return std::unexpected(
            one({.message = "The query is longer than " + std::to_string(limits.max_query_bytes) +
                            " bytes (limit max_query_bytes).",
                 .locations = {},
                 .rule = "max_query_bytes",
                 .code = "LIMIT_EXCEEDED"}));
    }
    auto document = language::parse(
        std::string(query), {.max_tokens = limits.max_tokens, .max_nesting = limits.max_nesting});
    if (!document) return std::unexpected(one(std::move(document.error())));
    auto errors = validation::validate(schema_.types(), **document, limits, options_.suggestions);
    if (!errors.empty()) return std::unexpected(std::move(errors));
    const auto operation = get_operation(**document, operation_name);
    if (!operation) return std::unexpected(one(operation.error()));
    if ((*operation)->type == language::OperationType::subscription) {
        return std::unexpected(one({.message = "Subscriptions are not served here.",
                                    .locations = {},
                                    .rule = "Subscription",
                                    .code = "SUBSCRIPTION_NOT_SUPPORTED"}));
    }
    auto plan = execution::compile(schema_.types(), *std::move(document), **operation, limits);
    if (!plan) return std::unexpected(one(std::move(plan.error())));
    if (options_.introspection == Introspection::refused &&
        selects_introspection(*(*plan)->everything)) {
        return std::unexpected(one({.message = "Introspection is not allowed here.",
                                    .locations = {},
                                    .rule = "Introspection",
                                    .code = "INTROSPECTION_DISABLED"}));
    }
    return *std::move(plan);
}

ExecutionOutcome Engine::run(const Plan& plan, const json::Value& variables, ContextRef context,
                             std::string& out, CostReport report) const {
    const auto refuse = [&](const RequestErrors& errors) {
        append_response(out, errors);
        return ExecutionOutcome{ExecutionOutcome::Status::refused, errors.size()};
    };
    const auto values = execution::coerce_variables(plan, variables, options_.limits.max_errors);
    if (!values) return refuse(values.error());

    std::shared_ptr<const execution::SelectionPlan> variant;
    const execution::SelectionPlan* selection = plan.everything.get();
    if (!plan.conditions.empty()) {
        variant = execution::select_variant(schema_.types(), plan, *values);
        selection = variant.get();
    }
    std::int64_t cost = plan.fixed_cost.value_or(0);
    if (!plan.fixed_cost) {
        const auto estimate = execution::estimate_cost(plan, *selection, &*values, options_.limits);
        cost = estimate.points;
        if (auto error = execution::check_cost(estimate, options_.limits)) {
            return refuse(one(*std::move(error)));
        }
    }

    execution::ErrorList errors(plan.document->text, options_.limits);
    out += "{\"data\":";
    execution::Executor executor(*values, context, options_, errors, out);
    executor.run(*selection);
    if (errors.count() != 0) out.append(",\"errors\":[").append(errors.json()).push_back(']');
    if (report == CostReport::on) {
        std::int64_t actual = executor.objects();
        if (plan.kind == OperationKind::mutation) {
            actual +=
                static_cast<std::int64_t>(selection->fields.size()) * execution::mutation_points;
        }
        execution::append_cost_report(out, cost, actual, options_.limits);
    }
    out.push_back('}');
    return {ExecutionOutcome::Status::completed, errors.count()};
}

}  // namespace latchkey::graphql
