#include "requests.hpp"

#include <string>
#include <utility>

#include "base/text.hpp"
#include "json/writer.hpp"

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

// {"query":…,"variables":{…}}; `variables` writes the members.
template <class Variables>
Secret graphql_body(std::string_view query, Variables&& variables) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().field("query", query).key("variables").begin_object();
    variables(writer);
    writer.end_object().end_object();
    return Secret(std::move(body));
}

void write_identifier(json::Writer& writer, const MetafieldKey& key) {
    writer.key("identifier").begin_object().field("key", key.key);
    if (key.name_space) writer.field("namespace", *key.name_space);
    writer.end_object();
}

Secret identifier_body(std::string_view query, const MetafieldKey& key) {
    return graphql_body(query, [&](json::Writer& writer) { write_identifier(writer, key); });
}

}  // namespace

Secret fetch_tokens_body(ConsentToken consent_token) {
    return graphql_body(fetch_tokens_query, [&](json::Writer& writer) {
        writer.field("consentToken", consent_token.text);
    });
}

Secret fetch_tokens_body(PublicId public_id) {
    return graphql_body(fetch_tokens_query,
                        [&](json::Writer& writer) { writer.field("publicId", public_id.text); });
}

Secret refresh_body(RefreshToken refresh_token) {
    return Secret("grant_type=refresh_token&refresh_token=" + percent_encode(refresh_token.text));
}

Secret create_definition_body(const MetafieldDefinition& definition) {
    return graphql_body(create_definition_query, [&](json::Writer& writer) {
        writer.key("definition").begin_object().field("key", definition.identifier.key);
        if (definition.identifier.name_space) {
            writer.field("namespace", *definition.identifier.name_space);
        }
        writer.field("name", definition.name)
            .field("description", definition.description)
            .field("type", definition.type)
            .end_object();
    });
}

Secret definition_body(const MetafieldKey& key) { return identifier_body(definition_query, key); }

Secret user_body() {
    return graphql_body(user_query, [](json::Writer&) {});
}

Secret metafields_body(const PageRequest& page) {
    return graphql_body(metafields_query, [&](json::Writer& writer) {
        writer.key("first").number(std::int64_t{page.first});
        if (page.after) writer.field("after", *page.after);
    });
}

Secret metafield_body(const MetafieldKey& key) { return identifier_body(metafield_query, key); }

Secret set_metafields_body(std::span<const Metafield> values) {
    return graphql_body(set_metafields_query, [&](json::Writer& writer) {
        writer.key("metafields").begin_array();
        for (const Metafield& metafield : values) {
            writer.begin_object();
            write_identifier(writer, metafield.identifier);
            writer.field("value", metafield.value).end_object();
        }
        writer.end_array();
    });
}

Secret delete_metafield_body(const MetafieldKey& key) {
    return identifier_body(delete_metafield_query, key);
}

}  // namespace latchkey::client
