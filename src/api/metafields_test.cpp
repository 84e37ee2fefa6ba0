// Metafields as partners see them: definitions, values, sharing and what `unstable` adds, through
// the real engines. What the domain decides is tested in metafields/.

#include <gmock/gmock.h>

#include "api/world_test.hpp"
#include "store/client_roles.hpp"
#include "store/connections.hpp"
#include "testing/transactions.hpp"

namespace latchkey::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr ScopeSet partner_scopes(0x1FFU | static_cast<std::uint32_t>(Scope::share_metafield) |
                                  static_cast<std::uint32_t>(Scope::metafield_namespace));

class MetafieldsApi : public ApiTest {
protected:
    std::string define(const ClientRecord& app, std::string_view key, std::string_view type,
                       std::string_view more = "") {
        return ask_partners(
            app, "mutation { metafieldDefinitionCreate(definition: {key: \"" + std::string(key) +
                     "\", name: \"N\", description: \"D\", type: \"" + std::string(type) + "\" " +
                     std::string(more) +
                     "}) { createdDefinition { namespace key type { name category } }"
                     " userErrors { field message } } }");
    }
    std::string set(std::string_view token, std::string_view items) {
        return ask_users(token, "mutation { metafieldsSet(metafields: [" + std::string(items) +
                                    "]) { metafields { value } userErrors { field message } } }");
    }

    ClientRecord app_ = make_app(partner_scopes).record;
    ClientRecord other_ = make_app(partner_scopes).record;
    UserId user_ = make_user(ada_);
    std::string token_ = connect(app_, user_, every_scope);
    std::string other_token_ = connect(other_, user_, every_scope);
};

TEST_F(MetafieldsApi, AnswersTheSeedGuidesQueries) {
    EXPECT_EQ(define(app_, "my-membership", "single_line_text_field"),
              R"({"data":{"metafieldDefinitionCreate":{"createdDefinition":{"namespace":"app--)" +
                  app_.id.text() +
                  R"(","key":"my-membership","type":{"name":"single_line_text_field",)"
                  R"("category":"TEXT"}},"userErrors":[]}}})");
    EXPECT_EQ(set(token_, R"({identifier: {key: "my-membership"}, value: "gold"})"),
              R"({"data":{"metafieldsSet":{"metafields":[{"value":"gold"}],"userErrors":[]}}})");
    EXPECT_EQ(ask_users(token_, R"(query UserMembership {
metafield(identifier: {key: "my-membership"}) {
value
}
})"),
              R"({"data":{"metafield":{"value":"gold"}}})");
    EXPECT_EQ(ask_users(token_, R"(query UserMetafields {
metafields(first: 10) {
nodes {
definition {
namespace
key
}
value
}
}
})"),
              R"({"data":{"metafields":{"nodes":[{"definition":{"namespace":"app--)" +
                  app_.id.text() + R"(","key":"my-membership"},"value":"gold"}]}}})");
    // Nothing of it for another app on the same person.
    EXPECT_EQ(ask_users(other_token_, "{ metafields(first: 10) { nodes { value } } }"),
              R"({"data":{"metafields":{"nodes":[]}}})");
}

TEST_F(MetafieldsApi, NamesWhatIsAtFaultByItsPath) {
    define(app_, "score", "number_integer");
    EXPECT_EQ(set(token_, R"({identifier: {key: "score"}, value: "1"},
                             {identifier: {key: "none"}, value: "1"},
                             {identifier: {key: "score", namespace: "loyalty"}, value: "x"})"),
              R"({"data":{"metafieldsSet":{"metafields":null,"userErrors":[)"
              R"({"field":["metafields","1","identifier","key"],"message":"There is no metafield )"
              R"(definition of this key that your app can use. Create it with the Partners API )"
              R"(first."},{"field":["metafields","2","identifier","namespace"],"message":"There )"
              R"(is no namespace of this name that your app can use."}]}}})");
    EXPECT_THAT(set(token_, R"({identifier: {key: "score"}, value: "many"})"),
                HasSubstr(R"("field":["metafields","0","value"])"));
    EXPECT_THAT(define(app_, "x", "number_integer"), HasSubstr(R"("field":["definition","key"])"));
    EXPECT_THAT(
        define(app_, "rated", "number_integer", R"(validations: [{name: "min", value: "x"}])"),
        HasSubstr(R"("field":["definition","validations","0","value"])"));
    EXPECT_THAT(ask_users(token_,
                          "mutation { metafieldDelete(identifier: {key: \"none\"}) "
                          "{ deletedMetafield { value } userErrors { field } } }"),
                HasSubstr(R"("userErrors":[{"field":["identifier","key"]}])"));
}

TEST_F(MetafieldsApi, ChangesAndDeletesDefinitions) {
    define(app_, "score", "number_integer");
    set(token_, R"({identifier: {key: "score"}, value: "1"})");
    EXPECT_EQ(ask_partners(app_, R"(mutation { metafieldDefinitionUpdate(definition: {
                  identifier: {key: "score"}, key: "points", name: "Points",
                  validations: [{name: "max", value: "10"}]}) {
                  updatedDefinition { key name validations { name value } }
                  userErrors { message } } })"),
              R"({"data":{"metafieldDefinitionUpdate":{"updatedDefinition":{"key":"points",)"
              R"("name":"Points","validations":[{"name":"max","value":"10"}]},"userErrors":[]}}})");
    EXPECT_THAT(set(token_, R"({identifier: {key: "points"}, value: "11"})"),
                HasSubstr("at most 10"));
    EXPECT_EQ(
        ask_partners(app_, R"(mutation { metafieldDefinitionDelete(identifier: {key: "points"})
                  { deletedDefinition { key } userErrors { message } } })"),
        R"({"data":{"metafieldDefinitionDelete":{"deletedDefinition":{"key":"points"},)"
        R"("userErrors":[]}}})");
    EXPECT_EQ(ask_users(token_, "{ metafields { nodes { value } } }"),
              R"({"data":{"metafields":{"nodes":[]}}})");
    EXPECT_EQ(ask_partners(app_, R"({ metafieldDefinition(identifier: {key: "points"}) { key } })"),
              R"({"data":{"metafieldDefinition":null}})");
}

TEST_F(MetafieldsApi, SharesThroughAllThreeKindsOfGrantee) {
    define(app_, "score", "number_integer");
    {
        auto tx = must(testing::begin_write(*database_));
        must(store::add_role_member(*tx, {other_.realm_id, "partners", other_.id, clock_.now()}));
        must(tx->commit());
    }
    EXPECT_EQ(ask_partners(app_, R"(mutation { metafieldNamespaceCreate(namespace: {
                  key: "loyalty", name: "Loyalty", description: ""}) {
                  createdNamespace { key namespace access { default } } userErrors { message } } })"),
              R"({"data":{"metafieldNamespaceCreate":{"createdNamespace":{"key":"loyalty",)"
              R"("namespace":null,"access":{"default":null}},"userErrors":[]}}})");
    EXPECT_EQ(ask_partners(app_, R"(mutation($app: String!) { metafieldAccessGrant(
                  identifier: {key: "score"},
                  access: {default: READ, grants: [{granteeId: $app, grant: READ_WRITE},
                      {role: "partners", grant: READ}, {grantee: "loyalty", grant: ADMIN}]})
                  { userErrors { field message } } })",
                           R"({"app":"gid://shopify/Client/)" + other_.id.text() + "\"}"),
              R"({"data":{"metafieldAccessGrant":{"userErrors":[]}}})");
    const std::string access = R"({ metafieldDefinition(identifier: {key: "score"}) { access {
        default grants { __typename
            ... on CustomDataAbsoluteAccessGrantType { grant granteeId }
            ... on CustomDataRelativeAccessGrantType { grant grantee }
            ... on CustomDataRoleBasedAccessGrantType { grant role } } } } })";
    EXPECT_EQ(ask_partners(app_, access),
              R"({"data":{"metafieldDefinition":{"access":{"default":"READ","grants":[)"
              R"({"__typename":"CustomDataAbsoluteAccessGrantType","grant":"WRITE",)"
              R"("granteeId":"gid://shopify/Client/)" +
                  other_.id.text() +
                  R"("},{"__typename":"CustomDataRelativeAccessGrantType","grant":"ADMIN",)"
                  R"("grantee":"loyalty"},{"__typename":"CustomDataRoleBasedAccessGrantType",)"
                  R"("grant":"READ","role":"partners"}]}}}})");
    const std::string name_space = "app--" + app_.id.text();
    EXPECT_EQ(set(other_token_, R"({identifier: {key: "score", namespace: ")" + name_space +
                                    R"("}, value: "7"})"),
              R"({"data":{"metafieldsSet":{"metafields":[{"value":"7"}],"userErrors":[]}}})");
    EXPECT_EQ(ask_users(token_, R"({ metafield(identifier: {key: "score"}) { value } })"),
              R"({"data":{"metafield":{"value":"7"}}})");
    // Who else can use it is for those with ADMIN.
    EXPECT_EQ(ask_users(other_token_,
                        "{ metafields { nodes { value definition { access "
                        "{ default } } } } }"),
              R"({"data":{"metafields":{"nodes":[{"value":"7","definition":{"access":null}}]}}})");
    EXPECT_EQ(ask_partners(app_, R"(mutation($app: String!) { metafieldAccessRevoke(
                  identifier: {key: "score"}, targets: [{granteeId: $app}, {role: "nobody"}])
                  { userErrors { field } } })",
                           R"({"app":"gid://shopify/Client/)" + other_.id.text() + "\"}"),
              R"({"data":{"metafieldAccessRevoke":{"userErrors":[{"field":["targets","1",)"
              R"("role"]}]}}})");
}

TEST_F(MetafieldsApi, AsksForTheScopesOfSharing) {
    const ClientRecord plain = make_app(every_scope).record;
    define(plain, "score", "number_integer");
    const std::string answer = ask_partners(plain, R"(mutation { metafieldAccessGrant(
        identifier: {key: "score"}, access: {default: READ}) { userErrors { field } } })");
    EXPECT_THAT(answer, HasSubstr("share_metafield"));
    EXPECT_THAT(answer, HasSubstr(R"("code":"ACCESS_DENIED")"));
    EXPECT_THAT(ask_partners(plain, R"(mutation { metafieldNamespaceCreate(namespace: {
        key: "loyalty", name: "N", description: ""}) { userErrors { field } } })"),
                HasSubstr("metafield_namespace"));
}

TEST_F(MetafieldsApi, AnswersStandardDefinitionsWithAUserError) {
    EXPECT_EQ(ask_partners(app_, R"(mutation { standardMetafieldDefinitionEnable(
                  key: "a", namespace: "b") { userErrors { field message } } })"),
              R"({"data":{"standardMetafieldDefinitionEnable":{"userErrors":[{"field":["key"],)"
              R"("message":"This server offers no standard metafield definitions."}]}}})");
}

TEST_F(MetafieldsApi, GivesCustomDataTokensForConnectedPeopleOnly) {
    const auto fetch = [this](const ClientRecord& app, std::string_view email) {
        return ask_partners(app, R"(mutation($email: String!) { fetchCustomDataTokenForUser(
            email: $email) { accessToken refreshToken expiresIn tokenType
            userErrors { field message } } })",
                            R"({"email":")" + std::string(email) + "\"}");
    };
    define(app_, "score", "number_integer");
    set(token_, R"({identifier: {key: "score"}, value: "7"})");
    const auto document = must(json::parse(fetch(app_, "Ada@Example.com")));
    const json::Value& payload = *document.find("data")->find("fetchCustomDataTokenForUser");
    EXPECT_EQ(*payload.find("tokenType")->string(), "Bearer");
    EXPECT_EQ(*payload.find("expiresIn")->integer(), 3600);
    const std::string token = *payload.find("accessToken")->string();
    EXPECT_EQ(ask_users(token, R"({ metafield(identifier: {key: "score"}) { value }
                                    user { sub email name phone } })"),
              R"({"data":{"metafield":{"value":"7"},"user":{"sub":")" + public_id(app_, user_) +
                  R"(","email":null,"name":null,"phone":null}}})");

    make_user("grace@example.com");  // a user, connected to nobody
    const ClientRecord stranger = make_app(partner_scopes).record;
    const std::string refused =
        R"({"data":{"fetchCustomDataTokenForUser":{"accessToken":null,"refreshToken":null,)"
        R"("expiresIn":null,"tokenType":null,"userErrors":[{"field":["email"],"message":)"
        R"("No user of this address is connected to your app."}]}}})";
    EXPECT_EQ(fetch(stranger, "ada@example.com"), refused);
    EXPECT_EQ(fetch(app_, "grace@example.com"), refused);
    EXPECT_EQ(fetch(app_, "nobody@example.com"), refused);
    EXPECT_EQ(fetch(app_, "no address"), refused);
    EXPECT_EQ(fetch(app_, ""), refused);
    {
        auto tx = must(testing::begin_write(*database_));
        must(store::revoke_connection(*tx, user_, app_.id, clock_.now()));
        must(tx->commit());
    }
    EXPECT_EQ(fetch(app_, "ada@example.com"), refused);
}

class UnstableMetafields : public MetafieldsApi {
protected:
    UnstableMetafields() { version_ = Version::unstable; }

    std::string set_if(std::string_view value, std::string_view digest) {
        return set(token_, R"({identifier: {key: "score"}, compareDigest: )" + std::string(digest) +
                               R"(, value: ")" + std::string(value) + "\"}");
    }
};

TEST_F(UnstableMetafields, CompareAndSet) {
    define(app_, "score", "number_integer");
    const std::string done = R"("userErrors":[])";
    EXPECT_THAT(set_if("1", "\"00\""), HasSubstr(R"(["metafields","0","compareDigest"])"));
    EXPECT_THAT(set_if("1", "null"), HasSubstr(done));
    EXPECT_THAT(set_if("2", "null"), HasSubstr(R"(["metafields","0","compareDigest"])"));
    const auto answer = must(json::parse(
        ask_users(token_, R"({ metafield(identifier: {key: "score"}) { compareDigest } })")));
    const std::string digest =
        *answer.find("data")->find("metafield")->find("compareDigest")->string();
    EXPECT_THAT(set_if("2", "\"" + digest + "\""), HasSubstr(done));
    EXPECT_THAT(set_if("3", "\"" + digest + "\""), Not(HasSubstr(done)));
    EXPECT_EQ(ask_users(token_, R"({ metafield(identifier: {key: "score"}) { value } })"),
              R"({"data":{"metafield":{"value":"2"}}})");
}

TEST_F(UnstableMetafields, ShowTimesAndValuesAsJson) {
    const struct {
        std::string_view type;
        std::string_view value;  // a GraphQL string's content
        std::string_view json;
    } rows[] = {
        {"boolean", "true", "true"},
        {"number_integer", "42", "42"},
        {"number_decimal", "10.4", R"("10.4")"},
        {"single_line_text_field", "123", R"("123")"},
        {"date", "2024-02-29", R"("2024-02-29")"},
        {"json", R"({ \"a\": [1] })", R"({"a":[1]})"},
        {"list.number_integer", "[1, 2]", "[1,2]"},
        {"weight", R"({\"value\":1,\"unit\":\"kg\"})", R"({"value":1.0,"unit":"kg"})"},
        {"money", R"({\"amount\":\"1\",\"currency_code\":\"EUR\"})",
         R"({"amount":"1.00","currency_code":"EUR"})"},
        {"rich_text_field", R"({\"type\":\"root\",\"children\":[]})",
         R"({"type":"root","children":[]})"},
    };
    int number = 0;
    for (const auto& row : rows) {
        const std::string key = "key-" + std::to_string(number++);
        define(app_, key, row.type);
        set(token_,
            R"({identifier: {key: ")" + key + R"("}, value: ")" + std::string(row.value) + "\"}");
        EXPECT_EQ(
            ask_users(token_, R"({ metafield(identifier: {key: ")" + key +
                                  R"("}) { jsonValue createdAt updatedAt } })"),
            R"({"data":{"metafield":{"jsonValue":)" + std::string(row.json) +
                R"(,"createdAt":"2027-01-15T08:00:00Z","updatedAt":"2027-01-15T08:00:00Z"}}})")
            << row.type;
    }
}

TEST_F(UnstableMetafields, DeleteSeveralAllOrNone) {
    define(app_, "one", "number_integer");
    define(app_, "two", "number_integer");
    set(token_, R"({identifier: {key: "one"}, value: "1"})");
    const auto remove = [this](std::string_view identifiers) {
        return ask_users(token_, "mutation { metafieldsDelete(identifiers: [" +
                                     std::string(identifiers) +
                                     "]) { deletedMetafields { value } userErrors { field } } }");
    };
    EXPECT_EQ(remove(R"({key: "one"}, {key: "none"})"),
              R"({"data":{"metafieldsDelete":{"deletedMetafields":null,"userErrors":[{"field":)"
              R"(["identifiers","1","key"]}]}}})");
    EXPECT_EQ(remove(R"({key: "two"}, {key: "one"})"),
              R"({"data":{"metafieldsDelete":{"deletedMetafields":[null,{"value":"1"}],)"
              R"("userErrors":[]}}})");
}

TEST_F(MetafieldsApi, HasNoneOfThatInLatest) {
    for (const std::string_view field : {"compareDigest", "createdAt", "updatedAt", "jsonValue"}) {
        EXPECT_THAT(ask_users(token_, "{ metafields { nodes { " + std::string(field) + " } } }"),
                    HasSubstr("errors"));
    }
    EXPECT_THAT(set(token_, R"({identifier: {key: "score"}, compareDigest: null, value: "1"})"),
                HasSubstr("errors"));
}

}  // namespace
}  // namespace latchkey::api
