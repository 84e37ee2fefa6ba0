#include "tests/faults/partner.hpp"

#include <stdexcept>

#include "json/writer.hpp"

namespace latchkey::testing {
namespace {

constexpr std::string_view partners_path = "/api/latest/partners/graphql.json";
constexpr std::string_view users_path = "/api/latest/users/graphql.json";

constexpr std::string_view define_query =
    R"(mutation($key: String!) { metafieldDefinitionCreate(definition: {
         key: $key, name: "Membership", description: "", type: "single_line_text_field"
       }) { userErrors { message } } })";
constexpr std::string_view fetch_query =
    R"(mutation($consentToken: String, $publicId: String) {
         fetchTokensForUser(consentToken: $consentToken, publicId: $publicId) {
           publicId accessToken refreshToken userErrors { code } } })";
constexpr std::string_view set_query =
    R"(mutation($key: String!, $value: String!) {
         metafieldsSet(metafields: [{identifier: {key: $key}, value: $value}]) {
           metafields { value } userErrors { message } } })";
constexpr std::string_view get_query =
    R"(query($key: String!) { metafield(identifier: {key: $key}) { value } })";

/// Tells apart the answers that never reached the API itself.
Outcome transport_outcome(const HttpAnswer& answer) {
    switch (answer.delivery) {
        case Delivery::not_sent: return Outcome::not_sent;
        case Delivery::lost: return Outcome::lost;
        case Delivery::answered: break;
    }
    return answer.status == 503 ? Outcome::unavailable : Outcome::ok;
}

[[noreturn]] void unexpected(const HttpAnswer& answer) {
    throw std::runtime_error("unexpected answer: " + std::to_string(answer.status) + " " +
                             answer.body);
}

json::Value parse_body(const HttpAnswer& answer) {
    auto parsed = json::parse(answer.body);
    if (!parsed) unexpected(answer);
    return std::move(*parsed);
}

std::string text_of(const json::Value& object, std::string_view name) {
    const json::Value* member = object.find(name);
    return member == nullptr || member->string() == nullptr ? std::string() : *member->string();
}

const json::Value& member_of(const json::Value& object, std::string_view name) {
    const json::Value* member = object.find(name);
    if (member == nullptr) throw std::runtime_error("no " + std::string(name));
    return *member;
}

bool has_user_errors(const json::Value& payload) {
    const json::Value& errors = member_of(payload, "userErrors");
    return errors.array() != nullptr && !errors.array()->empty();
}

std::string object_of(std::string_view name, std::string_view text) {
    std::string out;
    json::Writer(out).begin_object().field(name, text).end_object();
    return out;
}

std::string bearer(std::string_view token) { return "Bearer " + std::string(token); }

}  // namespace

PartnerClient::PartnerClient(std::uint16_t port, const PartnerApp& app)
    : http_(port), basic_(basic_authorization(app.client_id, app.secret)) {}

PartnerClient::GraphqlAnswer PartnerClient::call(const GraphqlCall& call) {
    std::string body;
    json::Writer(body)
        .begin_object()
        .field("query", call.query)
        .key("variables")
        .raw(call.variables)
        .end_object();
    const HttpAnswer answer =
        http_.post({std::string(call.path), "application/json", call.authorization, body});
    const Outcome outcome = transport_outcome(answer);
    if (outcome != Outcome::ok) return {outcome, {}};
    if (answer.status == 401) return {Outcome::refused, {}};
    json::Value parsed = parse_body(answer);
    if (answer.status != 200 || parsed.find("errors") != nullptr) unexpected(answer);
    return {Outcome::ok, member_of(parsed, "data")};
}

Answer PartnerClient::define_metafield() {
    const auto answered =
        call({partners_path, basic_, define_query, object_of("key", test_metafield)});
    return {.outcome = answered.outcome};
}

Answer PartnerClient::fetch_tokens(std::string variables) {
    const auto answered = call({partners_path, basic_, fetch_query, std::move(variables)});
    if (answered.outcome != Outcome::ok) return {.outcome = answered.outcome};
    const json::Value& payload = member_of(answered.data, "fetchTokensForUser");
    if (has_user_errors(payload)) return {.outcome = Outcome::refused};
    return {.outcome = Outcome::ok,
            .access_token = text_of(payload, "accessToken"),
            .refresh_token = text_of(payload, "refreshToken"),
            .public_id = text_of(payload, "publicId")};
}

Answer PartnerClient::exchange(std::string_view consent_token) {
    return fetch_tokens(object_of("consentToken", consent_token));
}

Answer PartnerClient::issue_again(std::string_view public_id) {
    return fetch_tokens(object_of("publicId", public_id));
}

Answer PartnerClient::refresh(std::string_view refresh_token) {
    const HttpAnswer answer =
        http_.post({"/oauth/token", "application/x-www-form-urlencoded", basic_,
                    "grant_type=refresh_token&refresh_token=" + std::string(refresh_token)});
    const Outcome outcome = transport_outcome(answer);
    if (outcome != Outcome::ok) return {.outcome = outcome};
    const json::Value body = parse_body(answer);
    if (answer.status == 400 && text_of(body, "error") == "invalid_grant") {
        return {.outcome = Outcome::refused};
    }
    if (answer.status != 200) unexpected(answer);
    return {.outcome = Outcome::ok,
            .access_token = text_of(body, "access_token"),
            .refresh_token = text_of(body, "refresh_token")};
}

Answer PartnerClient::set_metafield(std::string_view access_token, std::string_view value) {
    std::string variables;
    json::Writer(variables)
        .begin_object()
        .field("key", test_metafield)
        .field("value", value)
        .end_object();
    const auto answered = call({users_path, bearer(access_token), set_query, variables});
    if (answered.outcome != Outcome::ok) return {.outcome = answered.outcome};
    if (has_user_errors(member_of(answered.data, "metafieldsSet"))) {
        throw std::runtime_error("metafieldsSet has user errors");
    }
    return {.outcome = Outcome::ok, .value = std::string(value)};
}

Answer PartnerClient::get_metafield(std::string_view access_token) {
    const auto answered =
        call({users_path, bearer(access_token), get_query, object_of("key", test_metafield)});
    if (answered.outcome != Outcome::ok) return {.outcome = answered.outcome};
    const json::Value& metafield = member_of(answered.data, "metafield");
    return {.outcome = Outcome::ok,
            .value = metafield.is_null() ? std::string() : text_of(metafield, "value")};
}

}  // namespace latchkey::testing
