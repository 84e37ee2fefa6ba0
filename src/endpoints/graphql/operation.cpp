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

std::optional<http::Response> check_method(const GraphqlOperation& operation) {
    const bool writes = operation.kind() == graphql::OperationKind::mutation;
    if (!writes || operation.method == http::Method::post) return std::nullopt;
    return http::error_response(405, "METHOD_NOT_ALLOWED", "A mutation needs POST.")
        .with("Allow", "POST");
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
    GraphqlOperation operation{.version = version,
                               .method = request.method,
                               .media_type = *media_type,
                               .cost = cost_report(request),
                               .plan = nullptr,
                               .variables = std::move(parameters->variables),
                               .document = nullptr};
    if (!find_document(operation, *std::move(parameters))) {
        return std::unexpected(refused_document(
            *media_type, graphql::RequestErrors{graphql::persisted_query_not_found()}));
    }
    if (operation.plan) {
        if (auto refused = check_method(operation)) return std::unexpected(*std::move(refused));
    }
    return operation;
}

/// Finds the plan of the query that the parameters hold or name, and keeps the query where it or
/// its hash is new. False: the hash names nothing.
bool GraphqlOperations::find_document(GraphqlOperation& operation,
                                      GraphqlParameters&& parameters) const {
    if (!parameters.query) {
        const auto known = persisted_->find(*parameters.hash);
        if (!known) return false;
        parameters.query = *known;
        parameters.hash.reset();
    }
    std::optional<std::string_view> name;
    if (parameters.operation_name) name = *parameters.operation_name;
    operation.plan = engine_of(operation.version).find_plan(*parameters.query, name);
    if (operation.plan && !parameters.hash) return true;
    operation.document = std::make_unique<const NewDocument>(NewDocument{
        *std::move(parameters.query), std::move(parameters.operation_name), parameters.hash});
    return true;
}

GraphqlOperations::Refused GraphqlOperations::plan(GraphqlOperation& operation) const {
    if (operation.plan) return std::nullopt;
    const NewDocument& document = *operation.document;
    auto made = engine_of(operation.version).make_plan(document.query, document.operation_name);
    if (!made) return refused_document(operation.media_type, made.error());
    operation.plan = *std::move(made);
    return check_method(operation);
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
    return request.method == http::Method::get || request.method == http::Method::head ||
           request.method == http::Method::post;
}

http::Response method_not_allowed() {
    return http::error_response(405, "METHOD_NOT_ALLOWED", "Use POST, or GET for a query.")
        .with("Allow", "GET, POST");
}

http::Response refuse_caller(const Error& error, const Challenges& challenges) {
    switch (class_of(error.code)) {
        case ErrorClass::caller:
        case ErrorClass::conflict: break;
        case ErrorClass::busy:
        case ErrorClass::broken: return http::error_response(503, "UNAVAILABLE", error.public_text);
    }
    return http::error_response(401, "UNAUTHORIZED", error.public_text)
        .with("WWW-Authenticate",
              error.code == ErrorCode::invalid_token ? challenges.invalid_token : challenges.plain);
}

}  // namespace latchkey::endpoints
