#pragma once

// The half of a GraphQL request that is the same for every caller: what it asks to run, and the
// answer when it ran.

#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "api/version.hpp"
#include "endpoints/graphql/media_type.hpp"
#include "endpoints/graphql/parameters.hpp"
#include "graphql/engine.hpp"
#include "graphql/persisted_queries.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

/// The engines of one API, by version. They outlive its handler.
struct VersionedEngines {
    const graphql::Engine& latest;
    const graphql::Engine& unstable;
};

/// A document that the engine did not know, or that was not named by its hash before.
struct NewDocument {
    std::string query;
    std::optional<std::string> operation_name;
    std::optional<graphql::QueryHash> hash;
};

/// Found good, and ready to run, more than once where a group does.
struct GraphqlOperation {
    api::Version version;
    graphql::OperationKind kind;  // query or mutation
    GraphqlMediaType media_type;
    graphql::CostReport cost;
    std::shared_ptr<const graphql::Plan> plan;
    json::Value variables;
    /// Remembered when its sender is known: no stranger fills the caches. Null: nothing is new.
    std::unique_ptr<const NewDocument> document;
};

/// Thread-safe.
class GraphqlOperations {
public:
    GraphqlOperations(VersionedEngines engines, std::size_t max_body_bytes)
        : engines_(engines), max_body_bytes_(max_body_bytes) {}

    /// What the request asks for, or the answer that says what is wrong with it.
    [[nodiscard]] std::expected<GraphqlOperation, http::Response> read(const http::Request& request,
                                                                       api::Version version) const;

    /// Its caller is known: `context` is what the resolvers read.
    template <class Context>
    [[nodiscard]] http::Response run(const GraphqlOperation& operation, Context& context) const {
        if (operation.document) remember(operation);
        std::string body;
        const graphql::ExecutionOutcome outcome =
            engine_of(operation.version)
                .execute(*operation.plan, operation.variables, context, body, operation.cost);
        return answer(operation, outcome, std::move(body));
    }

private:
    struct Planned {
        std::shared_ptr<const graphql::Plan> plan;
        std::unique_ptr<const NewDocument> document;
    };

    [[nodiscard]] const graphql::Engine& engine_of(api::Version version) const noexcept;
    [[nodiscard]] std::expected<Planned, graphql::RequestErrors> plan(
        const graphql::Engine& engine, GraphqlParameters& parameters) const;
    void remember(const GraphqlOperation& operation) const;
    [[nodiscard]] static http::Response answer(const GraphqlOperation& operation,
                                               const graphql::ExecutionOutcome& outcome,
                                               std::string body);

    VersionedEngines engines_;
    std::size_t max_body_bytes_;
    std::unique_ptr<graphql::PersistedQueries> persisted_ =
        std::make_unique<graphql::PersistedQueries>();
};

/// The version that the URL names, `latest` where it names none. Absent: none of ours.
[[nodiscard]] std::optional<api::Version> served_version(const http::Request& request) noexcept;
[[nodiscard]] http::Response unknown_version();
void name_version(http::Response& response, api::Version version);

[[nodiscard]] bool is_graphql_method(const http::Request& request) noexcept;
[[nodiscard]] http::Response method_not_allowed();

/// 401 with the challenge, or 503 where the error is not the caller's.
[[nodiscard]] http::Response refuse_caller(const Error& error, const std::string& challenge);

}  // namespace latchkey::endpoints
