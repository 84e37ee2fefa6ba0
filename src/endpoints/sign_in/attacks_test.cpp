// The attack classes that the sign-in pages have to stand, by their numbers in the catalogue.

#include <set>

#include "crypto/digest.hpp"
#include "endpoints/sign_in/world_test.hpp"

namespace latchkey::endpoints {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// Every page that a whole sign-in shows.
class SignInAttacks : public SignInTest {
protected:
    std::vector<Shown> walk(Browser& browser) {
        std::vector<Shown> pages;
        pages.push_back(browser.get(url("shop_app:oauth")));
        pages.push_back(
            browser.submit(pages.back(), "/sign-in/email", {{"email", "ada@example.com"}}));
        pages.push_back(browser.submit(pages.back(), "/sign-in/code", {{"code", mail_.code}}));
        pages.push_back(browser.submit(pages.back(), "/sign-in/name",
                                       {{"given_name", "Ada"}, {"action", "save"}}));
        pages.push_back(browser.submit(pages.back(), "/sign-in/consent", {{"action", "agree"}}));
        EXPECT_NE(token_of(pages.back()), "");
        pages.push_back(browser.get("/sign-in?client_id=none"));
        pages.push_back(browser.get("/account"));
        pages.push_back(browser.get("/account/delete"));
        return pages;
    }
};

TEST_F(SignInAttacks, Attack2NothingSecretIsInAUrlOrAReferrerOrACache) {
    Browser browser(router_);
    for (const Shown& page : walk(browser)) {
        EXPECT_EQ(page.header("Referrer-Policy"), "no-referrer");
        EXPECT_EQ(page.header("Cache-Control"), "no-store");
        for (const std::string& location : page.locations) {
            EXPECT_THAT(location, Not(HasSubstr(mail_.code)));
            EXPECT_THAT(location, Not(HasSubstr("ada")));
            EXPECT_THAT(location, Not(HasSubstr("token")));
        }
    }
}

TEST_F(SignInAttacks, Attack6AFormFromElsewhereIsRefused) {
    Browser browser(router_);
    const Shown page = browser.get(url("openid email"));
    const std::string action = Browser::action_of(page, "/sign-in/email");
    const FormFields good{{"email", "ada@example.com"}, {"token", page.hidden("token")}};
    const auto expect_refused = [&](const FormFields& fields, const char* why) {
        EXPECT_EQ(browser.post_once(action, fields).status, 403) << why;
        EXPECT_EQ(mail_.count, 0) << why;
    };
    expect_refused({{"email", "ada@example.com"}}, "no token");
    expect_refused({{"email", "ada@example.com"}, {"token", std::string(43, 'A')}}, "made up");
    for (const auto* site : {"cross-site", "same-site", "none"}) {
        browser.more_headers = {{"Sec-Fetch-Site", site}};
        expect_refused(good, site);
    }
    for (const auto* origin : {"https://shop.example.com", "https://id.example.com.evil.test"}) {
        browser.more_headers = {{"Origin", origin}};
        expect_refused(good, origin);
    }
    browser.more_headers = {{"Sec-Fetch-Site", "same-origin"}, {"Origin", "null"}};
    EXPECT_EQ(browser.post_once(action, good).status, 303);
    EXPECT_EQ(mail_.count, 1);
}

TEST_F(SignInAttacks, Attack6AnAttackersOwnFormDoesNotSignTheVictimIn) {
    Browser attacker(router_);
    Browser victim(router_);
    const Shown page = ask_for_code(attacker, "eve@example.com", url("openid email"));
    const std::string action = Browser::action_of(page, "/sign-in/code");
    const FormFields fields{{"code", mail_.code}, {"token", page.hidden("token")}};
    EXPECT_EQ(victim.post_once(action, fields).status, 403) << "no cookie of ours";
    (void)victim.get(url("openid email"));
    EXPECT_EQ(victim.post_once(action, fields).status, 403) << "another browser's token";
    EXPECT_FALSE(victim.cookies.contains("__Host-session"));
}

TEST_F(SignInAttacks, Attack9NobodyIsSentOrToldAnythingElsewhere) {
    Browser browser(router_);
    const std::string id = app_.record.id.text();
    const std::string origins[] = {
        "https://evil.test",
        "https://shop.example.com.evil.test",
        "https://shop.example.com/",
        "https://SHOP.example.com",
        "http://shop.example.com",
        "https://shop.example.com:444",
        "https://user@shop.example.com",
        "null",
        "",
        "*",
    };
    for (const std::string& origin : origins) {
        const Shown page =
            browser.get("/sign-in?client_id=" + id + "&origin=" + percent_encode(origin) +
                        "&scope=email&locale=&flow=f");
        EXPECT_EQ(page.status, 403) << origin;
        EXPECT_FALSE(page.shows("latchkey-result")) << origin;
        EXPECT_EQ(page.header("Location"), "") << origin;
    }
    for (const Shown& page : walk(browser)) {
        for (const std::string& location : page.locations) {
            EXPECT_THAT(location, ::testing::AnyOf(StartsWith("/sign-in?"), StartsWith("/sign-in/"),
                                                   StartsWith("/account")));
        }
    }
    const Shown odd = browser.get("/sign-in?for=account&locale=&return_to=https://evil.test");
    EXPECT_FALSE(odd.shows("evil.test"));
}

TEST_F(SignInAttacks, Attack10APostIsAnsweredBy303Alone) {
    Browser browser(router_);
    const Shown page = browser.get(url("openid email"));
    const Shown answer =
        browser.post_once(Browser::action_of(page, "/sign-in/email"),
                          {{"email", "ada@example.com"}, {"token", page.hidden("token")}});
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.body, "");
}

// Whatever a form of the account leads to, and from whomever it comes: 307 and 308 would send its
// fields on.
TEST_F(SignInAttacks, Attack10NoFormOfTheAccountIsSentOn) {
    Browser browser(router_);
    const Shown page = open_account(browser, "ada@example.com");
    for (const char* path :
         {"/account/apps/disconnect", "/account/details", "/account/email", "/account/email/code",
          "/account/passkeys/add", "/account/passkeys/rename", "/account/passkeys/remove",
          "/account/sessions/end", "/account/sessions/end-others", "/account/delete"}) {
        const Shown own = browser.post_once(path, {{"token", page.hidden("token")}});
        EXPECT_EQ(own.status, 303) << path;
        EXPECT_THAT(own.header("Location"), StartsWith("/")) << path;
        Browser stranger(router_);
        EXPECT_THAT(stranger.post_once(path, {}).status, ::testing::AnyOf(303, 403)) << path;
    }
}

TEST_F(SignInAttacks, Attack11LinksComeFromTheConfigurationAlone) {
    Browser browser(router_);
    browser.more_headers = {{"X-Forwarded-Host", "evil.test"},
                            {"X-Forwarded-Proto", "http"},
                            {"Forwarded", "host=evil.test"},
                            {"X-Original-Host", "evil.test"},
                            {"X-Rewrite-URL", "https://evil.test/"}};
    const Shown page = ask_for_code(browser, "ada@example.com", url("openid email"));
    EXPECT_FALSE(page.shows("evil.test"));
    EXPECT_THAT(mail_.link, StartsWith("https://id.example.com/sign-in/link?"));
}

TEST_F(SignInAttacks, Attack14NoPageMayBeFramed) {
    Browser browser(router_);
    for (const Shown& page : walk(browser)) {
        EXPECT_THAT(page.header("Content-Security-Policy"), HasSubstr("frame-ancestors 'none'"));
        EXPECT_EQ(page.header("X-Frame-Options"), "DENY");
    }
}

TEST_F(SignInAttacks, Attack14AFrameIsForTheRegisteredOriginAloneAndSignsInNobodyElsewhere) {
    Browser browser(router_);
    const Shown first = browser.get(url("openid email") + "&mode=iframe");
    EXPECT_EQ(first.header("X-Frame-Options"), "");
    EXPECT_THAT(first.header("Content-Security-Policy"),
                HasSubstr("; frame-ancestors https://shop.example.com; "));
    EXPECT_FALSE(first.shows("id=\"passkey\""));
    for (const auto& [name, value] : first.headers) {
        if (name != "Set-Cookie") continue;
        EXPECT_THAT(value, HasSubstr("; SameSite=None; Secure; Partitioned"));
    }
    Shown page = browser.submit(first, "/sign-in/email", {{"email", "ada@example.com"}});
    page = browser.submit(page, "/sign-in/code", {{"code", mail_.code}});
    EXPECT_TRUE(page.shows("Share your details"));
    EXPECT_THAT(page.header("Content-Security-Policy"),
                HasSubstr("; frame-ancestors https://shop.example.com; "));
    EXPECT_TRUE(browser.cookies.contains("__Host-framed-session"));
    EXPECT_FALSE(browser.cookies.contains("__Host-session"));
    EXPECT_TRUE(browser.get("/account").shows("name=\"email\"")) << "another jar";
    EXPECT_TRUE(browser.get(url("openid email")).shows("name=\"email\""));
    const Shown evil = browser.get("/sign-in?client_id=" + app_.record.id.text() +
                                   "&origin=https%3A%2F%2Fevil.test&flow=f&mode=iframe");
    EXPECT_THAT(evil.header("Content-Security-Policy"), HasSubstr("frame-ancestors 'none'"));
}

TEST_F(SignInAttacks, Attack15TheOutcomeIsAddressedToTheRegisteredOriginAlone) {
    Browser browser(router_);
    const auto pages = walk(browser);
    int handed_over = 0;
    for (const Shown& page : pages) {
        if (!page.shows("latchkey-result")) continue;
        ++handed_over;
        EXPECT_EQ(page.between("id=\"latchkey-result\">{\"origin\":\"", "\""),
                  "https://shop.example.com");
    }
    EXPECT_EQ(handed_over, 1) << "and only once there is one";
}

TEST_F(SignInAttacks, Attack24ManyChallengesAtOnceGiveNoMoreGuesses) {
    int guesses = 0;
    for (int i = 0; i < 10; ++i) {
        Browser browser(router_);
        browser.peer = "192.0.2." + std::to_string(i);
        Shown page = ask_for_code(browser, "ada@example.com", url("openid email"));
        if (!page.shows("name=\"code\"")) continue;
        const std::string wrong = mail_.code == "111111" ? "222222" : "111111";
        for (int guess = 0; guess < 8; ++guess) {
            page = browser.submit(page, "/sign-in/code", {{"code", wrong}});
            if (page.shows("not the code we sent")) ++guesses;
        }
    }
    EXPECT_LE(guesses, people::codes_per_address.max_events * people::max_code_tries);
    EXPECT_EQ(mail_.count, people::codes_per_address.max_events);
}

TEST_F(SignInAttacks, Attack25NoAnswerHoldsTheCode) {
    Browser browser(router_);
    const Shown page = browser.get(url("openid email"));
    const Shown answer =
        browser.post_once(Browser::action_of(page, "/sign-in/email"),
                          {{"email", "ada@example.com"}, {"token", page.hidden("token")}});
    for (const auto& [name, value] : answer.headers) {
        EXPECT_THAT(value, Not(HasSubstr(mail_.code))) << name;
    }
    EXPECT_FALSE(browser.get(url("openid email")).shows(mail_.code));
}

TEST_F(SignInAttacks, Attack26AScannerMayFollowTheLinkAsOftenAsItLikes) {
    Browser browser(router_);
    (void)ask_for_code(browser, "ada@example.com", url("openid email"));
    const std::string target = mail_.link.substr(22, mail_.link.find('#') - 22);
    Browser scanner(router_);
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(scanner.get(target).status, 200);
        EXPECT_EQ(browser.get(target).status, 200) << "the person's own preview too";
    }
    EXPECT_TRUE(scanner.cookies.empty());
    const Shown page = browser.submit(browser.get(target), "/sign-in/code", {{"code", mail_.code}});
    EXPECT_TRUE(page.shows("That worked")) << "the code is still good";
}

TEST_F(SignInAttacks, Attack27CookiesAreOursAloneAndTheSessionRotates) {
    Browser browser(router_);
    browser.cookies["__Host-session"] = std::string(43, 'A');
    Shown page = ask_for_code(browser, "ada@example.com", url("openid email"));
    const Shown answer = browser.post_once(Browser::action_of(page, "/sign-in/code"),
                                           {{"code", mail_.code}, {"token", page.hidden("token")}});
    int cookies = 0;
    for (const auto& [name, value] : answer.headers) {
        if (name != "Set-Cookie") continue;
        ++cookies;
        EXPECT_THAT(value, StartsWith("__Host-"));
        EXPECT_THAT(value, HasSubstr("; Path=/"));
        EXPECT_THAT(value, HasSubstr("; Secure"));
        EXPECT_THAT(value, HasSubstr("; HttpOnly"));
        EXPECT_THAT(value, HasSubstr("; SameSite="));
        EXPECT_THAT(value, Not(HasSubstr("Domain")));
    }
    EXPECT_EQ(cookies, 2);
    EXPECT_NE(browser.cookies["__Host-session"], std::string(43, 'A'));
    // The name without its prefix, which a subdomain could set, is nobody's session.
    Browser planted(router_);
    planted.cookies["session"] = browser.cookies["__Host-session"];
    EXPECT_TRUE(planted.get("/account").shows("name=\"email\""));
}

TEST_F(SignInAttacks, Attack28AStateCookieOpensForItsOwnFlowAndBrowserAlone) {
    Browser browser(router_);
    (void)ask_for_code(browser, "ada@example.com", url("openid email", "flow-a"));
    const auto is_state = [](const auto& cookie) {
        return cookie.first.starts_with("__Host-signin-");
    };
    const auto state = std::ranges::find_if(browser.cookies, is_state);
    ASSERT_NE(state, browser.cookies.end());
    EXPECT_TRUE(browser.get(url("openid email", "flow-a")).shows("name=\"code\""));

    Browser other(router_);
    (void)other.get(url("openid email", "flow-a"));
    other.cookies[state->first] = state->second;
    EXPECT_TRUE(other.get(url("openid email", "flow-a")).shows("name=\"email\""))
        << "of another browser";
    (void)ask_for_code(browser, "eve@example.com", url("openid email", "flow-b"));
    for (auto& [name, value] : browser.cookies) {
        if (is_state(std::pair(name, value)) && name != state->first) value = state->second;
    }
    EXPECT_TRUE(browser.get(url("openid email", "flow-b")).shows("name=\"email\""))
        << "of another flow";
    for (std::size_t at = 0; at < state->second.size(); at += 7) {
        Browser forger(router_);
        forger.cookies = browser.cookies;
        char& digit = forger.cookies[state->first][at];
        digit = digit == 'A' ? 'B' : 'A';
        EXPECT_TRUE(forger.get(url("openid email", "flow-a")).shows("name=\"email\"")) << at;
    }
}

TEST_F(SignInAttacks, Attack29NothingThatOthersWriteBecomesMarkup) {
    const std::string hostile = R"("><script>alert(1)</script><img src=x onerror=alert(1)>)";
    app_ = make_app(hostile);
    Browser browser(router_);
    Shown page = ask_for_code(browser, "ada@example.com", url("shop_app:oauth"));
    page = browser.submit(page, "/sign-in/code", {{"code", mail_.code}});
    page = browser.submit(page, "/sign-in/name",
                          {{"given_name", "<svg onload=alert(1)>"}, {"action", "save"}});
    EXPECT_TRUE(page.shows("&lt;script&gt;alert(1)"));
    EXPECT_TRUE(page.shows("&lt;svg onload"));
    page = browser.submit(page, "/sign-in/consent", {{"action", "agree"}});
    (void)exchange(token_of(page));
    for (const Shown& seen : {page, browser.get("/account"), browser.get(url("email", "\"><b>"))}) {
        EXPECT_FALSE(seen.shows("<script>alert"));
        EXPECT_FALSE(seen.shows("<img src=x"));
        EXPECT_FALSE(seen.shows("<svg onload"));
    }
}

TEST_F(SignInAttacks, Attack29ScriptsAndStylesNeedThisAnswersNonce) {
    Browser browser(router_);
    std::set<std::string> nonces;
    for (const Shown& page : walk(browser)) {
        const std::string policy = page.header("Content-Security-Policy");
        const std::size_t begin = policy.find("script-src 'nonce-");
        ASSERT_NE(begin, std::string::npos) << policy;
        const std::string nonce = policy.substr(begin + 18, 22);
        nonces.insert(nonce);
        EXPECT_THAT(policy, StartsWith("default-src 'none'; "));
        EXPECT_THAT(policy, HasSubstr("base-uri 'none'"));
        EXPECT_THAT(policy, HasSubstr("form-action 'self'"));
        EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
        EXPECT_THAT(policy, Not(HasSubstr("http")));
        EXPECT_TRUE(page.shows("nonce=\"" + nonce + "\""));
        EXPECT_EQ(page.body.find(" style="), std::string::npos);
        EXPECT_EQ(page.body.find(" onclick="), std::string::npos);
    }
    EXPECT_EQ(nonces.size(), 8U);
}

TEST_F(SignInAttacks, Attack30ThePageNamesTheVerifiedHostAndGrantsNoMoreThanIsRegistered) {
    Browser browser(router_);
    app_ = make_app("Your Bank");
    Shown page = sign_in(browser, "ada@example.com", url("email user:manage share_metafield"));
    EXPECT_TRUE(page.shows("on <bdi>shop.example.com</bdi>"));
    EXPECT_FALSE(page.shows("grant_manage")) << "not registered";
    page = browser.submit(page, "/sign-in/consent",
                          {{"action", "agree"}, {"grant_manage", "1"}, {"grant_phone", "1"}});
    EXPECT_TRUE(page.shows(R"("consentedScopes":"email")")) << page.body;
}

TEST_F(SignInAttacks, Attack31OnlyTheMailboxProvesAnAddress) {
    Profile claimed;
    claimed.email = "ada@example.com";
    claimed.email_verified = false;
    const UserId user = create_user(claimed);
    Browser browser(router_);
    (void)sign_in(browser, "ada@example.com", url("openid email"));
    EXPECT_EQ(find_user("ada@example.com")->id, user);
    EXPECT_TRUE(find_user("ada@example.com")->profile.email_verified);

    Browser eve(router_);
    Shown page = open_account(eve, "eve@example.com");
    page = eve.submit(page, "/account/email", {{"email", "ada@example.com"}});
    EXPECT_TRUE(page.shows("name=\"code\""));
    page = eve.submit(page, "/account/email/code", {{"code", "000000"}});
    EXPECT_TRUE(page.shows("not the code we sent"));
    EXPECT_EQ(find_user("ada@example.com")->id, user);
}

TEST_F(SignInAttacks, Attack32NobodyIsSignedOutByALinkOrAForeignForm) {
    Browser browser(router_);
    const Shown page = open_account(browser, "ada@example.com");
    EXPECT_EQ(browser.get("/account/sign-out").status, 405);
    EXPECT_EQ(browser.post_once("/account/sign-out", {}).status, 403);
    browser.more_headers = {{"Sec-Fetch-Site", "cross-site"}};
    EXPECT_EQ(browser.post_once("/account/sign-out", {{"token", page.hidden("token")}}).status,
              403);
    browser.more_headers.clear();
    EXPECT_TRUE(browser.get("/account").shows("Your account"));
    const std::string session = browser.cookies["__Host-session"];
    EXPECT_EQ(browser.post_once("/account/sign-out", {{"token", page.hidden("token")}}).status,
              303);
    EXPECT_FALSE(browser.cookies.contains("__Host-session"));
    browser.cookies["__Host-session"] = session;
    EXPECT_TRUE(browser.get("/account").shows("name=\"email\"")) << "it is ended at the server";
}

}  // namespace
}  // namespace latchkey::endpoints
