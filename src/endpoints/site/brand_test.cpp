// The operator's brand and the apps' logos, on the pages, for the SDK, and by themselves.

#include "clients/clients.hpp"
#include "endpoints/sign_in/world_test.hpp"
#include "pages/brand_fields.hpp"
#include "pages/logo_paths.hpp"
#include "rendering/files.hpp"

namespace latchkey::endpoints {
namespace {

using ::testing::HasSubstr;

branding::Logo svg(std::string_view box) {
    return must(branding::make_logo("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"" +
                                    std::string(box) + "\"></svg>"));
}

class BrandTest : public SignInTest {
protected:
    /// As the server does at its start, when the brand is known.
    void serve_brand() { router_.serve(parts_, secret_uses_); }
    void change(clients::ClientChange change) { must(try_change(std::move(change))); }
    Result<void> try_change(clients::ClientChange change) {
        return database::run_write(*store_, [&](auto& tx) {
            return clients::update_client(act(), tx, app_.record.id, change);
        });
    }
    Shown consent_page(Browser& browser, std::string_view email = "ada@example.com") {
        return sign_in(browser, email, url("openid email"));
    }
};

TEST_F(BrandTest, WithoutConfigurationThePagesHaveTheBuiltInLook) {
    serve_brand();
    Browser browser(router_);
    const Shown page = browser.get(url("email"));
    EXPECT_TRUE(page.shows("<img src=\"/assets/key.svg\" alt=\"\" width=\"24\" height=\"24\">"));
    EXPECT_TRUE(page.shows("<span>Acme ID</span>"));
    EXPECT_FALSE(page.shows("<style"));
    EXPECT_EQ(browser.get("/sdk/config.json").body,
              R"({"brand":{"name":"Acme ID","light":{},"dark":{}}})");
}

TEST_F(BrandTest, ConfiguredColoursAreOnThePagesAndInTheSdksConfiguration) {
    realm_.brand.colors =
        must(branding::make_palette({.color = "#ffcc00", .dark_color = "#a5b4fc"}));
    realm_.brand.logo = svg("0 0 40 40");
    realm_.brand.dark_logo = svg("0 0 41 41");
    serve_brand();
    Browser browser(router_);
    const Shown page = browser.get(url("email"));
    const std::string nonce = page.between("<style nonce=\"", "\"");
    EXPECT_THAT(page.header("Content-Security-Policy"),
                HasSubstr("style-src 'nonce-" + nonce + "'"));
    EXPECT_TRUE(page.shows(":root{--button:#ffcc00;--on-button:#000000;")) << page.body;
    EXPECT_TRUE(page.shows("--accent:#17171c")) << "links are not drawn in pale yellow";
    EXPECT_TRUE(page.shows("--button:#a5b4fc")) << page.body;
    EXPECT_TRUE(page.shows("--accent:#a5b4fc"));
    const std::string light = pages::brand_logo_path(*realm_.brand.logo);
    const std::string dark = pages::brand_logo_path(*realm_.brand.dark_logo);
    EXPECT_TRUE(page.shows("<source srcset=\"" + dark + "\""));
    EXPECT_TRUE(page.shows("<img class=\"logo\" src=\"" + light + "\" alt=\"\""));
    EXPECT_TRUE(page.shows("<link rel=\"icon\" href=\"" + light + "\">"));
    const auto logo_at = [](const std::string& path) {
        return R"("logo":{"src":")" + path + R"(","width":1024,"height":1024}})";
    };
    EXPECT_EQ(browser.get("/sdk/config.json").body,
              R"({"brand":{"name":"Acme ID","light":{"background":"#ffcc00","text":"#000000",)" +
                  logo_at(light) + R"(,"dark":{"background":"#a5b4fc","text":"#000000",)" +
                  logo_at(dark) + "}}");
}

TEST_F(BrandTest, AWordmarkStandsForTheNameAndSaysItToThoseWhoDoNotSeeIt) {
    realm_.brand.logo = svg("0 0 200 40");
    serve_brand();
    const Shown page = Browser(router_).get(url("email"));
    EXPECT_TRUE(page.shows("alt=\"Acme ID\" width=\"1024\" height=\"205\"")) << page.body;
    EXPECT_FALSE(page.shows("<span>Acme ID</span>"));
    EXPECT_TRUE(page.shows("href=\"/assets/key.svg\"")) << "no icon is that wide";
}

// Attack class 29: what is an image stays one, also when it is opened by itself.
TEST_F(BrandTest, Attack29ALogoIsServedAsNothingButAnImage) {
    realm_.brand.logo = svg("0 0 40 40");
    serve_brand();
    Browser browser(router_);
    const Shown logo = browser.get(pages::brand_logo_path(*realm_.brand.logo));
    EXPECT_EQ(logo.status, 200);
    EXPECT_EQ(logo.body, realm_.brand.logo->contents);
    EXPECT_EQ(logo.header("Content-Type"), "image/svg+xml");
    EXPECT_EQ(logo.header("Content-Security-Policy"),
              "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    EXPECT_EQ(logo.header("Cross-Origin-Resource-Policy"), "cross-origin");
    EXPECT_THAT(logo.header("Cache-Control"), HasSubstr("immutable"));
    EXPECT_EQ(browser.get("/brand/0000000000000000").status, 404);
}

TEST_F(BrandTest, AnAppsLogoIsOnItsConsentPageAndInTheAccount) {
    serve_brand();
    const Shown without = [this] {
        Browser browser(router_);
        return consent_page(browser);
    }();
    EXPECT_TRUE(without.shows("Share your details"));
    EXPECT_FALSE(without.shows("app-logo"));

    change({.logo = svg("0 0 32 32")});
    Browser browser(router_);
    Shown page = consent_page(browser);
    const std::string path = page.between("<img class=\"app-logo\" src=\"", "\"");
    EXPECT_THAT(path, HasSubstr("/app-logos/" + app_.record.id.text() + "/"));
    EXPECT_EQ(browser.get(path).body, svg("0 0 32 32").contents);
    EXPECT_THAT(browser.get(path).header("Content-Security-Policy"), HasSubstr("sandbox"));
    page = browser.submit(page, "/sign-in/consent", {{"action", "agree"}});
    (void)exchange(token_of(page));
    EXPECT_TRUE(browser.get("/account").shows("src=\"" + path + "\""));

    change({.logo = svg("0 0 33 33")});
    EXPECT_EQ(browser.get(path).status, 404) << "that path named the other image";
    change({.logo = clients::ClientChange::NoLogo{}});
    EXPECT_FALSE(browser.get("/account").shows("app-logo"));
}

TEST_F(BrandTest, AnAppsLogoGoesWithTheApp) {
    serve_brand();
    change({.logo = svg("0 0 32 32")});
    const std::string path =
        pages::app_logo_path(app_.record.id, {svg("0 0 32 32").version, 1024, 1024});
    Browser browser(router_);
    EXPECT_EQ(browser.get(path).status, 200);
    must(database::run_write(
        *store_, [&](auto& tx) { return clients::delete_client(act(), tx, app_.record.id); }));
    EXPECT_EQ(browser.get(path).status, 404);
    EXPECT_EQ(browser.get("/app-logos/nobody/" + std::string(16, '0')).status, 404);
}

TEST_F(BrandTest, AChangedAppKeepsWhatIsNotNamed) {
    change({.name = "Fern"});
    Browser browser(router_);
    EXPECT_TRUE(consent_page(browser).shows("Share your details with <bdi>Fern</bdi>?"));
    change({.origins = std::vector<std::string>{"https://other.example.com"}});
    EXPECT_EQ(browser.get(url("email")).status, 403) << "its page may no longer ask";
    const auto refused = try_change({.name = "Acme\xE2\x80\xAE"});
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument) << "as at registration";
}

TEST_F(BrandTest, ASessionLivesAsLongAsTheOperatorSays) {
    realm_.lifetimes.session = Seconds(600);
    Browser browser(router_);
    const Shown code_page = ask_for_code(browser, "ada@example.com", "/account");
    const Shown answer =
        browser.post_once(Browser::action_of(code_page, "/sign-in/code"),
                          {{"code", mail_.code}, {"token", code_page.hidden("token")}});
    std::string cookie;
    for (const auto& [name, value] : answer.headers) {
        if (name == "Set-Cookie" && value.starts_with("__Host-session=")) cookie = value;
    }
    EXPECT_THAT(cookie, HasSubstr("Max-Age=600"));
    clock_.advance(Seconds(599));
    EXPECT_TRUE(browser.get("/account").shows("Your account"));
    clock_.advance(Seconds(1));
    EXPECT_FALSE(browser.get("/account").shows("Your account"));
}

// What the brand's colours are measured against is what the pages have.
TEST(BrandFields, KnowThePagesColours) {
    std::string_view css;
    for (const auto& file : rendering::files_ending("signin.css")) css = file.contents;
    const std::size_t dark = css.find("prefers-color-scheme: dark");
    const auto says = [](std::string_view part, std::string_view name, branding::Color color) {
        const std::string line = std::string(name) + ": " + branding::to_text(color) + ";";
        EXPECT_NE(part.find(line), std::string_view::npos) << line;
    };
    for (const auto& [part, page] : {std::pair(css.substr(0, dark), pages::light_page),
                                     std::pair(css.substr(dark), pages::dark_page)}) {
        says(part, "--card", page.card);
        says(part, "--paper", page.paper);
        says(part, "--ink", page.ink);
    }
}

}  // namespace
}  // namespace latchkey::endpoints
