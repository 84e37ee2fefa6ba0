#include "graphql/execution/cost.hpp"

#include <algorithm>
#include <limits>

#include "json/writer.hpp"

namespace latchkey::graphql::execution {
namespace {

constexpr std::int64_t introspection_list_size = 3;
constexpr std::int64_t ceiling = std::numeric_limits<std::int64_t>::max() / 4;

// Sums and products that stay at the ceiling instead of overflowing.
std::int64_t plus(std::int64_t a, std::int64_t b) { return std::min(a + b, ceiling); }
std::int64_t times(std::int64_t a, std::int64_t b) {
    return a != 0 && b > ceiling / a ? ceiling : std::min(a * b, ceiling);
}

class Estimator {
public:
    Estimator(const types::VariableValues* variables, const Limits& limits)
        : variables_(variables), limits_(limits) {}

    struct Sum {
        std::int64_t points = 0;
        std::int64_t introspection = 0;
    };

    Sum selection(const SelectionPlan& selection, std::optional<std::int64_t> page) {
        Sum sum;
        for (const FieldPlan& field : selection.fields) {
            if (field.below.empty()) continue;
            const Sum below = this->field(field, page);
            sum.points = plus(sum.points, below.points);
            sum.introspection = plus(sum.introspection, below.introspection);
        }
        return sum;
    }

    bool depends_on_variables = false;

private:
    /// `page`: the items that the field above was asked for.
    Sum field(const FieldPlan& field, std::optional<std::int64_t> page) {
        const types::Type& type = *field.field->type->nullable();
        const bool is_introspection = type.named->is_introspection;
        const std::optional<std::int64_t> own = page_size(field);
        std::int64_t count = 1;
        if (type.is_list()) {
            const std::int64_t assumed =
                is_introspection ? introspection_list_size : limits_.assumed_list_size;
            count = own ? *own : page.value_or(assumed);
        }
        // Of the possible types the dearest counts.
        Sum dearest;
        for (const auto& possible : field.below) {
            const Sum sum = selection(*possible, type.is_list() ? std::nullopt : own);
            dearest.points = std::max(dearest.points, sum.points);
            dearest.introspection = std::max(dearest.introspection, sum.introspection);
        }
        std::int64_t& kind = is_introspection ? dearest.introspection : dearest.points;
        kind = plus(kind, 1);
        return {times(count, dearest.points), times(count, dearest.introspection)};
    }

    std::optional<std::int64_t> page_size(const FieldPlan& field) {
        std::optional<std::int64_t> size;
        for (const ArgumentPlan& argument : field.arguments) {
            const std::string_view name = argument.definition->name;
            if (name != "first" && name != "last") continue;
            const json::Value* value = argument.constant;
            if (argument.source == ArgumentPlan::Source::variable) {
                depends_on_variables = true;
                const json::Value* given =
                    variables_ == nullptr ? nullptr : variables_->at(argument.variable);
                if (given != nullptr) value = given;
            }
            if (value == nullptr || value->integer() == nullptr) continue;
            size = std::max(size.value_or(0), std::max<std::int64_t>(*value->integer(), 0));
        }
        return size;
    }

    const types::VariableValues* variables_;
    const Limits& limits_;
};

}  // namespace

CostEstimate estimate_cost(const Plan& plan, const SelectionPlan& selection,
                           const types::VariableValues* variables, const Limits& limits) {
    Estimator estimator(variables, limits);
    const auto sum = estimator.selection(selection, std::nullopt);
    CostEstimate estimate{sum.points, sum.introspection, estimator.depends_on_variables};
    if (plan.kind == OperationKind::mutation) {
        const auto fields = static_cast<std::int64_t>(selection.fields.size());
        estimate.points = plus(estimate.points, times(fields, mutation_points));
    }
    return estimate;
}

std::optional<RequestError> check_cost(const CostEstimate& estimate, const Limits& limits) {
    const auto refuse = [](std::string_view limit, std::string_view what, CostExcess excess) {
        std::string message = "The operation may ";
        message.append(what).append(", more than ").append(std::to_string(excess.max_cost));
        message.append(" (limit ").append(limit).append(").");
        return RequestError{.message = std::move(message),
                            .locations = {},
                            .rule = limit,
                            .code = "MAX_COST_EXCEEDED",
                            .excess = excess};
    };
    if (estimate.points > limits.max_cost) {
        return refuse("max_cost", "cost " + std::to_string(estimate.points) + " points",
                      {estimate.points, limits.max_cost});
    }
    if (estimate.introspection > limits.max_introspection_cost) {
        return refuse(
            "max_introspection_cost",
            "read " + std::to_string(estimate.introspection) + " objects of introspection",
            {estimate.introspection, limits.max_introspection_cost});
    }
    return std::nullopt;
}

void append_cost_report(std::string& out, std::int64_t requested, std::int64_t actual,
                        const Limits& limits) {
    json::Writer writer(out);
    out += ",\"extensions\":";
    writer.begin_object().key("cost").begin_object();
    writer.key("requestedQueryCost").number(requested);
    writer.key("actualQueryCost").number(actual);
    writer.key("throttleStatus").begin_object();
    writer.key("maximumAvailable").number(limits.max_cost);
    writer.key("currentlyAvailable").number(limits.max_cost);
    writer.key("restoreRate").number(limits.max_cost);
    writer.end_object().end_object().end_object();
}

}  // namespace latchkey::graphql::execution
