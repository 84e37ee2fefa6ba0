#include "endpoints/oauth/token.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "grants/access.hpp"
#include "json/value.hpp"
#include "testing/oauth_caller.hpp"
#include "testing/replies.hpp"

namespace latchkey::endpoints {
namespace {

using testing::DelegationWorld;
using testing::must;

using Answer = testing::OauthAnswer;

struct OauthTokenTest : ::testing::Test {
    DelegationWorld world;
    grants::Tokens tokens = world.connect();
    http::Handler handler = oauth_token(testing::oauth_context(world));
    std::string id = world.app.record.id.text();
    std::string secret{world.app.secret.reveal()};
    std::string good_body = "grant_type=refresh_token&refresh_token=" + refresh_token();
    std::string content_type = "application/x-www-form-urlencoded";
    std::string query;
    int runs_on_the_write_lane = 0;

    [[nodiscard]] std::string refresh_token() const {
        return std::string(tokens.refresh_token.reveal());
    }
    [[nodiscard]] std::string basic() const { return basic(id, secret); }
    [[nodiscard]] static std::string basic(const std::string& user, const std::string& password) {
        return "Basic " + to_base64(as_bytes(user + ":" + password));
    }

    Answer post(const std::string& body, const std::vector<std::string>& authorization) {
        std::vector<http::Header> headers = {{"Content-Type", content_type}};
        for (const auto& value : authorization) headers.push_back({"Authorization", value});
        http::Request request;
        request.method = http::Method::post;
        request.path = "/oauth/token";
        request.query = query;
        request.headers = headers;
        request.body = body;
        request.request_id = "req-1";
        request.peer_address = "192.0.2.7";
        http::Reply reply = handler(request);
        if (std::holds_alternative<http::Write>(reply)) ++runs_on_the_write_lane;
        const http::Response response = testing::finish(std::move(reply), *world.database);
        Answer answer;
        answer.status = response.status;
        for (const auto& [name, value] : response.headers)
            answer.headers[std::string(name)] = value;
        answer.body = must(json::parse(response.body_view()));
        return answer;
    }
    void expect_error(const Answer& answer, int status, const std::string& error) {
        EXPECT_EQ(answer.status, status) << error;
        EXPECT_EQ(answer.text("error"), error);
        EXPECT_NE(answer.text("error_description"), "");
        EXPECT_EQ(answer.headers.at("Cache-Control"), "no-store");
        EXPECT_EQ(answer.headers.at("Pragma"), "no-cache");
        EXPECT_EQ(answer.headers.count("WWW-Authenticate"), status == 401 ? 1U : 0U) << error;
    }
};

TEST_F(OauthTokenTest, RefreshesForAnAppThatAuthenticatesByBasic) {
    const Answer answer = post(good_body, {basic()});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers.at("Cache-Control"), "no-store");
    EXPECT_EQ(answer.headers.at("Pragma"), "no-cache");
    EXPECT_EQ(answer.text("token_type"), "Bearer");
    EXPECT_EQ(answer.text("scope"), "email profile");
    EXPECT_EQ(*answer.body.find("expires_in")->integer(), 3600);
    EXPECT_NE(answer.text("refresh_token"), refresh_token());
    EXPECT_EQ(answer.body.object()->size(), 5U);
    auto tx = must(world.database->read());
    EXPECT_TRUE(
        grants::authorize_access(world.realm, *tx, answer.text("access_token"), world.now()));
    EXPECT_EQ(runs_on_the_write_lane, 1);
}

TEST_F(OauthTokenTest, RefreshesForAnAppThatAuthenticatesByForm) {
    const Answer answer =
        post(good_body + "&client_id=" + id + "&client_secret=" + secret + "&scope=email", {});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.text("scope"), "email");
}

TEST_F(OauthTokenTest, AcceptsTheClientIdBesideBasic) {
    EXPECT_EQ(post(good_body + "&client_id=" + id, {basic()}).status, 200);
}

TEST_F(OauthTokenTest, IgnoresWhatItDoesNotKnowAndWhatIsEmpty) {
    EXPECT_EQ(post(good_body + "&audience=x&scope=", {basic()}).status, 200);
}

TEST_F(OauthTokenTest, RefusesClientsThatPresentNothingUsableWithoutTheStore) {
    const std::string form = good_body + "&client_id=" + id;
    for (const auto& authorization : std::vector<std::vector<std::string>>{
             {},
             {"Basic !!!"},
             {"Basic"},
             {"Bearer " + std::string(tokens.access_token.reveal())},
             {basic(), basic()}}) {
        expect_error(post(good_body, authorization), 401, "invalid_client");
    }
    expect_error(post(form, {}), 401, "invalid_client");
    expect_error(post(form + "&client_secret=", {}), 401, "invalid_client");
    expect_error(post(good_body + "&client_secret=" + secret, {}), 401, "invalid_client");
    EXPECT_EQ(post("x=1", {}).headers.at("WWW-Authenticate"),
              R"(Basic realm="latchkey", charset="UTF-8")");
    // None of that used the token up.
    EXPECT_EQ(runs_on_the_write_lane, 0);
    EXPECT_EQ(post(good_body, {basic()}).status, 200);
}

TEST_F(OauthTokenTest, RefusesClientsThatAreNotAuthenticatedInTheTransactionOfTheirRequest) {
    const std::string form = good_body + "&client_id=" + id;
    const auto other = world.make_app("Second app");
    const std::string other_secret(other.secret.reveal());
    const std::vector<std::string> headers = {basic(id, "wrong"), basic(id, other_secret),
                                              basic("nobody", secret), basic("", "")};
    for (const auto& header : headers) {
        expect_error(post(good_body, {header}), 401, "invalid_client");
    }
    expect_error(post(form + "&client_secret=" + other_secret, {}), 401, "invalid_client");
    EXPECT_EQ(runs_on_the_write_lane, 5);
    // None of that used the token up.
    EXPECT_EQ(post(good_body, {basic()}).status, 200);
}

TEST_F(OauthTokenTest, RefusesAnAppWhoseSecretEndedBetweenParsingAndTheLane) {
    http::Request request;
    const std::string authorization = basic();
    const std::vector<http::Header> headers = {{"Content-Type", content_type},
                                               {"Authorization", authorization}};
    request.method = http::Method::post;
    request.path = "/oauth/token";
    request.headers = headers;
    request.body = good_body;
    http::Reply parsed = handler(request);
    ASSERT_TRUE(std::holds_alternative<http::Write>(parsed));
    must(world.write([&](auto& tx) {
        return clients::rotate_client_secret(world.act(), tx, world.app.record.id, Seconds(0));
    }));
    EXPECT_EQ(testing::finish(std::move(parsed), *world.database).status, 401);
}

TEST_F(OauthTokenTest, RefusesTwoWaysOfAuthenticationAtOnce) {
    const std::string both = good_body + "&client_id=" + id + "&client_secret=" + secret;
    expect_error(post(both, {basic()}), 400, "invalid_request");
    const auto other = world.make_app("Second app");
    expect_error(post(good_body + "&client_id=" + other.record.id.text(), {basic()}), 400,
                 "invalid_request");
}

TEST_F(OauthTokenTest, RefusesWhatIsNoStrictForm) {
    for (const std::string& body :
         {std::string(), std::string("grant_type=refresh_token"),
          "refresh_token=" + refresh_token(), good_body + "&refresh_token=" + refresh_token(),
          good_body + "&grant_type=refresh_token", good_body + "&x=1&x=1", good_body + "&scope=%zz",
          good_body + "&scope=%00", good_body + "&scope=%ff",
          good_body + "&x=" + std::string(10'000, 'x'),
          std::string("grant_type=&refresh_token=")}) {
        expect_error(post(body, {basic()}), 400, "invalid_request");
    }
    query = "x=1";
    expect_error(post(good_body, {basic()}), 400, "invalid_request");
    query.clear();
    content_type = "application/json";
    expect_error(post(R"({"grant_type":"refresh_token"})", {basic()}), 400, "invalid_request");
    EXPECT_EQ(runs_on_the_write_lane, 0);
}

TEST_F(OauthTokenTest, RefusesOtherGrants) {
    for (const char* grant : {"authorization_code", "password", "client_credentials",
                              "REFRESH_TOKEN", "refresh_token%20"}) {
        const std::string body =
            "grant_type=" + std::string(grant) + "&refresh_token=" + refresh_token();
        expect_error(post(body, {basic()}), 400, "unsupported_grant_type");
    }
}

TEST_F(OauthTokenTest, RefusesTokensThatAreNotGood) {
    const auto other = world.make_app("Second app");
    const auto refreshing = [&](const std::string& token) {
        return "grant_type=refresh_token&refresh_token=" + token;
    };
    const std::string other_basic =
        basic(other.record.id.text(), std::string(other.secret.reveal()));
    expect_error(post(good_body, {other_basic}), 400, "invalid_grant");
    expect_error(post(refreshing("nonsense"), {basic()}), 400, "invalid_grant");
    expect_error(post(refreshing(std::string(tokens.access_token.reveal())), {basic()}), 400,
                 "invalid_grant");
    expect_error(post(good_body + "x", {basic()}), 400, "invalid_grant");
    expect_error(post(good_body + "&scope=phone", {basic()}), 400, "invalid_scope");
    expect_error(post(good_body + "&scope=nonsense", {basic()}), 400, "invalid_scope");
    EXPECT_EQ(post(good_body, {basic()}).status, 200);
}

TEST_F(OauthTokenTest, EchoesNothingThatItWasSent) {
    for (const std::string& body :
         std::vector<std::string>{good_body + "canary", good_body + "&scope=canary",
                                  "grant_type=canary", good_body + "&client_id=canary"}) {
        const Answer answer = post(body, {basic()});
        std::string text;
        json::append_value(text, answer.body);
        EXPECT_EQ(text.find("canary"), std::string::npos) << text;
    }
}

}  // namespace
}  // namespace latchkey::endpoints
