// The life of tokens as a partner's server sees it: refresh, a lost answer, revocation,
// introspection, and the same as mutations in `unstable`.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text/text.hpp"
#include "database/run_write.hpp"
#include "testing/transcript.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::testing {
namespace {

constexpr audit::Context by_operator{audit::Actor::known_operator("test"), "", "cli"};

class TokenLife : public ::testing::Test {
protected:
    TokenLife()
        : flow(server),
          app(server.create_app("email profile")),
          user(server.create_user("ada@example.com")) {
        flow.let("basic", to_base64(as_bytes(app.client_id + ":" + app.client_secret)));
        flow.let("clientId", app.client_id);
        const tokens::ConsentGrant grant{*ClientId::from_text(app.client_id), user,
                                         *contract_scopes().parse("email profile"), "cli"};
        const auto token = database::run_write(server.world().database(), [&](auto& tx) {
            return tokens::issue_support_consent_token(server.world().act(by_operator), tx, grant,
                                                       Seconds(300));
        });
        flow.let("consent", token ? std::string(token->reveal()) : token.error().detail);
    }

    /// The exchange under an Idempotency-Key, as {{access}} and {{refresh}}.
    void exchange(const std::string& access, const std::string& refresh) {
        flow.exchange(R"(POST /api/latest/partners/graphql.json HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/json
Idempotency-Key: "one exchange"

{"query":"mutation($t:String){fetchTokensForUser(consentToken:$t){publicId accessToken refreshToken userErrors{code}}}","variables":{"t":"{{consent}}"}})",
                      R"(HTTP/1.1 200 OK
Content-Type: application/json; charset=utf-8

{"data":{"fetchTokensForUser":{"publicId":"{{)" +
                          access + R"(Id}}","accessToken":"{{)" + access +
                          R"(}}","refreshToken":"{{)" + refresh + R"(}}","userErrors":[]}}})");
    }
    void introspects_as_dead(const std::string& token) {
        flow.exchange(R"(POST /oauth/introspect HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/x-www-form-urlencoded

token={{)" + token + R"(}})",
                      R"(HTTP/1.1 200 OK
Content-Type: application/json; charset=utf-8
Cache-Control: no-store

{"active":false})");
    }

    TestServer server;
    Transcript flow;
    TestServer::App app;
    UserId user;
};

TEST_F(TokenLife, AnExchangeWhoseAnswerWasLostIsRepeatedAnHourLater) {
    exchange("access", "refresh");
    server.clock().advance(Seconds(3600));
    exchange("access2", "refresh2");
    EXPECT_EQ(flow.value("access"), flow.value("access2"));
    EXPECT_EQ(flow.value("refresh"), flow.value("refresh2"));
}

TEST_F(TokenLife, AnIdempotencyKeyWithAnotherRequestIsAClearError) {
    exchange("access", "refresh");
    flow.exchange(R"(POST /api/latest/partners/graphql.json HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/json
Idempotency-Key: "one exchange"

{"query":"mutation($i:String){fetchTokensForUser(publicId:$i){publicId}}","variables":{"i":"{{accessId}}"}})",
                  R"(HTTP/1.1 200 OK

{"data":{"fetchTokensForUser":null},"errors":[{"message":"This Idempotency-Key was used for another request","locations":[{"line":1,"column":21}],"path":["fetchTokensForUser"],"extensions":{"code":"CONFLICT"}}]})");
}

TEST_F(TokenLife, OfTwoIdempotencyKeysNeitherIsTakenAndNothingIsUsedUp) {
    flow.exchange(R"(POST /api/latest/partners/graphql.json HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/json
Idempotency-Key: "one exchange"
Idempotency-Key: "another"

{"query":"mutation($t:String){fetchTokensForUser(consentToken:$t){publicId}}","variables":{"t":"{{consent}}"}})",
                  R"(HTTP/1.1 200 OK

{"data":{"fetchTokensForUser":null},"errors":[{"message":"Idempotency-Key is sent once, and is 1 to 255 printable ASCII characters","locations":[{"line":1,"column":21}],"path":["fetchTokensForUser"],"extensions":{"code":"BAD_USER_INPUT"}}]})");
    exchange("access", "refresh");
}

TEST_F(TokenLife, ARevokedSessionIsDeadAtTheNextRequest) {
    exchange("access", "refresh");
    flow.exchange(R"(POST /oauth/introspect HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/x-www-form-urlencoded

token={{access}})",
                  R"(HTTP/1.1 200 OK

{"active":true,"scope":"email profile","client_id":"{{clientId}}","token_type":"Bearer","sub":"{{accessId}}","iat":1767225600,"exp":1767229200})");
    flow.exchange(R"(POST /oauth/revoke HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/x-www-form-urlencoded

token={{refresh}})",
                  R"(HTTP/1.1 200 OK

{})");
    introspects_as_dead("access");
    introspects_as_dead("refresh");
    flow.exchange(R"(POST /api/latest/users/graphql.json HTTP/1.1
Authorization: Bearer {{access}}
Content-Type: application/json

{"query":"{user{sub}}"})",
                  R"(HTTP/1.1 401 Unauthorized

{"errors":[{"message":"The access token is not valid","extensions":{"code":"UNAUTHORIZED"}}]})");
}

TEST_F(TokenLife, UnstableRefreshesAndRevokesByMutation) {
    exchange("access", "refresh");
    flow.exchange(R"(POST /api/unstable/partners/graphql.json HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/json

{"query":"mutation($t:String!){refreshTokens(refreshToken:$t,scope:\"email\"){accessToken expiresIn refreshToken scope tokenType userErrors{code field message}}}","variables":{"t":"{{refresh}}"}})",
                  R"(HTTP/1.1 200 OK

{"data":{"refreshTokens":{"accessToken":"{{access3}}","expiresIn":3600,"refreshToken":"{{refresh3}}","scope":"email","tokenType":"Bearer","userErrors":[]}}})");
    flow.exchange(R"(POST /api/unstable/partners/graphql.json HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/json

{"query":"mutation($t:String!){refreshTokens(refreshToken:$t,scope:\"phone\"){accessToken userErrors{code field}}}","variables":{"t":"{{refresh3}}"}})",
                  R"(HTTP/1.1 200 OK

{"data":{"refreshTokens":{"accessToken":null,"userErrors":[{"code":"INVALID_SCOPE","field":["scope"]}]}}})");
    flow.exchange(R"(POST /api/unstable/partners/graphql.json HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/json

{"query":"mutation($i:String!){a:revokeConnection(publicId:$i){revoked userErrors{code}} b:revokeConnection(publicId:$i){revoked} c:revokeConnection(publicId:\"x\"){revoked userErrors{code field}}}","variables":{"i":"{{accessId}}"}})",
                  R"(HTTP/1.1 200 OK

{"data":{"a":{"revoked":true,"userErrors":[]},"b":{"revoked":false},"c":{"revoked":null,"userErrors":[{"code":"NO_USER","field":["publicId"]}]}}})");
    flow.exchange(R"(POST /api/unstable/partners/graphql.json HTTP/1.1
Authorization: Basic {{basic}}
Content-Type: application/json

{"query":"mutation($t:String!){refreshTokens(refreshToken:$t){userErrors{code field}}}","variables":{"t":"{{refresh3}}"}})",
                  R"(HTTP/1.1 200 OK

{"data":{"refreshTokens":{"userErrors":[{"code":"INVALID_TOKEN","field":["refreshToken"]}]}}})");
}

TEST_F(TokenLife, LatestKnowsNoneOfOurExtensions) {
    const std::string body = R"({"query":"mutation{refreshTokens(refreshToken:\"x\"){scope}}"})";
    const std::string answer = server.send(
        "POST /api/latest/partners/graphql.json HTTP/1.1\r\nHost: x\r\nAuthorization: Basic " +
        flow.value("basic") + "\r\nContent-Type: application/json\r\nContent-Length: " +
        std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_THAT(answer, ::testing::HasSubstr("refreshTokens"));
    EXPECT_THAT(answer, ::testing::HasSubstr("\"errors\""));
    EXPECT_THAT(answer, ::testing::Not(::testing::HasSubstr("\"data\"")));
}

}  // namespace
}  // namespace latchkey::testing
