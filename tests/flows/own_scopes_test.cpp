// A scope that the operator has added in the configuration, from the registration of an app to the
// introspection of its token, in the server as it is wired.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "base/text/text.hpp"
#include "testing/must.hpp"
#include "testing/test_server.hpp"

namespace latchkey::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view configuration = R"(
[[scopes]]
name = "loyalty:read"
claim = "phone_number"
[scopes.text]
en = "Your loyalty points"
de = "Deine Treuepunkte"
[scopes.about]
en = "How many you have."
de = "Wie viele du hast."
)";

std::string between(const std::string& text, const std::string& before, std::string_view after) {
    const std::size_t begin = text.find(before);
    if (begin == std::string::npos) return {};
    const std::size_t end = text.find(after, begin + before.size());
    return text.substr(begin + before.size(), end - begin - before.size());
}

class OwnScopes : public ::testing::Test {
protected:
    std::string request(const std::string& head, const std::string& body) {
        std::string text = head + "\r\nHost: id.example.com\r\n";
        if (!cookies.empty()) {
            text += "Cookie: ";
            for (const auto& [name, value] : cookies) text += name + "=" + value + "; ";
            text.replace(text.size() - 2, 2, "\r\n");
        }
        if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
        std::string answer = server.send(text + "\r\n" + body);
        keep_cookies(answer);
        return answer;
    }
    std::string get(const std::string& target) {
        return request("GET " + target + " HTTP/1.1", "");
    }
    std::string post(const std::string& target, const std::string& type, const std::string& body,
                     const std::string& more = "") {
        return request("POST " + target + " HTTP/1.1\r\nContent-Type: " + type + more, body);
    }
    /// Sends the form of `page` with the pages' own hidden fields; the page that it leads to.
    std::string submit(const std::string& page, const std::string& path, std::string fields) {
        for (const std::string name : {"token", "person"}) {
            const std::string value = between(page, "name=\"" + name + "\" value=\"", "\"");
            if (!value.empty()) fields += "&" + name + "=" + percent_encode(value);
        }
        const std::string moved = post(path + "?" + query, form_type, fields);
        return get(between(moved, "Location: ", "\r\n"));
    }
    void keep_cookies(const std::string& answer) {
        const std::string name = "Set-Cookie: ";
        for (std::size_t at = answer.find(name); at != std::string::npos;
             at = answer.find(name, at + 1)) {
            const std::string cookie = answer.substr(at + name.size(), answer.find('\r', at) - at);
            const std::size_t equals = cookie.find('=');
            cookies[cookie.substr(0, equals)] =
                cookie.substr(equals + 1, cookie.find(';') - equals - 1);
        }
    }
    std::string consent_page(const std::string& locale) {
        query = "client_id=" + app.client_id +
                "&origin=http%3A%2F%2F127.0.0.1%3A8081&scope=openid%20email%20loyalty%3Aread"
                "&locale=" +
                locale + "&flow=flow-1";
        return get("/sign-in?" + query);
    }
    void sign_in() {
        std::string page = consent_page("en");
        page = submit(page, "/sign-in/email", "email=ada%40example.com");
        const std::string code = between(get("/dev/mailbox"), "data-code>", "<");
        page = submit(page, "/sign-in/code", "code=" + code);
    }

    const std::string form_type = "application/x-www-form-urlencoded";
    TestServer server{app::Mode::development, [](config::ServerConfig& config) {
                          config = must(config::complete_config(
                              must(config::parse_config(configuration, std::move(config)))));
                      }};
    TestServer::App app = server.create_app("openid email loyalty:read");
    UserId user = server.create_user("ada@example.com");
    const std::string basic =
        "\r\nAuthorization: Basic " + to_base64(as_bytes(app.client_id + ":" + app.client_secret));
    std::map<std::string, std::string> cookies;
    std::string query;
};

TEST_F(OwnScopes, AreAskedForInThePersonsLanguageGrantedAndReadFromTheToken) {
    sign_in();
    const std::string german = consent_page("de");
    EXPECT_THAT(german, HasSubstr("Deine Treuepunkte"));
    EXPECT_THAT(german, HasSubstr("Wie viele du hast."));
    EXPECT_THAT(consent_page("fr"), HasSubstr("Your loyalty points")) << "for want of words in it";
    const std::string page = consent_page("en");
    EXPECT_THAT(page, HasSubstr("Your loyalty points"));
    EXPECT_THAT(page, HasSubstr("How many you have."));

    const std::string done =
        submit(page, "/sign-in/consent", "action=agree&grant_loyalty%3Aread=1");
    EXPECT_THAT(done, HasSubstr(R"("consentedScopes":"openid email loyalty:read")"));
    const std::string consent = between(done, R"("shopConsentToken":")", "\"");
    const std::string issued =
        post("/api/latest/partners/graphql.json", "application/json",
             R"({"query":"mutation{fetchTokensForUser(consentToken:\")" + consent +
                 R"(\"){accessToken refreshToken scope user{phone name}}}"})",
             basic);
    EXPECT_THAT(issued, HasSubstr(R"("scope":"openid email loyalty:read")"));
    const std::string access = between(issued, R"("accessToken":")", "\"");
    const std::string refresh = between(issued, R"("refreshToken":")", "\"");
    for (const std::string& token : {access, refresh}) {
        EXPECT_THAT(post("/oauth/introspect", form_type, "token=" + token, basic),
                    HasSubstr(R"("active":true,"scope":"openid email loyalty:read")"));
    }
    EXPECT_THAT(get("/account"), HasSubstr("Your loyalty points"));
}

TEST_F(OwnScopes, ThatAPersonUnticksAreNotGranted) {
    sign_in();
    const std::string done = submit(consent_page("en"), "/sign-in/consent", "action=agree");
    EXPECT_THAT(done, HasSubstr(R"("consentedScopes":"openid email")"));
    EXPECT_THAT(done, Not(HasSubstr("loyalty")));
}

}  // namespace
}  // namespace latchkey::testing
