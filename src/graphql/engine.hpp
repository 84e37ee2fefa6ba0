#pragma once

// Runs GraphQL documents against a schema. A query text is parsed, validated and planned once and
// found again by its bytes; running a plan writes JSON straight into the response.
//
//     auto prepared = engine.prepare(query, operation_name);
//     if (!prepared) { append_response(out, prepared.error()); … }
//     engine.execute(**prepared, variables, request_context, out);

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "graphql/limits.hpp"
#include "graphql/request_error.hpp"
#include "graphql/schema.hpp"
#include "json/value.hpp"

namespace latchkey::graphql {

enum class OperationKind : std::uint8_t { query, mutation, subscription };

/// A document, checked and ready to run. Immutable; any number of threads may run it at once.
class Plan;
class PlanCache;

/// What a plan is, without its insides.
struct PlanSummary {
    OperationKind operation;  // query or mutation; a subscription is never planned
    std::int64_t cost;        // points, see Limits::max_cost
};

/// A resolver's error on its way into the answer: for the log.
struct FieldError {
    std::string_view coordinate;  // "User.email"
    const Error& error;
};

enum class Introspection : std::uint8_t { allowed, refused };
enum class CostReport : std::uint8_t { off, on };  // extensions.cost in the answer, see cost.hpp

struct EngineOptions {
    Limits limits = {};
    /// extensions.code of a resolver's error; the name of the ErrorCode if empty.
    std::function<std::string_view(ErrorCode)> error_code = {};
    /// Called for each resolver error, on the thread that executes.
    std::function<void(const FieldError&)> on_field_error = {};
    Introspection introspection = Introspection::allowed;
    Suggestions suggestions = Suggestions::off;
    std::size_t max_cached_plans = 1'024;
    std::size_t max_cached_bytes = 16UL * 1024 * 1024;
};

/// How an execution ended. `refused`: the variables were not acceptable, nothing ran, and the
/// answer has errors but no data (spec 7.1.2).
struct ExecutionOutcome {
    enum class Status : std::uint8_t { completed, refused };
    Status status = Status::completed;
    std::size_t errors = 0;
};

class Engine {
public:
    explicit Engine(Schema schema, EngineOptions options = {});
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    using OperationName = std::optional<std::string_view>;  // absent: the only one

    /// The plan of the named operation in `query`: found, or made and remembered. Thread-safe, as
    /// are the three steps of it.
    [[nodiscard]] std::expected<std::shared_ptr<const Plan>, RequestErrors> prepare(
        std::string_view query, OperationName operation_name = {}) const;

    /// Null when it is not remembered.
    [[nodiscard]] std::shared_ptr<const Plan> find_plan(std::string_view query,
                                                        OperationName operation_name) const;
    [[nodiscard]] std::expected<std::shared_ptr<const Plan>, RequestErrors> make_plan(
        std::string_view query, OperationName operation_name) const;
    /// `plan` was made of `query` and `operation_name`. Doing it again does nothing.
    void remember(std::string_view query, OperationName operation_name,
                  const std::shared_ptr<const Plan>& plan) const;

    [[nodiscard]] static PlanSummary summary(const Plan& plan) noexcept;

    /// Runs a plan and appends the whole response, `{"data":…}` with `errors` where there are
    /// some. `variables` is a JSON object or null. A mutation's fields run one after the other, in
    /// order (spec 6.2.2); where their writes run is the caller's business. Thread-safe.
    template <class Context>
    ExecutionOutcome execute(const Plan& plan, const json::Value& variables, Context& context,
                             std::string& out, CostReport cost = CostReport::off) const {
        return run(plan, variables, ContextRef{&context, type_tag<Context>()}, out, cost);
    }

    [[nodiscard]] const Schema& schema() const noexcept { return schema_; }

private:
    ExecutionOutcome run(const Plan& plan, const json::Value& variables, ContextRef context,
                         std::string& out, CostReport cost) const;

    Schema schema_;
    EngineOptions options_;
    std::unique_ptr<PlanCache> cache_;
};

}  // namespace latchkey::graphql
