// Unusable input at the two APIs and the token endpoint: each row a request, its status, and what
// its body must and must not say.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text/text.hpp"
#include "testing/test_server.hpp"

namespace latchkey::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class BadInput : public ::testing::Test {
protected:
    BadInput() : app(server.create_app("email profile")) {
        basic = "Authorization: Basic " +
                to_base64(as_bytes(app.client_id + ":" + app.client_secret)) + "\r\n";
    }

    std::string post(std::string_view path, const std::string& headers, const std::string& body) {
        return server.send("POST " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n" + headers +
                           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }

    TestServer server;
    TestServer::App app;
    std::string basic;
    const std::string json = "Content-Type: application/json\r\n";
    const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
};

TEST_F(BadInput, UnusableGraphqlBodiesAreRefusedWithAReason) {
    const std::pair<std::string, std::string> rows[] = {
        {"", "HTTP/1.1 400"},
        {"{", "HTTP/1.1 400"},
        {"[]", "HTTP/1.1 400"},
        {"[{\"query\":\"{__typename}\"}]", "HTTP/1.1 400"},
        {"{\"query\":1}", "HTTP/1.1 400"},
        {"{\"query\":\"{__typename}\",\"query\":\"{__typename}\"}", "HTTP/1.1 400"},
        {"{\"query\":\"{__typename}\",\"variables\":[]}", "HTTP/1.1 400"},
        {"{\"query\":\"\xff\"}", "HTTP/1.1 400"},
    };
    for (const auto& [body, status] : rows) {
        const std::string answer = post("/api/latest/partners/graphql.json", basic + json, body);
        EXPECT_THAT(answer, StartsWith(status)) << body;
        EXPECT_THAT(answer, HasSubstr("{\"errors\":[{\"message\":\"")) << body;
    }
}

TEST_F(BadInput, SyntaxErrorsSayWhereAndAreNoHttpError) {
    const std::string answer =
        post("/api/latest/partners/graphql.json", basic + json, R"({"query":"{ x(: }"})");
    EXPECT_THAT(answer, HasSubstr("\"locations\":[{\"line\":1,\"column\":5}]"));
}

TEST_F(BadInput, AnotherMethodBelowOauthIsRefusedInItsWords) {
    for (const std::string path : {"/oauth/token", "/oauth/revoke", "/oauth/introspect"}) {
        const std::string answer = server.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 405")) << path;
        EXPECT_THAT(answer, HasSubstr("Allow: POST")) << path;
        EXPECT_THAT(answer, HasSubstr(R"({"error":"invalid_request","error_description":)"));
    }
    EXPECT_THAT(post("/oauth/nowhere", form, ""), HasSubstr(R"({"error":"invalid_request",)"));
}

TEST_F(BadInput, WrongCredentialsAre401WithTheMatchingChallenge) {
    const std::string wrong = app.client_secret.substr(0, app.client_secret.size() - 1) + "0";
    const std::string rows[] = {
        "",
        "Authorization: Basic\r\n",
        "Authorization: Basic !!!\r\n",
        "Authorization: Basic " + to_base64(as_bytes(app.client_id)) + "\r\n",
        "Authorization: Basic " + to_base64(as_bytes(app.client_id + ":" + wrong)) + "\r\n",
        "Authorization: Basic " + to_base64(as_bytes("nobody:" + app.client_secret)) + "\r\n",
        "Authorization: Bearer " + app.client_secret + "\r\n",
        basic + basic,
    };
    for (const std::string& header : rows) {
        const std::string answer =
            post("/api/latest/partners/graphql.json", header + json, R"({"query":"{__typename}"})");
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 401")) << header;
        EXPECT_THAT(answer, HasSubstr("WWW-Authenticate: Basic")) << header;
        EXPECT_THAT(answer, HasSubstr("\"extensions\":{\"code\":\"UNAUTHORIZED\"}")) << header;
        EXPECT_THAT(answer, Not(HasSubstr(app.client_secret)));
    }
}

TEST_F(BadInput, BearerTokensThatAreNotOursAre401) {
    for (const std::string token :
         {"", "x", "lk_at_", "lk_at_AAAA", "lk_rt_AAAA", "eyJhbGciOiJub25lIn0.e30."}) {
        const std::string answer =
            post("/api/latest/users/graphql.json", "Authorization: Bearer " + token + "\r\n" + json,
                 R"({"query":"{user{sub}}"})");
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 401")) << token;
        // RFC 6750 3.1: no error where no token came.
        EXPECT_THAT(answer,
                    HasSubstr(token.empty() ? "WWW-Authenticate: Bearer realm=\"Users API\"\r\n"
                                            : "WWW-Authenticate: Bearer realm=\"Users API\", "
                                              "error=\"invalid_token\"\r\n"))
            << token;
    }
    EXPECT_THAT(post("/api/latest/users/graphql.json", basic + json, R"({"query":"{user{sub}}"})"),
                StartsWith("HTTP/1.1 401"));
}

TEST_F(BadInput, ExactlyOneOfConsentTokenAndPublicId) {
    for (const std::string arguments :
         {"(consentToken:null)", "", R"((consentToken:\"a\",publicId:\"b\"))"}) {
        const std::string answer = post("/api/latest/partners/graphql.json", basic + json,
                                        R"({"query":"mutation{fetchTokensForUser)" + arguments +
                                            R"({accessToken userErrors{code field message}}}"})");
        EXPECT_THAT(answer, HasSubstr("\"code\":\"INVALID_TOKEN\",\"field\":[\"consentToken\"]"))
            << answer;
        EXPECT_THAT(answer, HasSubstr("xactly one")) << answer;
    }
}

TEST_F(BadInput, AnUnknownVersionNamesTheKnownOnes) {
    const std::string answer =
        post("/api/2026-01/partners/graphql.json", basic + json, R"({"query":"{__typename}"})");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 404"));
    EXPECT_THAT(answer, HasSubstr("latest, unstable"));
}

TEST_F(BadInput, FormsAreRefusedWhenAmbiguousOrIncomplete) {
    const std::pair<std::string, std::string> rows[] = {
        {"", "invalid_request"},
        {"grant_type=refresh_token", "invalid_request"},
        {"grant_type=refresh_token&refresh_token=", "invalid_request"},
        {"grant_type=refresh_token&refresh_token=a&refresh_token=b", "invalid_request"},
        {"grant_type=%zz", "invalid_request"},
        {"grant_type=password", "unsupported_grant_type"},
        {"grant_type=refresh_token&refresh_token=lk_rt_AAAA", "invalid_grant"},
    };
    for (const auto& [body, error] : rows) {
        const std::string answer = post("/oauth/token", basic + form, body);
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 400")) << body;
        EXPECT_THAT(answer, HasSubstr("{\"error\":\"" + error + "\"")) << body;
        EXPECT_THAT(answer, HasSubstr("Cache-Control: no-store")) << body;
    }
    EXPECT_THAT(post("/oauth/token", form, "grant_type=refresh_token&refresh_token=x"),
                StartsWith("HTTP/1.1 401"));
}

TEST_F(BadInput, UnknownPathsAndMethodsAreSaid) {
    EXPECT_THAT(server.send("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n"),
                StartsWith("HTTP/1.1 404"));
    const std::string answer = server.send("DELETE /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 405"));
    EXPECT_THAT(answer, HasSubstr("Allow: "));
    EXPECT_THAT(server.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"),
                StartsWith("HTTP/1.1 200"));
}

}  // namespace
}  // namespace latchkey::testing
