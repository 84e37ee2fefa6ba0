// The seed guide, step by step, as the partner's server sees it: to the byte where the contract
// says so. The queries are the guide's own, verbatim.

#include <gtest/gtest.h>

#include "base/text/text.hpp"
#include "database/run_write.hpp"
#include "grants/connections.hpp"
#include "json/writer.hpp"
#include "testing/seed_queries.hpp"
#include "testing/transcript.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::testing {
namespace {

constexpr audit::Context by_operator{audit::Actor::known_operator("test"), "", "cli"};

/// A document as the inside of a JSON string.
std::string in_json(std::string_view document) {
    std::string quoted;
    json::append_string(quoted, document);
    return quoted.substr(1, quoted.size() - 2);
}

class Guide : public ::testing::Test {
protected:
    Guide()
        : flow(server),
          app(server.create_app("email profile")),
          user(server.create_user("ada@example.com")) {
        flow.let("basic", to_base64(as_bytes(app.client_id + ":" + app.client_secret)));
        flow.let("consent", issue_consent("email profile"));
        flow.let("fetchTokens", in_json(seed_queries::fetch_tokens_for_user));
        flow.let("currentUser", in_json(seed_queries::current_user));
        flow.let("userMetafields", in_json(seed_queries::user_metafields));
        flow.let("userMembership", in_json(seed_queries::user_membership));
        flow.let("clientId", app.client_id);
    }

    std::string issue_consent(std::string_view scopes) {
        const tokens::ConsentGrant grant{*ClientId::from_text(app.client_id), user,
                                         *contract_scopes().parse(scopes), "cli"};
        const auto token = database::run_write(server.world().database(), [&](auto& tx) {
            return tokens::issue_support_consent_token(server.world().act(by_operator), tx, grant,
                                                       Seconds(300));
        });
        return token ? std::string(token->reveal()) : token.error().detail;
    }

    void exchange_consent() {
        flow.exchange(R"(POST /api/latest/partners/graphql.json HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/json

{"query":"{{fetchTokens}}","variables":{"consentToken":"{{consent}}"}})",
                      R"(HTTP/1.1 200 OK
Content-Type: application/json; charset=utf-8
X-Latchkey-API-Version: latest
X-Request-Id: test-request

{"data":{"fetchTokensForUser":{"publicId":"{{publicId}}","accessToken":"{{accessToken}}","refreshToken":"{{refreshToken}}","expiresIn":3600,"tokenType":"Bearer","scope":"email profile","user":{"sub":"{{sub}}","email":"ada@example.com","emailVerified":true,"givenName":"Ada","familyName":"Lovelace","name":"Ada Lovelace","avatar":null},"userErrors":[]}}})");
        EXPECT_EQ(flow.value("sub"), flow.value("publicId"));
        EXPECT_TRUE(flow.value("accessToken").starts_with("lk_at_"));
        EXPECT_TRUE(flow.value("refreshToken").starts_with("lk_rt_"));
    }

    TestServer server;
    Transcript flow;
    TestServer::App app;
    UserId user;
};

TEST_F(Guide, AConsentTokenBecomesTokensAndTheTokenReadsTheUser) {
    exchange_consent();
    flow.exchange(R"(POST /api/latest/users/graphql.json HTTP/1.1
Authorization: Bearer {{accessToken}}
Content-Type: application/json

{"query":"{{currentUser}}"})",
                  R"(HTTP/1.1 200 OK
Content-Type: application/json; charset=utf-8
X-Latchkey-API-Version: latest

{"data":{"user":{"sub":"{{sub2}}","email":"ada@example.com","emailVerified":true,"givenName":"Ada","familyName":"Lovelace","name":"Ada Lovelace","avatar":null}}})");
    EXPECT_EQ(flow.value("sub2"), flow.value("publicId"));
}

TEST_F(Guide, AConsentTokenIsUsedOnceAndItsReplayTellsNothing) {
    exchange_consent();
    flow.exchange(R"(POST /api/partners/graphql.json HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/json

{"query":"mutation($t:String){fetchTokensForUser(consentToken:$t){publicId accessToken refreshToken expiresIn tokenType scope user{sub} userErrors{code field}}}","variables":{"t":"{{consent}}"}})",
                  R"(HTTP/1.1 200 OK

{"data":{"fetchTokensForUser":{"publicId":null,"accessToken":null,"refreshToken":null,"expiresIn":null,"tokenType":null,"scope":null,"user":null,"userErrors":[{"code":"INVALID_TOKEN","field":["consentToken"]}]}}})");
}

TEST_F(Guide, ThePublicIdGivesAFreshTokenLater) {
    exchange_consent();
    server.clock().advance(Seconds(7200));
    flow.exchange(R"(POST /api/unstable/partners/graphql.json HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/json

{"query":"{{fetchTokens}}","variables":{"publicId":"{{publicId}}"}})",
                  R"(HTTP/1.1 200 OK
X-Latchkey-API-Version: unstable

{"data":{"fetchTokensForUser":{"publicId":"{{again}}","accessToken":"{{access2}}","refreshToken":"{{refresh2}}","expiresIn":3600,"tokenType":"Bearer","scope":"email profile","user":{"sub":"{{again}}","email":"ada@example.com","emailVerified":true,"givenName":"Ada","familyName":"Lovelace","name":"Ada Lovelace","avatar":null},"userErrors":[]}}})");
    EXPECT_EQ(flow.value("again"), flow.value("publicId"));
    // The first access token is two hours old by now.
    flow.exchange(R"(POST /api/users/graphql.json HTTP/1.1
Authorization: Bearer {{accessToken}}
Content-Type: application/json

{"query":"{user{sub}}"})",
                  R"(HTTP/1.1 401 Unauthorized
Content-Type: application/json; charset=utf-8

{"errors":[{"message":"{{why}}","extensions":{"code":"UNAUTHORIZED"}}]})");
}

TEST_F(Guide, MetafieldsAreDefinedSetAndReadBack) {
    exchange_consent();
    flow.exchange(R"(POST /api/latest/partners/graphql.json HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/json

{"query":"mutation{metafieldDefinitionCreate(definition:{key:\"my-membership\",name:\"Membership\",description:\"Level\",type:\"single_line_text_field\"}){createdDefinition{key type{name category}} userErrors{field message}}}"})",
                  R"(HTTP/1.1 200 OK

{"data":{"metafieldDefinitionCreate":{"createdDefinition":{"key":"my-membership","type":{"name":"single_line_text_field","category":"TEXT"}},"userErrors":[]}}})");
    flow.exchange(R"(POST /api/latest/users/graphql.json HTTP/1.1
Authorization: Bearer {{accessToken}}
Content-Type: application/json

{"query":"mutation{metafieldsSet(metafields:[{identifier:{key:\"my-membership\"},value:\"gold\"}]){metafields{value ownerType} userErrors{field message}}}"})",
                  R"(HTTP/1.1 200 OK

{"data":{"metafieldsSet":{"metafields":[{"value":"gold","ownerType":"SHOP_USER"}],"userErrors":[]}}})");
    flow.exchange(R"(POST /api/latest/users/graphql.json HTTP/1.1
Authorization: Bearer {{accessToken}}
Content-Type: application/json

{"query":"{{userMembership}}"})",
                  R"(HTTP/1.1 200 OK

{"data":{"metafield":{"value":"gold"}}})");
    flow.exchange(R"(POST /api/latest/users/graphql.json HTTP/1.1
Authorization: Bearer {{accessToken}}
Content-Type: application/json

{"query":"{{userMetafields}}"})",
                  R"(HTTP/1.1 200 OK

{"data":{"metafields":{"nodes":[{"definition":{"namespace":"app--{{owner}}","key":"my-membership"},"value":"gold"}]}}})");
    EXPECT_EQ(flow.value("owner"), app.client_id);
}

TEST_F(Guide, RefreshingRotatesTheToken) {
    exchange_consent();
    flow.exchange(R"(POST /oauth/token HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/x-www-form-urlencoded

grant_type=refresh_token&refresh_token={{refreshToken}})",
                  R"(HTTP/1.1 200 OK
Content-Type: application/json; charset=utf-8
Cache-Control: no-store

{"access_token":"{{access2}}","token_type":"Bearer","expires_in":3600,"refresh_token":"{{refresh2}}","scope":"email profile"})");
    EXPECT_NE(flow.value("refresh2"), flow.value("refreshToken"));
    flow.exchange(R"(POST /api/users/graphql.json HTTP/1.1
Authorization: Bearer {{access2}}
Content-Type: application/json

{"query":"{user{givenName}}"})",
                  R"(HTTP/1.1 200 OK

{"data":{"user":{"givenName":"Ada"}}})");
}

TEST_F(Guide, ARevocationWorksAtTheNextRequest) {
    exchange_consent();
    const auto revoked = database::run_write(server.world().database(), [&](auto& tx) {
        return grants::revoke_connection(server.world().act(by_operator), tx,
                                         {user, *ClientId::from_text(app.client_id)});
    });
    ASSERT_TRUE(revoked);
    flow.exchange(R"(POST /api/users/graphql.json HTTP/1.1
Authorization: Bearer {{accessToken}}
Content-Type: application/json

{"query":"{user{sub}}"})",
                  R"(HTTP/1.1 401 Unauthorized

{"errors":[{"message":"{{why}}","extensions":{"code":"UNAUTHORIZED"}}]})");
    flow.exchange(R"(POST /api/partners/graphql.json HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/json

{"query":"mutation($p:String){fetchTokensForUser(publicId:$p){accessToken userErrors{code field}}}","variables":{"p":"{{publicId}}"}})",
                  R"(HTTP/1.1 200 OK

{"data":{"fetchTokensForUser":{"accessToken":null,"userErrors":[{"code":"NO_CONSENT","field":["publicId"]}]}}})");
    flow.exchange(R"(POST /oauth/token HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/x-www-form-urlencoded

grant_type=refresh_token&refresh_token={{refreshToken}})",
                  R"(HTTP/1.1 400 Bad Request
Cache-Control: no-store

{"error":"invalid_grant","error_description":"{{why}}"})");
}

}  // namespace
}  // namespace latchkey::testing
