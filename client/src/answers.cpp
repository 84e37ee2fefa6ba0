#include "answers.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "fail.hpp"

namespace latchkey::client {
namespace {

using Json = nlohmann::json;

constexpr int status_ok = 200;
constexpr int status_unauthorized = 401;
constexpr int status_server_error = 500;

/// An answer's JSON, and what an Error needs to say about where it came from.
struct Answer {
    Json json;
    int status = 0;
    std::string request_id;
};

// Null when `value` is no object or has no such member.
const Json* find(const Json& value, std::string_view name) {
    const auto found = value.find(name);
    return found == value.end() ? nullptr : &*found;
}

std::string text_or_empty(const Json* value) {
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

std::optional<std::string> optional_text(const Json* value) {
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return value->get<std::string>();
}

std::optional<bool> optional_flag(const Json* value) {
    if (value == nullptr || !value->is_boolean()) return std::nullopt;
    return value->get<bool>();
}

// The first of a list; null when it is none or empty.
const Json* first_of(const Json* list) {
    return list != nullptr && list->is_array() && !list->empty() ? &list->front() : nullptr;
}

Error error_of(ErrorKind kind, std::string message, const Answer& answer) {
    return {.kind = kind,
            .message = std::move(message),
            .status = answer.status,
            .request_id = answer.request_id};
}

std::unexpected<Error> malformed(std::string message, const Answer& answer) {
    return std::unexpected(error_of(ErrorKind::malformed_answer, std::move(message), answer));
}

std::unexpected<Error> refused_by_status(const Answer& answer) {
    const auto kind =
        answer.status == status_unauthorized ? ErrorKind::unauthorized : ErrorKind::http;
    return std::unexpected(error_of(kind, "the status says no", answer));
}

Result<Answer> read_json(const HttpAnswer& received) {
    // RFC 8259, UTF-8 checked; without exceptions a refusal is a value of its own.
    Answer answer{Json::parse(received.body.reveal(), nullptr, false), received.status,
                  received.request_id};
    if (!answer.json.is_discarded()) return answer;
    // A proxy's error page, say: then the status says more than the bytes.
    if (received.status != status_ok) return refused_by_status(answer);
    return malformed("the answer is not JSON", answer);
}

// Of an answer with `errors`: GraphQL over HTTP gives a bad query 400, or 200.
ErrorKind kind_of_errors(int status) {
    if (status == status_unauthorized) return ErrorKind::unauthorized;
    return status >= status_server_error ? ErrorKind::http : ErrorKind::graphql;
}

// One of the answer's `errors` stands for all: the first.
Error graphql_error(const Json& first, const Answer& answer) {
    Error error =
        error_of(kind_of_errors(answer.status), text_or_empty(find(first, "message")), answer);
    if (const Json* extensions = find(first, "extensions")) {
        error.code = text_or_empty(find(*extensions, "code"));
    }
    if (error.code == "UNAUTHORIZED") error.kind = ErrorKind::unauthorized;
    return error;
}

ErrorKind kind_of_user_error(std::string_view code) {
    if (code == "NO_CONSENT" || code == "NO_USER") return ErrorKind::access_withdrawn;
    if (code == "INVALID_TOKEN") return ErrorKind::invalid_token;
    return ErrorKind::user_error;
}

Error user_error(const Json& first, const Answer& answer) {
    Error error = error_of(ErrorKind::user_error, text_or_empty(find(first, "message")), answer);
    error.code = text_or_empty(find(first, "code"));
    error.kind = kind_of_user_error(error.code);
    const Json* field = find(first, "field");
    if (field == nullptr || !field->is_array()) return error;
    for (const Json& part : *field) error.field.push_back(text_or_empty(&part));
    return error;
}

User user_of(const Json& value) {
    return {.sub = optional_text(find(value, "sub")),
            .email = optional_text(find(value, "email")),
            .email_verified = optional_flag(find(value, "emailVerified")),
            .given_name = optional_text(find(value, "givenName")),
            .family_name = optional_text(find(value, "familyName")),
            .name = optional_text(find(value, "name")),
            .avatar = optional_text(find(value, "avatar"))};
}

struct TokenNames {
    std::string_view access_token, refresh_token, expires_in;
};

Result<Tokens> tokens_of(const Json& from, const TokenNames& names, const Answer& answer) {
    Tokens tokens;
    tokens.access_token = Secret(text_or_empty(find(from, names.access_token)));
    tokens.refresh_token = Secret(text_or_empty(find(from, names.refresh_token)));
    tokens.scope = text_or_empty(find(from, "scope"));
    const Json* lifetime = find(from, names.expires_in);
    if (lifetime == nullptr || !lifetime->is_number_integer() || tokens.access_token.empty() ||
        tokens.refresh_token.empty()) {
        return malformed("the answer holds no tokens", answer);
    }
    tokens.expires_in = std::chrono::seconds(lifetime->get<std::int64_t>());
    return tokens;
}

// The answer of a GraphQL endpoint: its `data` is there and there are no `errors`.
Result<Answer> read_graphql(const HttpAnswer& received) {
    Answer answer = TRY(read_json(received));
    if (const Json* first = first_of(find(answer.json, "errors"))) {
        return std::unexpected(graphql_error(*first, answer));
    }
    if (received.status != status_ok) return refused_by_status(answer);
    const Json* data = find(answer.json, "data");
    if (data == nullptr || !data->is_object()) return malformed("the answer has no data", answer);
    return answer;
}

// data.<field>, which may be null.
Result<const Json*> read_field(const Answer& answer, std::string_view field) {
    const Json* value = find(*find(answer.json, "data"), field);
    if (value == nullptr) return malformed("the answer lacks a field that was asked for", answer);
    return value;
}

// data.<field>, an object whose `userErrors` are empty.
Result<const Json*> read_payload(const Answer& answer, std::string_view field) {
    const Json* payload = TRY(read_field(answer, field));
    const Json* errors = find(*payload, "userErrors");
    if (errors == nullptr || !errors->is_array()) {
        return malformed("the payload has no userErrors", answer);
    }
    if (!errors->empty()) return std::unexpected(user_error(errors->front(), answer));
    return payload;
}

}  // namespace

Result<Tokens> read_fetched_tokens(const HttpAnswer& received) {
    const Answer answer = TRY(read_graphql(received));
    const Json* payload = TRY(read_payload(answer, "fetchTokensForUser"));
    Tokens tokens = TRY(tokens_of(*payload, {"accessToken", "refreshToken", "expiresIn"}, answer));
    tokens.public_id = text_or_empty(find(*payload, "publicId"));
    if (tokens.public_id.empty()) return malformed("the answer names no user", answer);
    const Json* user = find(*payload, "user");
    if (user != nullptr && user->is_object()) tokens.user = user_of(*user);
    return tokens;
}

Result<void> read_done(const HttpAnswer& received, std::string_view field) {
    const Answer answer = TRY(read_graphql(received));
    TRY(read_payload(answer, field));
    return {};
}

Result<User> read_user(const HttpAnswer& received) {
    const Answer answer = TRY(read_graphql(received));
    const Json* user = TRY(read_field(answer, "user"));
    if (!user->is_object()) return malformed("the answer has no user", answer);
    return user_of(*user);
}

Result<MetafieldPage> read_metafields(const HttpAnswer& received) {
    const Answer answer = TRY(read_graphql(received));
    const Json* connection = TRY(read_field(answer, "metafields"));
    const Json* nodes = find(*connection, "nodes");
    const Json* page_info = find(*connection, "pageInfo");
    if (nodes == nullptr || !nodes->is_array() || page_info == nullptr) {
        return malformed("the answer has no page of metafields", answer);
    }
    MetafieldPage page;
    for (const Json& node : *nodes) {
        const Json* definition = find(node, "definition");
        if (definition == nullptr) return malformed("a metafield has no definition", answer);
        MetafieldKey key{text_or_empty(find(*definition, "key")),
                         optional_text(find(*definition, "namespace"))};
        page.metafields.push_back({std::move(key), text_or_empty(find(node, "value"))});
    }
    if (optional_flag(find(*page_info, "hasNextPage")) == true) {
        page.end_cursor = optional_text(find(*page_info, "endCursor"));
    }
    return page;
}

Result<std::optional<std::string>> read_metafield(const HttpAnswer& received) {
    const Answer answer = TRY(read_graphql(received));
    const Json* metafield = TRY(read_field(answer, "metafield"));
    return optional_text(find(*metafield, "value"));
}

Result<std::optional<MetafieldDefinition>> read_definition(const HttpAnswer& received) {
    const Answer answer = TRY(read_graphql(received));
    const Json* found = TRY(read_field(answer, "metafieldDefinition"));
    if (found->is_null()) return std::nullopt;
    const Json* type = find(*found, "type");
    return MetafieldDefinition{
        .identifier = {text_or_empty(find(*found, "key")),
                       optional_text(find(*found, "namespace"))},
        .name = text_or_empty(find(*found, "name")),
        .description = text_or_empty(find(*found, "description")),
        .type = type == nullptr ? std::string() : text_or_empty(find(*type, "name"))};
}

Result<Tokens> read_refreshed_tokens(const HttpAnswer& received) {
    const Answer answer = TRY(read_json(received));
    if (received.status == status_ok) {
        return tokens_of(answer.json, {"access_token", "refresh_token", "expires_in"}, answer);
    }
    Error error =
        error_of(ErrorKind::http, text_or_empty(find(answer.json, "error_description")), answer);
    error.code = text_or_empty(find(answer.json, "error"));
    if (error.code == "invalid_grant") error.kind = ErrorKind::invalid_token;
    if (error.code == "invalid_client") error.kind = ErrorKind::unauthorized;
    return std::unexpected(std::move(error));
}

}  // namespace latchkey::client
