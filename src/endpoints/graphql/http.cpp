#include "endpoints/graphql/http.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <variant>

#include "crypto/digest.hpp"
#include "endpoints/graphql/media_type.hpp"
#include "endpoints/graphql/parameters.hpp"
#include "endpoints/graphql/recent_callers.hpp"
#include "graphql/persisted_queries.hpp"
#include "http/error_response.hpp"

namespace latchkey::endpoints {
namespace {

// Asked for with "1" in one of these, the answer tells what the operation cost; the second is what
// the ecosystem's clients send.
constexpr std::array<std::string_view, 2> cost_headers = {"X-Latchkey-GraphQL-Cost",
                                                          "Shopify-GraphQL-Cost-Debug"};

graphql::CostReport cost_report(const http::Request& request) {
    const bool is_asked = std::ranges::any_of(
        cost_headers, [&](std::string_view name) { return request.header(name) == "1"; });
    return is_asked ? graphql::CostReport::on : graphql::CostReport::off;
}

http::Response refusal(const Error& error) {
    switch (error.code) {
        case ErrorCode::too_large:
            return http::error_response(413, "PAYLOAD_TOO_LARGE", error.public_text);
        case ErrorCode::unsupported:
            return http::error_response(415, "UNSUPPORTED_MEDIA_TYPE", error.public_text);
        default: return http::error_response(400, "BAD_REQUEST", error.public_text);
    }
}

http::Response credentials_refusal(const Error& error, const std::string& challenge) {
    switch (error.code) {
        case ErrorCode::unavailable:
        case ErrorCode::serialization_failure:
        case ErrorCode::storage_full:
        case ErrorCode::storage_failed:
        case ErrorCode::storage_version:
            return http::error_response(503, "UNAVAILABLE", error.public_text);
        default:
            return http::error_response(401, "UNAUTHORIZED", error.public_text)
                .with("WWW-Authenticate", challenge);
    }
}

class GraphqlHandler {
public:
    explicit GraphqlHandler(GraphqlHttpOptions options)
        : options_(std::move(options)), recent_(std::make_unique<RecentCallers>(options_.random)) {}

    [[nodiscard]] http::Reply operator()(const http::Request& request) const {
        http::Reply reply = answer(request);
        if (auto* response = std::get_if<http::Response>(&reply)) add_headers(*response);
        return reply;
    }

private:
    [[nodiscard]] http::Reply answer(const http::Request& request) const {
        if (request.method != http::Method::get && request.method != http::Method::post) {
            return http::error_response(405, "METHOD_NOT_ALLOWED", "Use POST, or GET for a query.")
                .with("Allow", "GET, POST");
        }
        std::optional<GraphqlCaller> caller;
        if (!recent_->holds(request)) {
            auto authenticated = authenticate(request);
            if (!authenticated) return refused_credentials(authenticated.error());
            caller = std::move(*authenticated);
        }
        const auto media_type = graphql_media_type(request);
        if (!media_type) {
            return http::error_response(406, "NOT_ACCEPTABLE",
                                        "Accept application/graphql-response+json or "
                                        "application/json.");
        }
        auto parameters = read_graphql_parameters(request, options_.max_body_bytes);
        if (!parameters) return refusal(parameters.error());
        const bool has_both = parameters->query && parameters->hash;
        if (has_both && crypto::sha256(*parameters->query) != *parameters->hash) {
            return http::error_response(400, "PERSISTED_QUERY_HASH_MISMATCH",
                                        "The sha256Hash is not that of the query.");
        }
        return run(request, {std::move(caller), *media_type, cost_report(request)},
                   std::move(*parameters));
    }

    [[nodiscard]] Result<GraphqlCaller> authenticate(const http::Request& request) const {
        auto caller = options_.authenticate(request);
        caller ? recent_->add(request) : recent_->remove(request);
        return caller;
    }

    [[nodiscard]] http::Response refused_credentials(const Error& error) const {
        return credentials_refusal(error, options_.www_authenticate);
    }

    /// What an answer depends on besides the operation.
    struct Asked {
        std::optional<GraphqlCaller> caller;  // absent: to be looked up
        GraphqlMediaType media_type;
        graphql::CostReport cost;
    };

    [[nodiscard]] http::Reply run(const http::Request& request, Asked asked,
                                  GraphqlParameters parameters) const {
        auto plan = prepare(parameters);
        if (!plan) {
            std::string body;
            graphql::append_response(body, plan.error());
            return graphql_response(asked.media_type, GraphqlOutcome::refused, std::move(body));
        }
        if (graphql::Engine::summary(**plan).operation == graphql::OperationKind::query) {
            return read(request, **plan, std::move(asked), parameters.variables);
        }
        if (request.method != http::Method::post) {
            return http::error_response(405, "METHOD_NOT_ALLOWED", "A mutation needs POST.")
                .with("Allow", "POST");
        }
        return http::Write([this, request, plan = std::move(*plan), asked,
                            variables = std::move(parameters.variables)](database::WriteGroup&) {
            http::Response response = write(request, *plan, asked, variables);
            add_headers(response);
            return response;
        });
    }

    [[nodiscard]] http::Response read(const http::Request& request, const graphql::Plan& plan,
                                      Asked asked, const json::Value& variables) const {
        if (!asked.caller) {
            auto caller = authenticate(request);
            if (!caller) return refused_credentials(caller.error());
            asked.caller = std::move(*caller);
        }
        return execute(plan, asked, variables);
    }

    /// On the write lane. Who asks is looked up here, where no other write can come between: what
    /// was withdrawn since the request came in writes nothing.
    [[nodiscard]] http::Response write(const http::Request& request, const graphql::Plan& plan,
                                       Asked asked, const json::Value& variables) const {
        asked.caller.reset();
        return read(request, plan, std::move(asked), variables);
    }

    /// The plan of the query that the parameters hold or name. Only a query that is good is
    /// remembered by its hash.
    [[nodiscard]] std::expected<std::shared_ptr<const graphql::Plan>, graphql::RequestErrors>
    prepare(GraphqlParameters& parameters) const {
        std::optional<std::string_view> name;
        if (parameters.operation_name) name = *parameters.operation_name;
        if (!parameters.query) {
            const auto known = persisted_->find(*parameters.hash);
            if (known) return options_.engine.prepare(*known, name);
            return std::unexpected(graphql::RequestErrors{graphql::persisted_query_not_found()});
        }
        auto plan = options_.engine.prepare(*parameters.query, name);
        if (plan && parameters.hash) {
            persisted_->insert(*parameters.hash, *std::move(parameters.query));
        }
        return plan;
    }

    [[nodiscard]] http::Response execute(const graphql::Plan& plan, const Asked& asked,
                                         const json::Value& variables) const {
        std::string body;
        const auto outcome =
            asked.caller->execute(options_.engine, plan, variables, body, asked.cost);
        return graphql_response(asked.media_type,
                                outcome.status == graphql::Outcome::Status::completed
                                    ? GraphqlOutcome::executed
                                    : GraphqlOutcome::refused,
                                std::move(body));
    }

    void add_headers(http::Response& response) const {
        for (const auto& [name, value] : options_.headers) response.with(name, value);
    }

    GraphqlHttpOptions options_;
    std::unique_ptr<RecentCallers> recent_;
    std::unique_ptr<graphql::PersistedQueries> persisted_ =
        std::make_unique<graphql::PersistedQueries>();
};

}  // namespace

http::Handler make_graphql_handler(GraphqlHttpOptions options) {
    return [handler = std::make_shared<const GraphqlHandler>(std::move(options))](
               const http::Request& request) { return (*handler)(request); };
}

}  // namespace latchkey::endpoints
