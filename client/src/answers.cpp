#include "answers.hpp"

#include <utility>

#include "try_call.hpp"

namespace latchkey::client {
namespace {

constexpr int status_ok = 200;
constexpr int status_unauthorized = 401;
constexpr int status_server_error = 500;

std::string text_or_empty(const json::Value* value) {
    const std::string* text = value == nullptr ? nullptr : value->string();
    return text == nullptr ? std::string() : *text;
}

std::optional<std::string> optional_text(const json::Value* value) {
    const std::string* text = value == nullptr ? nullptr : value->string();
    if (text == nullptr) return std::nullopt;
    return *text;
}

CallError error_of(FailureKind kind, std::string message, const Answer& answer) {
    return {kind, std::move(message), {}, {}, answer.status, answer.request_id};
}

std::unexpected<CallError> malformed(std::string message, const Answer& answer) {
    return std::unexpected(error_of(FailureKind::malformed_answer, std::move(message), answer));
}

FailureKind kind_of_status(int status) {
    return status == status_unauthorized ? FailureKind::unauthorized : FailureKind::http;
}

Outcome<Answer> read_json(const HttpAnswer& received, std::size_t max_bytes) {
    Answer answer{{}, received.status, received.request_id};
    auto parsed = json::parse(received.body.reveal(), {.max_bytes = max_bytes});
    if (parsed) {
        answer.json = std::move(*parsed);
        return answer;
    }
    // A proxy's error page, say: then the status says more than the bytes.
    if (received.status != status_ok) {
        return std::unexpected(
            error_of(kind_of_status(received.status), "the status says no", answer));
    }
    return malformed("the answer is not JSON", answer);
}

// Of an answer with `errors`: GraphQL over HTTP gives a bad query 400, or 200.
FailureKind kind_of_errors(int status) {
    if (status == status_unauthorized) return FailureKind::unauthorized;
    return status >= status_server_error ? FailureKind::http : FailureKind::graphql;
}

// One of the answer's `errors` stands for all: the first.
CallError graphql_error(const json::Value& first, const Answer& answer) {
    CallError error =
        error_of(kind_of_errors(answer.status), text_or_empty(first.find("message")), answer);
    if (const json::Value* extensions = first.find("extensions")) {
        error.code = text_or_empty(extensions->find("code"));
    }
    if (error.code == "UNAUTHORIZED") error.kind = FailureKind::unauthorized;
    return error;
}

FailureKind kind_of_user_error(std::string_view code) {
    if (code == "NO_CONSENT" || code == "NO_USER") return FailureKind::access_withdrawn;
    if (code == "INVALID_TOKEN") return FailureKind::invalid_token;
    return FailureKind::user_error;
}

CallError user_error(const json::Value& first, const Answer& answer) {
    CallError error =
        error_of(FailureKind::user_error, text_or_empty(first.find("message")), answer);
    error.code = text_or_empty(first.find("code"));
    error.kind = kind_of_user_error(error.code);
    const json::Value* field = first.find("field");
    if (field != nullptr && field->array() != nullptr) {
        for (const json::Value& part : *field->array()) error.field.push_back(text_or_empty(&part));
    }
    return error;
}

std::optional<bool> optional_flag(const json::Value* value) {
    const bool* flag = value == nullptr ? nullptr : value->boolean();
    if (flag == nullptr) return std::nullopt;
    return *flag;
}

User user_of(const json::Value& value) {
    return {.sub = optional_text(value.find("sub")),
            .email = optional_text(value.find("email")),
            .email_verified = optional_flag(value.find("emailVerified")),
            .given_name = optional_text(value.find("givenName")),
            .family_name = optional_text(value.find("familyName")),
            .name = optional_text(value.find("name")),
            .avatar = optional_text(value.find("avatar"))};
}

struct TokenNames {
    std::string_view access_token, refresh_token, expires_in;
};

Outcome<Tokens> tokens_of(const json::Value& from, const TokenNames& names, const Answer& answer) {
    Tokens tokens;
    tokens.access_token = Secret(text_or_empty(from.find(names.access_token)));
    tokens.refresh_token = Secret(text_or_empty(from.find(names.refresh_token)));
    tokens.scope = text_or_empty(from.find("scope"));
    const json::Value* lifetime = from.find(names.expires_in);
    if (lifetime == nullptr || lifetime->integer() == nullptr || tokens.access_token.empty() ||
        tokens.refresh_token.empty()) {
        return malformed("the answer holds no tokens", answer);
    }
    tokens.expires_in = Seconds(*lifetime->integer());
    return tokens;
}

// data.<field>, which may be null.
Outcome<const json::Value*> read_field(const Answer& answer, std::string_view field) {
    const json::Value* value = answer.json.find("data")->find(field);
    if (value == nullptr) return malformed("the answer lacks a field that was asked for", answer);
    return value;
}

}  // namespace

Outcome<Answer> read_graphql(const HttpAnswer& received, std::size_t max_bytes) {
    Answer answer = TRY_CALL(read_json(received, max_bytes));
    const json::Value* errors = answer.json.find("errors");
    if (errors != nullptr && errors->array() != nullptr && !errors->array()->empty()) {
        return std::unexpected(graphql_error(errors->array()->front(), answer));
    }
    if (received.status != status_ok) {
        return std::unexpected(
            error_of(kind_of_status(received.status), "the status says no", answer));
    }
    const json::Value* data = answer.json.find("data");
    if (data == nullptr || data->object() == nullptr) {
        return malformed("the answer has no data", answer);
    }
    return answer;
}

Outcome<const json::Value*> read_payload(const Answer& answer, std::string_view field) {
    const json::Value* payload = TRY_CALL(read_field(answer, field));
    const json::Value* errors = payload->find("userErrors");
    if (errors == nullptr || errors->array() == nullptr) {
        return malformed("the payload has no userErrors", answer);
    }
    if (!errors->array()->empty()) {
        return std::unexpected(user_error(errors->array()->front(), answer));
    }
    return payload;
}

Outcome<Tokens> read_fetched_tokens(const Answer& answer) {
    const json::Value* payload = TRY_CALL(read_payload(answer, "fetchTokensForUser"));
    Tokens tokens =
        TRY_CALL(tokens_of(*payload, {"accessToken", "refreshToken", "expiresIn"}, answer));
    tokens.public_id = text_or_empty(payload->find("publicId"));
    if (tokens.public_id.empty()) return malformed("the answer names no user", answer);
    const json::Value* user = payload->find("user");
    if (user != nullptr && user->object() != nullptr) tokens.user = user_of(*user);
    return tokens;
}

Outcome<Tokens> read_refreshed_tokens(const HttpAnswer& received, std::size_t max_bytes) {
    const Answer answer = TRY_CALL(read_json(received, max_bytes));
    if (received.status == status_ok) {
        return tokens_of(answer.json, {"access_token", "refresh_token", "expires_in"}, answer);
    }
    CallError error =
        error_of(FailureKind::http, text_or_empty(answer.json.find("error_description")), answer);
    error.code = text_or_empty(answer.json.find("error"));
    if (error.code == "invalid_grant") error.kind = FailureKind::invalid_token;
    if (error.code == "invalid_client") error.kind = FailureKind::unauthorized;
    return std::unexpected(std::move(error));
}

Outcome<User> read_user(const Answer& answer) {
    const json::Value* user = TRY_CALL(read_field(answer, "user"));
    if (user->object() == nullptr) return malformed("the answer has no user", answer);
    return user_of(*user);
}

Outcome<MetafieldPage> read_metafields(const Answer& answer) {
    const json::Value* connection = TRY_CALL(read_field(answer, "metafields"));
    const json::Value* nodes = connection->find("nodes");
    const json::Value* page_info = connection->find("pageInfo");
    if (nodes == nullptr || nodes->array() == nullptr || page_info == nullptr) {
        return malformed("the answer has no page of metafields", answer);
    }
    MetafieldPage page;
    for (const json::Value& node : *nodes->array()) {
        const json::Value* definition = node.find("definition");
        if (definition == nullptr) return malformed("a metafield has no definition", answer);
        MetafieldKey key{text_or_empty(definition->find("key")),
                         optional_text(definition->find("namespace"))};
        page.metafields.push_back({std::move(key), text_or_empty(node.find("value"))});
    }
    if (optional_flag(page_info->find("hasNextPage")) == true) {
        page.end_cursor = optional_text(page_info->find("endCursor"));
    }
    return page;
}

Outcome<std::optional<std::string>> read_metafield(const Answer& answer) {
    const json::Value* metafield = TRY_CALL(read_field(answer, "metafield"));
    return optional_text(metafield->find("value"));
}

Outcome<std::optional<MetafieldDefinition>> read_definition(const Answer& answer) {
    const json::Value* found = TRY_CALL(read_field(answer, "metafieldDefinition"));
    if (found->is_null()) return std::nullopt;
    const json::Value* type = found->find("type");
    return MetafieldDefinition{
        .identifier = {text_or_empty(found->find("key")), optional_text(found->find("namespace"))},
        .name = text_or_empty(found->find("name")),
        .description = text_or_empty(found->find("description")),
        .type = type == nullptr ? std::string() : text_or_empty(type->find("name"))};
}

}  // namespace latchkey::client
