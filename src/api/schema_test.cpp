#include <gmock/gmock.h>

#include <algorithm>

#include "api/errors.hpp"
#include "api/world_test.hpp"
#include "embedded/api_sdl.hpp"

namespace latchkey::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ApiSchema, BuildsForEveryVersionWithAResolverForEveryField) {
    for (const Version version : versions) {
        const auto partners = partners::make_engine(version, {});
        EXPECT_TRUE(partners) << partners.error().detail;
        const auto users = users::make_engine(version, {});
        EXPECT_TRUE(users) << users.error().detail;
    }
}

using ApiIntrospection = ApiTest;

constexpr std::string_view describe_everything = R"({ __schema {
    description
    types { name description
        fields { name description args { name description } }
        inputFields { name description }
        enumValues { name description } } } })";

/// Finds things of ours that have a name but no description.
void expect_descriptions(const json::Value& value, const std::string& path) {
    if (const json::Array* array = value.array()) {
        for (const json::Value& item : *array) expect_descriptions(item, path);
        return;
    }
    if (value.object() == nullptr) return;
    const json::Value* name = value.find("name");
    std::string below = path;
    if (name != nullptr && name->string() != nullptr) below += "." + *name->string();
    if (below.starts_with(".__")) return;
    if (const json::Value* description = value.find("description")) {
        EXPECT_TRUE(description->string() != nullptr && !description->string()->empty()) << below;
    }
    for (const auto& [member, inner] : *value.object()) expect_descriptions(inner, below);
}

TEST_F(ApiIntrospection, DescribesEveryTypeFieldArgumentAndValue) {
    const auto app = make_app(every_scope);
    const auto token = connect(app.record, make_user(ada_), every_scope);
    for (const std::string& answer :
         {ask_partners(app.record, describe_everything), ask_users(token, describe_everything)}) {
        EXPECT_THAT(answer, Not(HasSubstr("\"errors\"")));
        const auto document = must(json::parse(answer));
        expect_descriptions(*document.find("data"), "");
    }
}

struct SignatureRow {
    std::string_view type;
    std::string_view field;
    std::string_view wire;  // its type
};

// The contract, sections 2.1 and 3.1.
constexpr SignatureRow partners_signatures[] = {
    {"Query", "metafieldDefinition", "MetafieldDefinition"},
    {"Query", "metafieldDefinitions", "MetafieldDefinitionConnection!"},
    {"Mutation", "fetchTokensForUser", "FetchTokensForUserPayload"},
    {"Mutation", "fetchCustomDataTokenForUser", "FetchCustomDataTokenForUserPayload"},
    {"Mutation", "metafieldAccessGrant", "MetafieldAccessGrantPayload"},
    {"Mutation", "metafieldAccessRevoke", "MetafieldAccessRevokePayload"},
    {"Mutation", "metafieldDefinitionCreate", "MetafieldDefinitionCreatePayload"},
    {"Mutation", "metafieldDefinitionDelete", "MetafieldDefinitionDeletePayload"},
    {"Mutation", "metafieldDefinitionUpdate", "MetafieldDefinitionUpdatePayload"},
    {"Mutation", "metafieldNamespaceCreate", "MetafieldNamespaceCreatePayload"},
    {"Mutation", "metafieldNamespaceDelete", "MetafieldNamespaceDeletePayload"},
    {"Mutation", "metafieldNamespaceUpdate", "MetafieldNamespaceUpdatePayload"},
    {"Mutation", "standardMetafieldDefinitionEnable", "StandardMetafieldDefinitionEnablePayload"},
    {"FetchCustomDataTokenForUserPayload", "accessToken", "String"},
    {"FetchCustomDataTokenForUserPayload", "expiresIn", "Int"},
    {"FetchCustomDataTokenForUserPayload", "refreshToken", "String"},
    {"FetchCustomDataTokenForUserPayload", "tokenType", "String"},
    {"FetchCustomDataTokenForUserPayload", "userErrors", "[UserError!]!"},
    {"MetafieldAccessGrantPayload", "userErrors", "[UserError!]!"},
    {"MetafieldAccessRevokePayload", "userErrors", "[UserError!]!"},
    {"MetafieldDefinitionUpdatePayload", "updatedDefinition", "MetafieldDefinition"},
    {"MetafieldDefinitionDeletePayload", "deletedDefinition", "MetafieldDefinition"},
    {"MetafieldNamespaceCreatePayload", "createdNamespace", "MetafieldNamespace"},
    {"MetafieldNamespaceUpdatePayload", "updatedNamespace", "MetafieldNamespace"},
    {"MetafieldNamespaceDeletePayload", "deletedNamespace", "MetafieldNamespace"},
    {"MetafieldNamespace", "access", "CustomDataAccessType"},
    {"MetafieldNamespace", "key", "String!"},
    {"MetafieldNamespace", "namespace", "String"},
    {"MetafieldNamespace", "uuid", "ID!"},
    {"CustomDataAccessType", "default", "CustomDataAccessPermissionType"},
    {"CustomDataAccessType", "grants", "[CustomDataAccessGrantType!]"},
    {"CustomDataAbsoluteAccessGrantType", "granteeId", "String!"},
    {"CustomDataRelativeAccessGrantType", "grantee", "String!"},
    {"CustomDataRoleBasedAccessGrantType", "role", "String!"},
    {"FetchTokensForUserPayload", "accessToken", "String"},
    {"FetchTokensForUserPayload", "expiresIn", "Int"},
    {"FetchTokensForUserPayload", "publicId", "String"},
    {"FetchTokensForUserPayload", "refreshToken", "String"},
    {"FetchTokensForUserPayload", "scope", "String"},
    {"FetchTokensForUserPayload", "tokenType", "String"},
    {"FetchTokensForUserPayload", "user", "User"},
    {"FetchTokensForUserPayload", "userErrors", "[FetchTokensForUserUserError!]!"},
    {"FetchTokensForUserUserError", "code", "FetchTokensForUserUserErrorErrorCode!"},
    {"FetchTokensForUserUserError", "field", "[String!]!"},
    {"FetchTokensForUserUserError", "message", "String!"},
    {"MetafieldDefinition", "access", "CustomDataAccessType"},
    {"MetafieldDefinition", "description", "String"},
    {"MetafieldDefinition", "key", "String!"},
    {"MetafieldDefinition", "name", "String"},
    {"MetafieldDefinition", "namespace", "String"},
    {"MetafieldDefinition", "type", "MetafieldDefinitionType!"},
    {"MetafieldDefinition", "uuid", "ID!"},
    {"MetafieldDefinition", "validations", "[CustomDataMetafieldDefinitionValidationType!]"},
    {"MetafieldDefinitionCreatePayload", "createdDefinition", "MetafieldDefinition"},
    {"MetafieldDefinitionCreatePayload", "userErrors", "[UserError!]!"},
    {"UserError", "field", "[String!]!"},
    {"UserError", "message", "String!"},
    {"User", "avatar", "String"},
    {"User", "email", "String"},
    {"User", "emailVerified", "Boolean"},
    {"User", "familyName", "String"},
    {"User", "givenName", "String"},
    {"User", "name", "String"},
    {"User", "phone", "String"},
    {"User", "phoneVerified", "Boolean"},
    {"User", "sub", "String"},
};
constexpr SignatureRow users_signatures[] = {
    {"Query", "user", "User!"},
    {"Query", "metafield", "Metafield"},
    {"Query", "metafields", "MetafieldConnection!"},
    {"Mutation", "metafieldDelete", "MetafieldDeletePayload"},
    {"Mutation", "metafieldsSet", "MetafieldsSetPayload"},
    {"Metafield", "definition", "MetafieldDefinition!"},
    {"Metafield", "ownerId", "String!"},
    {"Metafield", "ownerType", "CustomDataOwnerType!"},
    {"Metafield", "value", "String!"},
    {"MetafieldsSetPayload", "metafields", "[Metafield!]"},
    {"MetafieldsSetPayload", "userErrors", "[UserError!]!"},
    {"MetafieldDeletePayload", "deletedMetafield", "Metafield"},
    {"MetafieldConnection", "edges", "[MetafieldEdge!]!"},
    {"MetafieldConnection", "nodes", "[Metafield!]!"},
    {"MetafieldConnection", "pageInfo", "PageInfo!"},
    {"PageInfo", "endCursor", "String"},
    {"PageInfo", "hasNextPage", "Boolean!"},
    {"PageInfo", "hasPreviousPage", "Boolean!"},
    {"PageInfo", "startCursor", "String"},
};

std::string wire_type(const json::Value& type) {
    const std::string& kind = *type.find("kind")->string();
    if (kind == "NON_NULL") return wire_type(*type.find("ofType")) + "!";
    if (kind == "LIST") return "[" + wire_type(*type.find("ofType")) + "]";
    return *type.find("name")->string();
}

const json::Value* find_named(const json::Value& list, std::string_view name) {
    if (list.array() == nullptr) return nullptr;
    const auto found = std::ranges::find_if(*list.array(), [&](const json::Value& item) {
        return *item.find("name")->string() == name;
    });
    return found == list.array()->end() ? nullptr : &*found;
}

void expect_signatures(const std::string& answer, std::span<const SignatureRow> rows) {
    const auto document = must(json::parse(answer));
    const json::Value& types = *document.find("data")->find("__schema")->find("types");
    for (const SignatureRow& row : rows) {
        SCOPED_TRACE(std::string(row.type) + "." + std::string(row.field));
        const json::Value* type = find_named(types, row.type);
        ASSERT_NE(type, nullptr);
        const json::Value* field = find_named(*type->find("fields"), row.field);
        ASSERT_NE(field, nullptr);
        EXPECT_EQ(wire_type(*field->find("type")), row.wire);
    }
}

TEST_F(ApiIntrospection, ShowsTheNamesAndTypesOfTheContract) {
    constexpr std::string_view query = R"({ __schema { types { name fields { name
        type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } })";
    const auto app = make_app(every_scope);
    expect_signatures(ask_partners(app.record, query), partners_signatures);
    const auto token = connect(app.record, make_user(ada_), every_scope);
    expect_signatures(ask_users(token, query), users_signatures);
}

TEST(ApiVersion, IsLatestOrUnstable) {
    EXPECT_EQ(find_version("latest"), Version::latest);
    EXPECT_EQ(find_version("unstable"), Version::unstable);
    for (const std::string_view unknown : {"", "Latest", "2026-01", "latest "}) {
        EXPECT_EQ(find_version(unknown), std::nullopt);
    }
}

TEST(ApiErrors, NameTheirCodes) {
    EXPECT_EQ(graphql_error_code(ErrorCode::unauthenticated), "UNAUTHORIZED");
    EXPECT_EQ(graphql_error_code(ErrorCode::invalid_argument), "BAD_USER_INPUT");
    EXPECT_EQ(graphql_error_code(ErrorCode::storage_failed), "INTERNAL_SERVER_ERROR");
    EXPECT_EQ(graphql_error_code(ErrorCode::unavailable), "SERVICE_UNAVAILABLE");
    EXPECT_EQ(graphql_error_code(ErrorCode::rate_limited), "THROTTLED");
}

}  // namespace
}  // namespace latchkey::api
