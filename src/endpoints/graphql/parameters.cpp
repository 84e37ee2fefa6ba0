#include "endpoints/graphql/parameters.hpp"

#include <algorithm>

#include "base/result.hpp"
#include "base/text/text.hpp"
#include "http/form.hpp"

namespace latchkey::endpoints {
namespace {

constexpr Literal query_wrong = "The parameter \"query\" must be a string.";
constexpr Literal variables_wrong = "The parameter \"variables\" must be an object.";
constexpr Literal extensions_wrong = "The parameter \"extensions\" must be an object.";
constexpr Literal operation_name_wrong = "The parameter \"operationName\" must be a string.";
constexpr Literal persisted_wrong =
    "extensions.persistedQuery needs \"version\": 1 and a \"sha256Hash\" of 64 hexadecimal digits.";

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

Result<std::optional<graphql::QueryHash>> persisted_hash(const json::Value& extensions) {
    const json::Value* persisted = extensions.find("persistedQuery");
    if (persisted == nullptr || persisted->is_null()) return std::optional<graphql::QueryHash>();
    const json::Value* version = persisted->find("version");
    const json::Value* hash = persisted->find("sha256Hash");
    const bool is_known =
        version != nullptr && version->integer() != nullptr && *version->integer() == 1;
    if (!is_known || hash == nullptr || hash->string() == nullptr) {
        return fail(ErrorCode::malformed, persisted_wrong);
    }
    const auto bytes = from_hex(*hash->string());
    graphql::QueryHash made{};
    if (!bytes || bytes->size() != made.size()) return fail(ErrorCode::malformed, persisted_wrong);
    std::ranges::copy(*bytes, made.begin());
    return std::optional(made);
}

/// Spec of the draft: there is a query; or, as Apollo has it, the hash of one.
Result<GraphqlParameters> with_query_or_hash(GraphqlParameters made,
                                             const json::Value& extensions) {
    made.hash = TRY(persisted_hash(extensions));
    if (!made.query && !made.hash) return fail(ErrorCode::malformed, query_wrong);
    return made;
}

Result<GraphqlParameters> read_body(const http::Request& request, std::size_t max_body_bytes) {
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
    GraphqlParameters made;
    made.query = TRY(optional_string(body->find("query"), query_wrong));
    made.operation_name = TRY(optional_string(body->find("operationName"), operation_name_wrong));
    if (const auto* variables = body->find("variables")) {
        made.variables = TRY(object_or_null(*variables, variables_wrong));
    }
    json::Value extensions;
    if (const auto* given = body->find("extensions")) {
        extensions = TRY(object_or_null(*given, extensions_wrong));
    }
    return with_query_or_hash(std::move(made), extensions);
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

Result<GraphqlParameters> read_query_string(const http::Request& request) {
    const auto form = TRY(http::parse_query(request));
    GraphqlParameters made;
    if (const auto query = form.find("query")) made.query = *query;
    if (const auto name = form.find_given("operationName")) made.operation_name = *name;
    made.variables = TRY(json_parameter(form, "variables", variables_wrong));
    const json::Value extensions = TRY(json_parameter(form, "extensions", extensions_wrong));
    return with_query_or_hash(std::move(made), extensions);
}

}  // namespace

std::expected<GraphqlParameters, ParameterFault> read_graphql_parameters(
    const http::Request& request, std::size_t max_body_bytes) {
    using Kind = ParameterFault::Kind;
    const bool is_get = request.method != http::Method::post;
    if (!is_get && !http::has_content_type(request, "application/json")) {
        return std::unexpected(ParameterFault{
            Kind::unsupported, "Send the operation as Content-Type: application/json."});
    }
    auto made = is_get ? read_query_string(request) : read_body(request, max_body_bytes);
    if (made) return *std::move(made);
    const bool is_too_large = made.error().code == ErrorCode::too_large;
    return std::unexpected(
        ParameterFault{is_too_large ? Kind::too_large : Kind::malformed, made.error().public_text});
}

}  // namespace latchkey::endpoints
