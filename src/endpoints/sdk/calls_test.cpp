// What the SDK asks from a partner's page, and redirect mode, which ends in such a question.

#include "crypto/digest.hpp"
#include "endpoints/sign_in/return.hpp"
#include "endpoints/sign_in/world_test.hpp"
#include "store/browser_sessions.hpp"
#include "testing/transactions.hpp"

namespace latchkey::endpoints {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view shop = "https://shop.example.com";
constexpr std::string_view shop_login = "https://shop.example.com/login?from=menu";
constexpr std::string_view verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

class SdkCallsTest : public SignInTest {
protected:
    static Shown call_from(Browser& browser, std::string_view origin, const std::string& path,
                           const FormFields& fields) {
        browser.more_headers = {{"Origin", std::string(origin)}};
        Shown seen = browser.post(path, fields);
        browser.more_headers.clear();
        return seen;
    }
    Shown recognition(Browser& browser, std::string_view origin = shop) const {
        return call_from(browser, origin, "/sdk/recognition",
                         {{"client_id", app_.record.id.text()}});
    }

    [[nodiscard]] static std::string challenge() { return to_base64url(crypto::sha256(verifier)); }
    [[nodiscard]] std::string redirect_url(std::string_view return_to = shop_login,
                                           std::string_view code_challenge = challenge()) const {
        return url("openid email", "flow-7") +
               "&mode=redirect&return_to=" + percent_encode(return_to) +
               "&code_challenge=" + std::string(code_challenge);
    }
    /// What the SDK takes from the fragment that `page` was sent to.
    static std::string returned_result(const Shown& page) {
        const std::string mark = "&latchkey_result=";
        const std::string& location = page.locations.back();
        return location.substr(location.find(mark) + mark.size());
    }
    Shown go_through(Browser& browser) {
        (void)create_user("ada@example.com");
        const Shown page = sign_in(browser, "ada@example.com", redirect_url());
        return browser.submit(page, "/sign-in/consent", {{"action", "agree"}});
    }
};

TEST_F(SdkCallsTest, RecognitionSaysThatThereIsASessionAndNothingElse) {
    Browser browser(router_);
    const Shown stranger = recognition(browser);
    EXPECT_EQ(stranger.status, 200);
    EXPECT_EQ(stranger.body, R"({"recognized":false})");
    (void)create_user("ada@example.com");
    (void)sign_in(browser, "ada@example.com", url("openid email"));
    const Shown known = recognition(browser);
    EXPECT_EQ(known.body, R"({"recognized":true })");
    EXPECT_EQ(known.body.size(), stranger.body.size()) << "the length says nothing either";
    EXPECT_EQ(known.headers, stranger.headers);
    EXPECT_EQ(known.header("Access-Control-Allow-Origin"), shop);
    EXPECT_EQ(known.header("Vary"), "Origin");
    EXPECT_EQ(known.header("Cache-Control"), "no-store");
}

TEST_F(SdkCallsTest, RecognitionEndsWithTheSession) {
    Browser browser(router_);
    const UserId user = create_user("ada@example.com");
    (void)sign_in(browser, "ada@example.com", url("openid email"));
    EXPECT_TRUE(recognition(browser).shows("true"));
    const auto tx = must(testing::begin_write(*store_));
    EXPECT_EQ(must(store::delete_other_sessions(*tx, user, {})), 1);
    must(tx->commit());
    EXPECT_TRUE(recognition(browser).shows("false"));
}

TEST_F(SdkCallsTest, Attack23RecognitionAnswersToRegisteredOriginsAlone) {
    Browser browser(router_);
    (void)create_user("ada@example.com");
    (void)sign_in(browser, "ada@example.com", url("openid email"));
    const auto expect_refused = [](const Shown& seen, int status, std::string_view code) {
        EXPECT_EQ(seen.status, status);
        EXPECT_EQ(seen.body, "{\"error\":\"" + std::string(code) + "\"}");
    };
    expect_refused(recognition(browser, "https://evil.example"), 403, "invalid_origin");
    expect_refused(recognition(browser, "https://shop.example.com.evil.example"), 403,
                   "invalid_origin");
    expect_refused(recognition(browser, "null"), 403, "invalid_origin");
    expect_refused(browser.post("/sdk/recognition", {{"client_id", app_.record.id.text()}}), 403,
                   "invalid_origin");
    expect_refused(call_from(browser, shop, "/sdk/recognition", {{"client_id", "nobody"}}), 400,
                   "invalid_client");
}

TEST_F(SdkCallsTest, RedirectModeGoesBackWithAnOutcomeThatOnlyItsPageOpens) {
    Browser browser(router_);
    const Shown page = go_through(browser);
    const std::string& location = page.locations.back();
    EXPECT_THAT(location, StartsWith(std::string(shop_login) + "#latchkey_flow=flow-7&"));
    // Sealed: neither as it is nor percent-encoded. (Three letters alone may come up in base64url.)
    EXPECT_THAT(location, Not(HasSubstr("ada@")));
    EXPECT_THAT(location, Not(HasSubstr("ada%40")));

    const FormFields fields{{"result", returned_result(page)},
                            {"code_verifier", std::string(verifier)}};
    const Shown opened = call_from(browser, shop, "/sdk/result", fields);
    EXPECT_EQ(opened.status, 200);
    EXPECT_TRUE(opened.shows(R"("flow":"flow-7","type":"completed")"));
    EXPECT_EQ(opened.header("Access-Control-Allow-Origin"), shop);
    EXPECT_TRUE(exchange(token_of(opened)));
}

TEST_F(SdkCallsTest, AReturnedOutcomeIsWorthNothingToOthersOrLate) {
    Browser browser(router_);
    const std::string result = returned_result(go_through(browser));
    const std::string right(verifier);
    const auto refusal = [&](std::string_view origin, const FormFields& fields) {
        return call_from(browser, origin, "/sdk/result", fields).body;
    };
    const std::string refused = R"({"error":"invalid_result"})";
    EXPECT_EQ(refusal("https://evil.example", {{"result", result}, {"code_verifier", right}}),
              refused);
    EXPECT_EQ(refusal(shop, {{"result", result}, {"code_verifier", right + "x"}}), refused);
    EXPECT_EQ(refusal(shop, {{"result", result}}), refused);
    EXPECT_EQ(refusal(shop, {{"result", "AAAA"}, {"code_verifier", right}}), refused);
    EXPECT_EQ(refusal(shop, {{"code_verifier", right}}), refused);
    clock_.advance(returned_outcome_lifetime);
    EXPECT_EQ(refusal(shop, {{"result", result}, {"code_verifier", right}}),
              R"({"error":"expired"})");
}

TEST_F(SdkCallsTest, NotNowGoesBackToo) {
    Browser browser(router_);
    const Shown page =
        browser.submit(browser.get(redirect_url()), "/sign-in/email", {{"action", "cancel"}});
    const Shown opened =
        call_from(browser, shop, "/sdk/result",
                  {{"result", returned_result(page)}, {"code_verifier", std::string(verifier)}});
    EXPECT_TRUE(opened.shows(R"("type":"cancelled")"));
}

TEST_F(SdkCallsTest, Attack9RedirectModeGoesBackToRegisteredAddressesAlone) {
    Browser browser(router_);
    for (const char* return_to :
         {"https://evil.example/login", "https://shop.example.com/login",
          "https://shop.example.com/login?from=menu&more=1",
          "https://shop.example.com/login?from=menu#", "https://other.example.com/callback",
          "javascript:alert(1)", "//evil.example", "/login", ""}) {
        const Shown page = browser.get(redirect_url(return_to));
        EXPECT_EQ(page.status, 403) << return_to;
        EXPECT_TRUE(page.locations.empty()) << return_to;
    }
    EXPECT_EQ(browser.get(redirect_url(shop_login, "short")).status, 400);
    const Shown good = browser.get(redirect_url());
    EXPECT_EQ(good.status, 200);
    EXPECT_THAT(good.header("Content-Security-Policy"),
                HasSubstr("form-action 'self' https://shop.example.com;"));
    EXPECT_THAT(browser.get(url("openid email")).header("Content-Security-Policy"),
                HasSubstr("form-action 'self';"));
}

TEST_F(SdkCallsTest, AStateOfOneReturnAddressIsNoneOfAnother) {
    Browser browser(router_);
    (void)create_user("ada@example.com");
    (void)sign_in(browser, "ada@example.com", redirect_url());
    const Shown other = browser.get(redirect_url(shop_login, std::string(43, 'A')));
    EXPECT_TRUE(other.shows("Share your details")) << "signed in, but agreed to nothing";
}

TEST_F(SdkCallsTest, AFramedPageSaysWhomItTellsThatItIsThere) {
    Browser browser(router_);
    const Shown framed = browser.get(url("openid email", "flow-9") + "&mode=iframe");
    EXPECT_TRUE(framed.shows(
        R"(id="latchkey-frame">{"origin":"https://shop.example.com","flow":"flow-9"}</script>)"))
        << framed.body;
    EXPECT_FALSE(browser.get(url("openid email")).shows("latchkey-frame"));
}

}  // namespace
}  // namespace latchkey::endpoints
