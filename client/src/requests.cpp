#include "requests.hpp"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "encoding.hpp"

namespace latchkey::client {
namespace {

constexpr std::string_view fetch_tokens_query =
    "mutation FetchTokensForUser($consentToken: String, $publicId: String) { "
    "fetchTokensForUser(consentToken: $consentToken, publicId: $publicId) { "
    "publicId accessToken refreshToken expiresIn tokenType scope "
    "user { sub email emailVerified givenName familyName name avatar } "
    "userErrors { code field message } } }";

constexpr std::string_view user_query =
    "query CurrentUser { "
    "user { sub email emailVerified givenName familyName name avatar } }";

constexpr std::string_view metafields_query =
    "query UserMetafields($first: Int, $after: String) { "
    "metafields(first: $first, after: $after) { "
    "nodes { definition { namespace key } value } pageInfo { hasNextPage endCursor } } }";

constexpr std::string_view metafield_query =
    "query UserMetafield($identifier: CustomDataKeyPairInput!) { "
    "metafield(identifier: $identifier) { value } }";

constexpr std::string_view set_metafields_query =
    "mutation SetMetafields($metafields: [MetafieldSetInput!]!) { "
    "metafieldsSet(metafields: $metafields) { userErrors { field message } } }";

constexpr std::string_view delete_metafield_query =
    "mutation DeleteMetafield($identifier: CustomDataKeyPairInput!) { "
    "metafieldDelete(identifier: $identifier) { userErrors { field message } } }";

constexpr std::string_view create_definition_query =
    "mutation CreateDefinition($definition: MetafieldDefinitionCreateInput!) { "
    "metafieldDefinitionCreate(definition: $definition) { userErrors { field message } } }";

constexpr std::string_view definition_query =
    "query Definition($identifier: CustomDataKeyPairInput!) { "
    "metafieldDefinition(identifier: $identifier) { "
    "namespace key name description type { name } } }";

using Json = nlohmann::json;

// {"query":…,"variables":{…}}. Bytes that are not UTF-8 become U+FFFD, which the server refuses
// with the rest of the value.
Secret graphql_body(std::string_view query, Json variables) {
    const Json body = {{"query", query}, {"variables", std::move(variables)}};
    return Secret(body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Json identifier_of(const MetafieldKey& key) {
    Json identifier = {{"key", key.key}};
    if (key.name_space) identifier["namespace"] = *key.name_space;
    return identifier;
}

Secret identifier_body(std::string_view query, const MetafieldKey& key) {
    return graphql_body(query, {{"identifier", identifier_of(key)}});
}

}  // namespace

Secret fetch_tokens_body(ConsentToken consent_token) {
    return graphql_body(fetch_tokens_query, {{"consentToken", consent_token.text}});
}

Secret fetch_tokens_body(PublicId public_id) {
    return graphql_body(fetch_tokens_query, {{"publicId", public_id.text}});
}

Secret refresh_body(RefreshToken refresh_token) {
    return Secret("grant_type=refresh_token&refresh_token=" + percent_encode(refresh_token.text));
}

Secret create_definition_body(const MetafieldDefinition& definition) {
    Json input = identifier_of(definition.identifier);
    input["name"] = definition.name;
    input["description"] = definition.description;
    input["type"] = definition.type;
    return graphql_body(create_definition_query, {{"definition", std::move(input)}});
}

Secret definition_body(const MetafieldKey& key) { return identifier_body(definition_query, key); }

Secret user_body() { return graphql_body(user_query, Json::object()); }

Secret metafields_body(const PageRequest& page) {
    Json variables = {{"first", page.first}};
    if (page.after) variables["after"] = *page.after;
    return graphql_body(metafields_query, std::move(variables));
}

Secret metafield_body(const MetafieldKey& key) { return identifier_body(metafield_query, key); }

Secret set_metafields_body(std::span<const Metafield> values) {
    Json inputs = Json::array();
    for (const Metafield& metafield : values) {
        inputs.push_back(
            {{"identifier", identifier_of(metafield.identifier)}, {"value", metafield.value}});
    }
    return graphql_body(set_metafields_query, {{"metafields", std::move(inputs)}});
}

Secret delete_metafield_body(const MetafieldKey& key) {
    return identifier_body(delete_metafield_query, key);
}

}  // namespace latchkey::client
