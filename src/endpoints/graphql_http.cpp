#include "endpoints/graphql_http.hpp"

#include <optional>
#include <variant>

#include "endpoints/graphql_media_type.hpp"
#include "http/error_response.hpp"
#include "http/form.hpp"
#include "json/value.hpp"

namespace latchkey::endpoints {
namespace {

/// What a client asks to run (draft 4.1): `variables` is an object or null.
struct Parameters {
    std::string query;
    std::optional<std::string> operation_name;
    json::Value variables;
};

/// A member that may be absent or null, and is a string otherwise.
Result<std::optional<std::string>> optional_string(const json::Value* member, Literal complaint) {
    if (member == nullptr || member->is_null()) return std::optional<std::string>();
    if (member->string() == nullptr) return fail(ErrorCode::malformed, complaint);
    return std::optional(*member->string());
}

Result<json::Value> object_or_null(json::Value value, Literal complaint) {
    if (!value.is_null() && value.object() == nullptr) return fail(ErrorCode::malformed, complaint);
    return value;
}

constexpr Literal query_missing = "The parameter \"query\" must be a string.";
constexpr Literal variables_wrong = "The parameter \"variables\" must be an object.";
constexpr Literal extensions_wrong = "The parameter \"extensions\" must be an object.";
constexpr Literal operation_name_wrong = "The parameter \"operationName\" must be a string.";

Result<Parameters> read_body(const http::Request& request, std::size_t max_body_bytes) {
    const auto body = json::parse(request.body, {.max_bytes = max_body_bytes});
    if (!body) {
        if (body.error().code == ErrorCode::too_large) return std::unexpected(body.error());
        return fail(ErrorCode::malformed, "The request body is not valid JSON.");
    }
    if (body->array() != nullptr) {
        return fail(ErrorCode::malformed, "Batches are not served: send one operation a request.");
    }
    if (body->object() == nullptr) {
        return fail(ErrorCode::malformed, "The request body must be a JSON object.");
    }
    auto query = TRY(optional_string(body->find("query"), query_missing));
    if (!query) return fail(ErrorCode::malformed, query_missing);
    Parameters result{std::move(*query), {}, {}};
    result.operation_name = TRY(optional_string(body->find("operationName"), operation_name_wrong));
    if (const auto* variables = body->find("variables")) {
        result.variables = TRY(object_or_null(*variables, variables_wrong));
    }
    if (const auto* extensions = body->find("extensions")) {
        (void)TRY(object_or_null(*extensions, extensions_wrong));
    }
    return result;
}

/// A query parameter that holds a JSON object.
Result<json::Value> json_parameter(const http::Form& form, std::string_view name,
                                   Literal complaint) {
    const auto text = form.find_given(name);
    if (!text) return json::Value();
    auto value = json::parse(*text);
    if (!value) return fail(ErrorCode::malformed, complaint);
    return object_or_null(std::move(*value), complaint);
}

Result<Parameters> read_query_string(const http::Request& request) {
    const auto form = TRY(http::parse_query(request));
    const auto query = form.find("query");
    if (!query) return fail(ErrorCode::malformed, query_missing);
    Parameters result{std::string(*query), {}, {}};
    if (const auto name = form.find_given("operationName")) result.operation_name = *name;
    result.variables = TRY(json_parameter(form, "variables", variables_wrong));
    (void)TRY(json_parameter(form, "extensions", extensions_wrong));
    return result;
}

Result<Parameters> read_parameters(const http::Request& request, std::size_t max_body_bytes) {
    if (request.method == http::Method::get) return read_query_string(request);
    if (!http::has_content_type(request, "application/json")) {
        return fail(ErrorCode::unsupported,
                    "Send the operation as Content-Type: application/json.");
    }
    return read_body(request, max_body_bytes);
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

http::Response refused_credentials(const Error& error, const std::string& challenge) {
    switch (error.code) {
        case ErrorCode::unavailable:
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
    explicit GraphqlHandler(GraphqlHttpOptions options) : options_(std::move(options)) {}

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
        const auto caller = options_.authenticate(request);
        if (!caller) return refused_credentials(caller.error(), options_.www_authenticate);
        const auto media_type = graphql_media_type(request);
        if (!media_type) {
            return http::error_response(406, "NOT_ACCEPTABLE",
                                        "Accept application/graphql-response+json or "
                                        "application/json.");
        }
        auto parameters = read_parameters(request, options_.max_body_bytes);
        if (!parameters) return refusal(parameters.error());
        return run(request, *caller, *media_type, std::move(*parameters));
    }

    [[nodiscard]] http::Reply run(const http::Request& request, const GraphqlCaller& caller,
                                  GraphqlMediaType media_type, Parameters parameters) const {
        std::optional<std::string_view> operation_name;
        if (parameters.operation_name) operation_name = *parameters.operation_name;
        auto plan = options_.engine.prepare(parameters.query, operation_name);
        if (!plan) {
            std::string body;
            graphql::append_response(body, plan.error());
            return graphql_response(media_type, GraphqlOutcome::refused, std::move(body));
        }
        if (graphql::Engine::summary(**plan).operation == graphql::OperationKind::query) {
            return execute(**plan, caller, media_type, parameters.variables);
        }
        if (request.method != http::Method::post) {
            return http::error_response(405, "METHOD_NOT_ALLOWED", "A mutation needs POST.")
                .with("Allow", "POST");
        }
        return http::Deferred([this, plan = std::move(*plan), caller, media_type,
                               variables = std::move(parameters.variables)] {
            http::Response response = execute(*plan, caller, media_type, variables);
            add_headers(response);
            return response;
        });
    }

    [[nodiscard]] http::Response execute(const graphql::Plan& plan, const GraphqlCaller& caller,
                                         GraphqlMediaType media_type,
                                         const json::Value& variables) const {
        std::string body;
        const auto outcome =
            caller.execute(options_.engine, plan, variables, body, graphql::CostReport::off);
        return graphql_response(media_type,
                                outcome.status == graphql::Outcome::Status::completed
                                    ? GraphqlOutcome::executed
                                    : GraphqlOutcome::refused,
                                std::move(body));
    }

    void add_headers(http::Response& response) const {
        for (const auto& [name, value] : options_.headers) response.with(name, value);
    }

    GraphqlHttpOptions options_;
};

}  // namespace

http::Handler make_graphql_handler(GraphqlHttpOptions options) {
    return [handler = std::make_shared<const GraphqlHandler>(std::move(options))](
               const http::Request& request) { return (*handler)(request); };
}

}  // namespace latchkey::endpoints
