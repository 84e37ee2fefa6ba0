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

/// A document that the engine does not know, or that was not named by its hash before.
struct NewDocument {
    std::string query;
    std::optional<std::string> operation_name;
    std::optional<graphql::QueryHash> hash;
};

/// With its plan it is found good, and ready to run, more than once where a group does.
struct GraphqlOperation {
    api::Version version;
    http::Method method;
    GraphqlMediaType media_type;
    graphql::CostReport cost;
    /// Null: `document` is not known yet, and is planned when its sender is: what it costs to read
    /// is not a stranger's to spend.
    std::shared_ptr<const graphql::Plan> plan;
    json::Value variables;
    /// Remembered when its sender is known: no stranger fills the caches. Null: nothing is new.
    std::unique_ptr<const NewDocument> document;

    /// Query or mutation, of one that has its plan.
    [[nodiscard]] graphql::OperationKind kind() const noexcept {
        return graphql::Engine::summary(*plan).operation;
    }
};

/// Thread-safe.
class GraphqlOperations {
public:
    GraphqlOperations(VersionedEngines engines, std::size_t max_body_bytes)
        : engines_(engines), max_body_bytes_(max_body_bytes) {}

    using Refused = std::optional<http::Response>;

    /// What the request asks for, or the answer that says what is wrong with it.
    [[nodiscard]] std::expected<GraphqlOperation, http::Response> read(const http::Request& request,
                                                                       api::Version version) const;
    /// Its caller is known: plans what has no plan yet. Present: what is wrong with it.
    [[nodiscard]] Refused plan(GraphqlOperation& operation) const;

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
    [[nodiscard]] const graphql::Engine& engine_of(api::Version version) const noexcept;
    [[nodiscard]] bool find_document(GraphqlOperation& operation,
                                     GraphqlParameters&& parameters) const;
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

/// What a 401 asks for: the value of WWW-Authenticate.
struct Challenges {
    std::string plain;          // `Basic realm="…", charset="UTF-8"` or `Bearer realm="…"`
    std::string invalid_token;  // of a token that is no good or no more (RFC 6750 3.1)
};

/// 401 with the challenge, or 503 where the error is not the caller's.
[[nodiscard]] http::Response refuse_caller(const Error& error, const Challenges& challenges);

}  // namespace latchkey::endpoints
