// The shop against the real server: what its page gets to see, and what it never does.

#include "shop.hpp"
#include "audit/audit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grants/connections.hpp"
#include "http/router.hpp"
#include "page.hpp"
#include "session_routes.hpp"
#include "testing/listening_server.hpp"
#include "testing/replies.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::storefront {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view own_origin = "http://127.0.0.1:8081";
constexpr audit::Context by_operator{"operator", "", "cli"};

client::Client make_client(const std::string& url, const testing::TestServer::App& app) {
    auto made = client::Client::make(
        {.base_url = url, .client_id = app.client_id, .client_secret = Secret(app.client_secret)});
    if (!made) throw std::runtime_error(made.error().detail);
    return std::move(*made);
}

client::Vault open_vault(const std::filesystem::path& folder, Random& random) {
    auto vault = client::Vault::open({folder / "vault", folder / "vault.key"}, random);
    if (!vault) throw std::runtime_error(vault.error().detail);
    return std::move(*vault);
}

/// One request to the shop's routes; the cookie that an answer sets is sent from then on.
class Browser {
public:
    explicit Browser(const http::Router& router) : router_(router) {}

    http::Response get(std::string_view path) { return send(http::Method::get, path, {}, {}); }
    http::Response post(std::string_view path, std::string_view body = {},
                        std::string_view origin = own_origin) {
        std::vector<http::Header> headers;
        if (!origin.empty()) headers.push_back({"Origin", origin});
        if (!body.empty()) headers.push_back({"Content-Type", "application/json"});
        return send(http::Method::post, path, std::move(headers), body);
    }
    [[nodiscard]] const std::string& cookie() const { return cookie_; }
    void set_cookie(std::string cookie) { cookie_ = std::move(cookie); }

private:
    http::Response send(http::Method method, std::string_view path,
                        std::vector<http::Header> headers, std::string_view body) {
        if (!cookie_.empty()) headers.push_back({"Cookie", cookie_});
        headers.push_back({"Host", "127.0.0.1:8081"});
        http::Request request;
        request.method = method;
        request.target = request.path = path;
        request.headers = headers;
        request.body = body;
        auto reply = router_.handle(request);
        auto response = testing::finish(std::move(reply));
        for (const auto& [name, value] : response.headers) {
            if (name == "Set-Cookie") cookie_ = value.substr(0, value.find(';'));
        }
        return response;
    }

    const http::Router& router_;
    std::string cookie_;
};

std::string body_of(const http::Response& response) { return std::string(response.body_view()); }

std::string header_of(const http::Response& response, std::string_view wanted) {
    for (const auto& [name, value] : response.headers) {
        if (name == wanted) return value;
    }
    return "(none)";
}

class ShopTest : public ::testing::Test {
protected:
    ShopTest() {
        mount_page(router, {std::string(own_origin), listening.url(), app.client_id});
        mount_sessions(router, services);
    }

    std::string consent() {
        const auto token = tokens::issue_support_consent_token(
            server.world().services(),
            {*ClientId::from_text(app.client_id), person, *parse_scopes("email profile"), "cli"},
            Seconds(300), server.clock().now(), by_operator);
        return std::string(token->reveal());
    }
    std::string consent_body() { return R"({"consentToken":")" + consent() + "\"}"; }
    void revoke() {
        ASSERT_TRUE(grants::revoke_connection(server.world().services(),
                                              {person, *ClientId::from_text(app.client_id)},
                                              server.clock().now(), by_operator));
    }
    /// Of the person who is signed in.
    std::string must_public_id() {
        const std::string body = body_of(browser.get("/session"));
        const std::string_view mark = R"("publicId":")";
        const std::size_t start = body.find(mark) + mark.size();
        return body.substr(start, body.find('"', start) - start);
    }
    static std::string state_of(const http::Response& response) {
        const std::string body = body_of(response);
        const std::string_view mark = R"("state":")";
        const std::size_t at = body.find(mark);
        if (at == std::string::npos) return body;
        const std::size_t start = at + mark.size();
        return body.substr(start, body.find('"', start) - start);
    }

    testing::TestServer server;
    testing::ListeningServer listening{server};
    testing::TestServer::App app = server.create_app("email profile");
    UserId person = server.create_user("ada@example.com");
    testing::RepeatableRandom random;
    client::Client client = make_client(listening.url(), app);
    client::Vault vault = open_vault(server.folder() / "shop", random);
    Shop shop{{client, vault, server.clock(), app.client_id}};
    Sessions sessions{random};
    Log log{2, server.clock(), LogLevel::error};
    SessionServices services{shop,
                             sessions,
                             server.clock(),
                             log,
                             std::string(own_origin),
                             http::Transport::loopback_http};
    http::Router router;
    Browser browser{router};
};

TEST_F(ShopTest, GreetsAPersonWhoSignedInAndKeepsACardOnThem) {
    const auto response = browser.post("/session", consent_body());
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(body_of(response), HasSubstr(R"("givenName":"Ada")"));
    EXPECT_THAT(body_of(response), HasSubstr(R"("email":"ada@example.com","emailVerified":true)"));
    EXPECT_THAT(body_of(response),
                HasSubstr(R"("membership":{"tier":"Seedling","since":"2026-01-01"})"));
    server.clock().advance(Seconds(1000L * 24 * 3600));
    browser.set_cookie("");
    EXPECT_THAT(body_of(browser.post("/session", consent_body())), HasSubstr("2026-01-01"))
        << "the card is Latchkey's to keep";
}

TEST_F(ShopTest, TheSessionIsACookieThatScriptsAndOtherSitesDoNotGet) {
    const auto response = browser.post("/session", consent_body());
    const std::string cookie = header_of(response, "Set-Cookie");
    EXPECT_THAT(cookie, ::testing::StartsWith("fern_session="));
    EXPECT_THAT(cookie, HasSubstr("; HttpOnly; SameSite=Strict"));
    EXPECT_EQ(state_of(browser.get("/session")), "signed_in");
    browser.set_cookie("fern_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    EXPECT_EQ(state_of(browser.get("/session")), "signed_out");
}

TEST_F(ShopTest, OverTlsTheCookieIsHostBoundAndSecure) {
    SessionServices over_tls{
        shop, sessions, server.clock(), log, std::string(own_origin), http::Transport::https};
    http::Router tls_router;
    mount_sessions(tls_router, over_tls);
    Browser tls_browser(tls_router);
    const std::string cookie =
        header_of(tls_browser.post("/session", consent_body()), "Set-Cookie");
    EXPECT_THAT(cookie, ::testing::StartsWith("__Host-fern_session="));
    EXPECT_THAT(cookie, HasSubstr("Secure"));
}

TEST_F(ShopTest, NoAnswerHoldsAToken) {
    std::vector<http::Response> answers;
    const std::string token = consent();
    answers.push_back(browser.post("/session", R"({"consentToken":")" + token + "\"}"));
    answers.push_back(browser.get("/session"));
    answers.push_back(browser.post("/session/refresh"));
    answers.push_back(browser.post("/session/reread"));
    answers.push_back(browser.get("/"));
    answers.push_back(browser.get("/shop.js"));
    answers.push_back(browser.post("/session/end"));
    for (const http::Response& answer : answers) {
        std::string all = body_of(answer);
        for (const auto& [name, value] : answer.headers) all += value;
        for (const std::string_view secret : {"lk_at_", "lk_rt_", "lk_cs_"}) {
            EXPECT_THAT(all, Not(HasSubstr(secret)));
        }
        EXPECT_THAT(all, Not(HasSubstr(token)));
        EXPECT_THAT(all, Not(HasSubstr(app.client_secret)));
    }
}

TEST_F(ShopTest, TheButtonsDoWhatTheySay) {
    (void)browser.post("/session", consent_body());
    const std::string public_id = must_public_id();
    const client::VaultOwner owner{app.client_id, public_id};
    const auto token_kept = [&] { return std::string((**vault.find(owner)).reveal()); };
    const std::string first = token_kept();
    EXPECT_EQ(state_of(browser.post("/session/refresh")), "signed_in");
    const std::string second = token_kept();
    EXPECT_NE(second, first);
    EXPECT_EQ(state_of(browser.post("/session/reread")), "signed_in");
    EXPECT_NE(token_kept(), second);
    EXPECT_EQ(state_of(browser.post("/session/end")), "signed_out");
    EXPECT_EQ(state_of(browser.get("/session")), "signed_out");
    EXPECT_EQ(state_of(browser.post("/session/refresh")), "signed_out");
}

TEST_F(ShopTest, AnAccessTokenThatIsOverIsRenewedUnnoticed) {
    (void)browser.post("/session", consent_body());
    server.clock().advance(Seconds(2L * 3600));
    const auto response = browser.get("/session");
    EXPECT_EQ(state_of(response), "signed_in");
    EXPECT_THAT(body_of(response), HasSubstr(R"("accessExpiresInSeconds":3600)"));
}

TEST_F(ShopTest, WithoutItsRefreshTokenThePublicIdHelps) {
    (void)browser.post("/session", consent_body());
    ASSERT_TRUE(vault.erase({app.client_id, must_public_id()}));
    EXPECT_EQ(state_of(browser.post("/session/refresh")), "signed_in");
}

TEST_F(ShopTest, AWithdrawalShowsAtTheNextPressAndASignInBringsThePersonBack) {
    for (const std::string_view button : {"/session/refresh", "/session/reread"}) {
        (void)browser.post("/session", consent_body());
        const std::string public_id = must_public_id();
        revoke();
        const auto response = browser.post(button);
        EXPECT_EQ(state_of(response), "access_withdrawn");
        EXPECT_EQ(response.status, 200);
        EXPECT_THAT(header_of(response, "Set-Cookie"), HasSubstr("Max-Age=0"));
        EXPECT_FALSE(*vault.find({app.client_id, public_id})) << "nothing is kept";
        EXPECT_EQ(state_of(browser.get("/session")), "signed_out");
    }
    (void)browser.post("/session", consent_body());
    revoke();
    EXPECT_EQ(state_of(browser.get("/session")), "access_withdrawn") << "opening the page";
    EXPECT_EQ(state_of(browser.post("/session", consent_body())), "signed_in");
}

TEST_F(ShopTest, BelievesNoOtherOrigin) {
    (void)browser.post("/session", consent_body());
    for (const std::string_view origin :
         {"", "null", "http://127.0.0.1:8080", "https://127.0.0.1:8081", "http://evil.example",
          "http://127.0.0.1:8081.evil.example", "http://localhost:8081"}) {
        for (const std::string_view path :
             {"/session", "/session/refresh", "/session/reread", "/session/end"}) {
            EXPECT_EQ(browser.post(path, consent_body(), origin).status, 403) << path << origin;
        }
    }
    EXPECT_EQ(state_of(browser.get("/session")), "signed_in") << "nothing was done";
}

TEST_F(ShopTest, RefusesConsentTokensThatAreNone) {
    const std::string used = consent_body();
    (void)browser.post("/session", used);
    browser.set_cookie("");
    for (const std::string& body : {used, std::string(R"({"consentToken":"a.b.c"})")}) {
        const auto response = browser.post("/session", body);
        EXPECT_EQ(response.status, 422);
        EXPECT_EQ(state_of(response), "sign_in_refused");
        EXPECT_EQ(header_of(response, "Set-Cookie"), "(none)");
    }
    for (const std::string_view body :
         {"", "{", "[]", "{}", R"({"consentToken":7})", R"({"consentToken":""})"}) {
        EXPECT_EQ(browser.post("/session", body).status, 400) << body;
    }
}

TEST_F(ShopTest, SaysSoWhenLatchkeyIsAway) {
    (void)browser.post("/session", consent_body());
    const std::string late = consent_body();
    listening.stop();
    for (const std::string_view button : {"/session/refresh", "/session/reread"}) {
        const auto response = browser.post(button);
        EXPECT_EQ(response.status, 503);
        EXPECT_EQ(state_of(response), "unreachable");
        EXPECT_EQ(header_of(response, "Set-Cookie"), "(none)") << "the session stays";
    }
    browser.set_cookie("");
    EXPECT_EQ(state_of(browser.post("/session", late)), "unreachable");
}

TEST_F(ShopTest, ThePageTalksToLatchkeyAndNobodyElse) {
    const auto response = browser.get("/");
    const std::string policy = header_of(response, "Content-Security-Policy");
    EXPECT_THAT(policy,
                ::testing::StartsWith("default-src 'none'; script-src 'self' " + listening.url() +
                                      "; connect-src 'self' " + listening.url() + ";"));
    EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
    EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
    EXPECT_THAT(body_of(response), HasSubstr("content=\"" + listening.url() + "\""));
    EXPECT_THAT(body_of(response), HasSubstr("content=\"" + app.client_id + "\""));
    EXPECT_THAT(body_of(response), Not(HasSubstr("{{")));
    EXPECT_EQ(browser.get("/healthz").status, 200);
}

}  // namespace
}  // namespace latchkey::storefront
