// Revocation, introspection and idempotency at the OAuth endpoints.

#include <string>

#include "endpoints/oauth/introspection.hpp"
#include "endpoints/oauth/revocation.hpp"
#include "endpoints/oauth/token.hpp"
#include "testing/oauth_caller.hpp"

namespace latchkey::endpoints {
namespace {

using testing::DelegationWorld;
using testing::OauthAnswer;
using testing::OauthCaller;

struct OauthTokenLifeTest : ::testing::Test {
    DelegationWorld world;
    grants::Tokens tokens = world.connect();
    std::string basic = OauthCaller::basic_of(world.app);
    OauthContext with = testing::oauth_context(world);
    OauthCaller revoke{*world.database, oauth_revocation(with), "/oauth/revoke", basic};
    OauthCaller introspect{*world.database, oauth_introspection(with), "/oauth/introspect", basic};
    OauthCaller token{*world.database, oauth_token(with), "/oauth/token", basic};
    std::string access_token{tokens.access_token.reveal()};
    std::string refresh_token{tokens.refresh_token.reveal()};

    static void expect_error(const OauthAnswer& answer, int status, const std::string& error) {
        EXPECT_EQ(answer.status, status) << error;
        EXPECT_EQ(answer.text("error"), error);
        EXPECT_NE(answer.text("error_description"), "");
        EXPECT_EQ(answer.headers.at("Cache-Control"), "no-store");
    }
    OauthAnswer refresh(const std::string& value) const {
        return token.post("grant_type=refresh_token&refresh_token=" + value);
    }
};

TEST_F(OauthTokenLifeTest, RevocationAnswers200AndTheTokenStops) {
    const OauthAnswer answer = revoke.post("token=" + refresh_token);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers.at("Cache-Control"), "no-store");
    expect_error(refresh(refresh_token), 400, "invalid_grant");
    EXPECT_EQ(introspect.post("token=" + access_token).json(), R"({"active":false})");
}

TEST_F(OauthTokenLifeTest, RevocationOfNothingIsNoError) {
    for (const char* body : {"token=nonsense", "token=nonsense&token_type_hint=access_token",
                             "token=lk_rt_x&token_type_hint=whatever"}) {
        EXPECT_EQ(revoke.post(body).status, 200) << body;
    }
    EXPECT_EQ(revoke.post("token=" + refresh_token + "&token_type_hint=access_token").status, 200)
        << "a wrong hint changes nothing";
    expect_error(refresh(refresh_token), 400, "invalid_grant");
}

TEST_F(OauthTokenLifeTest, BothAskWhoIsCalling) {
    const auto other = world.make_app("Second app");
    for (OauthCaller* caller : {&revoke, &introspect}) {
        caller->basic.clear();
        expect_error(caller->post("token=" + refresh_token), 401, "invalid_client");
        expect_error(caller->post("token=" + refresh_token + "&client_id=" +
                                  world.app.record.id.text() + "&client_secret=wrong"),
                     401, "invalid_client");
        EXPECT_EQ(caller->post("x=1").headers.count("WWW-Authenticate"), 1U);
        caller->basic = basic;
        expect_error(caller->post(""), 400, "invalid_request");
        expect_error(caller->post("token="), 400, "invalid_request");
        expect_error(caller->post("token=a&token=b"), 400, "invalid_request");
        caller->basic = OauthCaller::basic_of(other);
    }
    // RFC 7009 2.1 informs the other client; RFC 7662 2.2 tells it nothing.
    expect_error(revoke.post("token=" + refresh_token), 400, "invalid_grant");
    EXPECT_EQ(introspect.post("token=" + refresh_token).json(), R"({"active":false})");
    EXPECT_EQ(refresh(refresh_token).status, 200);
}

TEST_F(OauthTokenLifeTest, IntrospectionDescribesAnAccessToken) {
    const OauthAnswer answer = introspect.post("token=" + access_token);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers.at("Cache-Control"), "no-store");
    EXPECT_EQ(*answer.body.find("active")->boolean(), true);
    EXPECT_EQ(answer.text("scope"), "email profile");
    EXPECT_EQ(answer.text("client_id"), world.app.record.id.text());
    EXPECT_EQ(answer.text("token_type"), "Bearer");
    EXPECT_EQ(answer.text("sub"), tokens.public_id);
    EXPECT_EQ(answer.integer("iat"), to_unix(world.now()));
    EXPECT_EQ(answer.integer("exp"), to_unix(world.now()) + 3600);
}

TEST_F(OauthTokenLifeTest, IntrospectionDescribesARefreshToken) {
    const OauthAnswer answer = introspect.post("token=" + refresh_token);
    EXPECT_EQ(*answer.body.find("active")->boolean(), true);
    EXPECT_EQ(answer.text("sub"), tokens.public_id);
    EXPECT_EQ(answer.text("token_type"), "");
    EXPECT_EQ(refresh(refresh_token).status, 200) << "looking used nothing up";
}

TEST_F(OauthTokenLifeTest, ARefreshWithAnIdempotencyKeyIsAnsweredAgain) {
    token.more_headers = {{"Idempotency-Key", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\""}};
    const OauthAnswer first = refresh(refresh_token);
    EXPECT_EQ(first.status, 200);
    world.clock.advance(Seconds(3600));
    EXPECT_EQ(refresh(refresh_token).json(), first.json());
    expect_error(refresh(first.text("refresh_token")), 422, "invalid_request");
    token.more_headers.clear();
    EXPECT_EQ(refresh(first.text("refresh_token")).status, 200) << "nothing was used up";
}

TEST_F(OauthTokenLifeTest, AnIdempotencyKeyThatIsNoneIsRefused) {
    for (const char* key : {"", "\"\"", "\xc3\xa9", "\x7f"}) {
        token.more_headers = {{"Idempotency-Key", key}};
        expect_error(refresh(refresh_token), 400, "invalid_request");
    }
    token.more_headers = {{"Idempotency-Key", "a"}, {"Idempotency-Key", "a"}};
    expect_error(refresh(refresh_token), 400, "invalid_request");
    token.more_headers.clear();
    EXPECT_EQ(refresh(refresh_token).status, 200);
}

}  // namespace
}  // namespace latchkey::endpoints
