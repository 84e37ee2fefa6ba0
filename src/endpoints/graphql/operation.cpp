#include "endpoints/graphql/operation.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "crypto/digest.hpp"
#include "http/error_response.hpp"

namespace latchkey::endpoints {
namespace {

constexpr std::string_view version_header = "X-Latchkey-API-Version";

// Asked for with "1" in one of these, the answer tells what the operation cost; the second is what
// the ecosystem's clients send.
constexpr std::array<std::string_view, 2> cost_headers = {"X-Latchkey-GraphQL-Cost",
                                                          "Shopify-GraphQL-Cost-Debug"};

graphql::CostReport cost_report(const http::Request& request) {
    const bool is_asked = std::ranges::any_of(
        cost_headers, [&](std::string_view name) { return request.header(name) == "1"; });
    return is_asked ? graphql::CostReport::on : graphql::CostReport::off;
}

http::Response bad_parameters(const ParameterFault& fault) {
    switch (fault.kind) {
        case ParameterFault::Kind::malformed:
            return http::error_response(400, "BAD_REQUEST", fault.message);
        case ParameterFault::Kind::too_large:
            return http::error_response(413, "PAYLOAD_TOO_LARGE", fault.message);
        case ParameterFault::Kind::unsupported:
            return http::error_response(415, "UNSUPPORTED_MEDIA_TYPE", fault.message);
    }
    return http::error_response(400, "BAD_REQUEST", fault.message);
}

http::Response refused_document(GraphqlMediaType media_type, const graphql::RequestErrors& errors) {
    std::string body;
    graphql::append_response(body, errors);
    return graphql_response(media_type, GraphqlOutcome::refused, std::move(body));
}

}  // namespace

std::expected<GraphqlOperation, http::Response> GraphqlOperations::read(
    const http::Request& request, api::Version version) const {
    const auto media_type = graphql_media_type(request);
    if (!media_type) {
        return std::unexpected(http::error_response(406, "NOT_ACCEPTABLE",
                                                    "Accept application/graphql-response+json or "
                                                    "application/json."));
    }
    auto parameters = read_graphql_parameters(request, max_body_bytes_);
    if (!parameters) return std::unexpected(bad_parameters(parameters.error()));
    const bool has_both = parameters->query && parameters->hash;
    if (has_both && crypto::sha256(*parameters->query) != *parameters->hash) {
        return std::unexpected(http::error_response(400, "PERSISTED_QUERY_HASH_MISMATCH",
                                                    "The sha256Hash is not that of the query."));
    }
    auto planned = plan(engine_of(version), *parameters);
    if (!planned) return std::unexpected(refused_document(*media_type, planned.error()));
    const graphql::OperationKind kind = graphql::Engine::summary(*planned->plan).operation;
    if (kind == graphql::OperationKind::mutation && request.method != http::Method::post) {
        return std::unexpected(
            http::error_response(405, "METHOD_NOT_ALLOWED", "A mutation needs POST.")
                .with("Allow", "POST"));
    }
    return GraphqlOperation{.version = version,
                            .kind = kind,
                            .media_type = *media_type,
                            .cost = cost_report(request),
                            .plan = std::move(planned->plan),
                            .variables = std::move(parameters->variables),
                            .document = std::move(planned->document)};
}

/// The plan of the query that the parameters hold or name.
std::expected<GraphqlOperations::Planned, graphql::RequestErrors> GraphqlOperations::plan(
    const graphql::Engine& engine, GraphqlParameters& parameters) const {
    std::optional<std::string_view> name;
    if (parameters.operation_name) name = *parameters.operation_name;
    if (!parameters.query) {
        const auto known = persisted_->find(*parameters.hash);
        if (!known) {
            return std::unexpected(graphql::RequestErrors{graphql::persisted_query_not_found()});
        }
        parameters.query = *known;
        parameters.hash.reset();
    }
    auto plan = engine.find_plan(*parameters.query, name);
    const bool is_new = plan == nullptr;
    if (is_new) {
        auto made = engine.make_plan(*parameters.query, name);
        if (!made) return std::unexpected(std::move(made.error()));
        plan = *std::move(made);
    }
    if (!is_new && !parameters.hash) return Planned{std::move(plan), nullptr};
    return Planned{std::move(plan), std::make_unique<const NewDocument>(NewDocument{
                                        *std::move(parameters.query),
                                        std::move(parameters.operation_name), parameters.hash})};
}

void GraphqlOperations::remember(const GraphqlOperation& operation) const {
    const NewDocument& document = *operation.document;
    engine_of(operation.version).remember(document.query, document.operation_name, operation.plan);
    if (document.hash) persisted_->insert(*document.hash, document.query);
}

http::Response GraphqlOperations::answer(const GraphqlOperation& operation,
                                         const graphql::ExecutionOutcome& outcome,
                                         std::string body) {
    return graphql_response(operation.media_type,
                            outcome.status == graphql::ExecutionOutcome::Status::completed
                                ? GraphqlOutcome::executed
                                : GraphqlOutcome::refused,
                            std::move(body));
}

const graphql::Engine& GraphqlOperations::engine_of(api::Version version) const noexcept {
    switch (version) {
        case api::Version::latest: return engines_.latest;
        case api::Version::unstable: return engines_.unstable;
    }
    return engines_.latest;
}

std::optional<api::Version> served_version(const http::Request& request) noexcept {
    const std::string_view name = request.parameters[0];
    return name.empty() ? std::optional(api::Version::latest) : api::find_version(name);
}

http::Response unknown_version() {
    return http::error_response(404, "UNKNOWN_VERSION",
                                "Unknown API version. Known: latest, unstable.");
}

void name_version(http::Response& response, api::Version version) {
    response.with(version_header, std::string(api::to_string(version)));
}

bool is_graphql_method(const http::Request& request) noexcept {
    return request.method == http::Method::get || request.method == http::Method::post;
}

http::Response method_not_allowed() {
    return http::error_response(405, "METHOD_NOT_ALLOWED", "Use POST, or GET for a query.")
        .with("Allow", "GET, POST");
}

http::Response refuse_caller(const Error& error, const std::string& challenge) {
    switch (class_of(error.code)) {
        case ErrorClass::caller:
        case ErrorClass::conflict: break;
        case ErrorClass::busy:
        case ErrorClass::broken: return http::error_response(503, "UNAVAILABLE", error.public_text);
    }
    return http::error_response(401, "UNAUTHORIZED", error.public_text)
        .with("WWW-Authenticate", challenge);
}

}  // namespace latchkey::endpoints
