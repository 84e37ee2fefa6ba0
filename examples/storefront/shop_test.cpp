// The shop against the real server: what its page gets to see, and what it never does.

#include "shop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <filesystem>
#include <thread>

#include "audit/audit.hpp"
#include "database/run_write.hpp"
#include "grants/connections.hpp"
#include "page.hpp"
#include "session_routes.hpp"
#include "testing/listening_server.hpp"
#include "tokens/consent_token.hpp"

namespace storefront {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using std::chrono::seconds;

constexpr std::string_view own_origin = "http://127.0.0.1:8081";
constexpr latchkey::audit::Context by_operator{latchkey::audit::Actor::known_operator("test"), "",
                                               "cli"};

client::Client make_client(const std::string& url, const latchkey::testing::TestServer::App& app) {
    auto made = client::Client::make({.base_url = url,
                                      .client_id = app.client_id,
                                      .client_secret = client::Secret(app.client_secret)});
    if (!made) throw std::runtime_error(made.error().message);
    return std::move(*made);
}

client::Vault open_vault(const std::filesystem::path& folder) {
    auto vault = client::Vault::open({folder / "vault", folder / "vault.key"});
    if (!vault) throw std::runtime_error(vault.error().message);
    return std::move(*vault);
}

/// The shop's routes on a free port, as its main program serves them.
class ListeningShop {
public:
    ListeningShop(const PageOptions& page, const SessionServices& services) {
        set_up(server_, services.transport, services.report);
        mount_page(server_, page);
        mount_sessions(server_, services);
        port_ = server_.bind_to_any_port("127.0.0.1");
        if (port_ <= 0) throw std::runtime_error("no free port");
        thread_ = std::thread([this] { server_.listen_after_bind(); });
        while (!server_.is_running()) std::this_thread::yield();
    }
    ListeningShop(const ListeningShop&) = delete;
    ListeningShop& operator=(const ListeningShop&) = delete;
    ~ListeningShop() {
        server_.stop();
        thread_.join();
    }
    [[nodiscard]] int port() const { return port_; }

private:
    httplib::Server server_;
    int port_ = 0;
    std::thread thread_;
};

/// One request to the shop's routes; the cookie that an answer sets is sent from then on.
class Browser {
public:
    explicit Browser(const ListeningShop& shop) : http_("127.0.0.1", shop.port()) {}

    httplib::Response get(const std::string& path) { return kept(http_.Get(path, headers({}))); }
    httplib::Response post(const std::string& path, const std::string& body = {},
                           std::string_view origin = own_origin) {
        return kept(http_.Post(path, headers(origin), body,
                               body.empty() ? std::string() : "application/json"));
    }
    [[nodiscard]] const std::string& cookie() const { return cookie_; }
    void set_cookie(std::string cookie) { cookie_ = std::move(cookie); }

private:
    [[nodiscard]] httplib::Headers headers(std::string_view origin) const {
        httplib::Headers headers = {{"Host", "127.0.0.1:8081"}};
        if (!origin.empty()) headers.emplace("Origin", origin);
        if (!cookie_.empty()) headers.emplace("Cookie", cookie_);
        return headers;
    }
    httplib::Response kept(const httplib::Result& result) {
        if (!result) throw std::runtime_error(httplib::to_string(result.error()));
        const std::string set = result->get_header_value("Set-Cookie");
        if (!set.empty()) cookie_ = set.substr(0, set.find(';'));
        return *result;
    }

    httplib::Client http_;
    std::string cookie_;
};

std::string body_of(const httplib::Response& response) { return response.body; }

std::string header_of(const httplib::Response& response, const std::string& wanted) {
    return response.has_header(wanted) ? response.get_header_value(wanted) : "(none)";
}

class ShopTest : public ::testing::Test {
protected:
    std::string consent() {
        const latchkey::tokens::ConsentGrant grant{
            *latchkey::ClientId::from_text(app.client_id), person,
            *latchkey::contract_scopes().parse("email profile"), "cli"};
        const auto act = server.world().act(by_operator);
        const auto token = latchkey::database::run_write(server.world().database(), [&](auto& tx) {
            return latchkey::tokens::issue_support_consent_token(act, tx, grant, seconds(300));
        });
        return std::string(token->reveal());
    }
    std::string consent_body() { return R"({"consentToken":")" + consent() + "\"}"; }
    void revoke() {
        const auto act = server.world().act(by_operator);
        ASSERT_TRUE(latchkey::database::run_write(server.world().database(), [&](auto& tx) {
            return latchkey::grants::revoke_connection(
                act, tx, {person, *latchkey::ClientId::from_text(app.client_id)});
        }));
    }
    /// Of the person who is signed in.
    std::string must_public_id() {
        const std::string body = body_of(browser.get("/session"));
        const std::string_view mark = R"("publicId":")";
        const std::size_t start = body.find(mark) + mark.size();
        return body.substr(start, body.find('"', start) - start);
    }
    static std::string state_of(const httplib::Response& response) {
        const std::string body = body_of(response);
        const std::string_view mark = R"("state":")";
        const std::size_t at = body.find(mark);
        if (at == std::string::npos) return body;
        const std::size_t start = at + mark.size();
        return body.substr(start, body.find('"', start) - start);
    }

    latchkey::testing::TestServer server;
    latchkey::testing::ListeningServer listening{server};
    latchkey::testing::TestServer::App app = server.create_app("email profile");
    latchkey::UserId person = server.create_user("ada@example.com");
    client::Client client = make_client(listening.url(), app);
    client::Vault vault = open_vault(server.folder() / "shop");
    Clock now = [this] { return server.clock().now(); };
    Report silence = [](std::string_view) {};
    Shop shop{{client, vault, now, app.client_id}};
    Sessions sessions;
    SessionServices services{
        shop, sessions, now, silence, std::string(own_origin), Transport::loopback_http};
    PageOptions page{std::string(own_origin), listening.url(), app.client_id};
    ListeningShop listening_shop{page, services};
    Browser browser{listening_shop};
};

TEST_F(ShopTest, GreetsAPersonWhoSignedInAndKeepsACardOnThem) {
    const auto response = browser.post("/session", consent_body());
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(body_of(response), HasSubstr(R"("givenName":"Ada")"));
    EXPECT_THAT(body_of(response), HasSubstr(R"("email":"ada@example.com","emailVerified":true)"));
    EXPECT_THAT(body_of(response),
                HasSubstr(R"("membership":{"tier":"Seedling","since":"2026-01-01"})"));
    server.clock().advance(seconds(1000L * 24 * 3600));
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
    const SessionServices over_tls{
        shop, sessions, now, silence, std::string(own_origin), Transport::https};
    const ListeningShop tls_shop(page, over_tls);
    Browser tls_browser(tls_shop);
    const std::string cookie =
        header_of(tls_browser.post("/session", consent_body()), "Set-Cookie");
    EXPECT_THAT(cookie, ::testing::StartsWith("__Host-fern_session="));
    EXPECT_THAT(cookie, HasSubstr("Secure"));
}

TEST_F(ShopTest, NoAnswerHoldsAToken) {
    std::vector<httplib::Response> answers;
    const std::string token = consent();
    answers.push_back(browser.post("/session", R"({"consentToken":")" + token + "\"}"));
    answers.push_back(browser.get("/session"));
    answers.push_back(browser.post("/session/refresh"));
    answers.push_back(browser.post("/session/reread"));
    answers.push_back(browser.get("/"));
    answers.push_back(browser.get("/shop.js"));
    answers.push_back(browser.post("/session/end"));
    for (const httplib::Response& answer : answers) {
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
    server.clock().advance(seconds(2L * 3600));
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
    for (const std::string button : {"/session/refresh", "/session/reread"}) {
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
        for (const std::string path :
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
    for (const std::string body :
         {"", "{", "[]", "{}", R"({"consentToken":7})", R"({"consentToken":""})"}) {
        EXPECT_EQ(browser.post("/session", body).status, 400) << body;
    }
}

TEST_F(ShopTest, SaysSoWhenLatchkeyIsAway) {
    (void)browser.post("/session", consent_body());
    const std::string late = consent_body();
    listening.stop();
    for (const std::string button : {"/session/refresh", "/session/reread"}) {
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
}  // namespace storefront
