// Two realms in one installation: what one of them gave out is worth nothing in the other, on every
// route that there is.

#include <gmock/gmock.h>

#include <functional>
#include <map>
#include <set>

#include "base/text/text.hpp"
#include "crypto/digest.hpp"
#include "endpoints/sign_in/return.hpp"
#include "mail/outbox.hpp"
#include "store/outbox.hpp"
#include "testing/transactions.hpp"
#include "tests/flows/two_realms.hpp"

namespace latchkey::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string name_of(const http::Router::Route& route) {
    const bool is_post = route.method == http::Method::post;
    return std::string(is_post ? "POST " : "GET ") + std::string(route.pattern);
}

class Crossing : public TwoRealms {
protected:
    /// What is done at a host with what a holder holds; whether it got through.
    using Attempt = std::function<bool(const Holder& holder, const std::string& host)>;

    /// Every attempt for a route gets through at home and not next door, both ways.
    void expect_apart(const std::string& route, const Attempt& attempt) {
        for (const auto& [holder, other] : {std::pair(&fern_, &acme_), std::pair(&acme_, &fern_)}) {
            EXPECT_FALSE(attempt(*holder, other->host))
                << route << ": what " << holder->brand << " gave out got through at "
                << other->brand;
            EXPECT_TRUE(attempt(*holder, holder->host)) << route << " at " << holder->brand;
        }
    }

    Attempt partners(std::string path, std::string method) {
        return [this, path, method](const Holder& holder, const std::string& host) {
            Call call{method, path, {{"Authorization", holder.basic()}}, ""};
            if (method == "GET") {
                call.target += "?query=%7B__typename%7D";
            } else {
                call.headers.emplace_back("Content-Type", "application/json");
                call.body = "{\"query\":\"{__typename}\"}";
            }
            return send(host, call).status == 200;
        };
    }
    Attempt users(std::string path, std::string method) {
        return [this, path, method](const Holder& holder, const std::string& host) {
            Call call{method, path, {{"Authorization", "Bearer " + holder.access_token}}, ""};
            if (method == "GET") {
                call.target += "?query=%7Buser%7Bemail%7D%7D";
            } else {
                call.headers.emplace_back("Content-Type", "application/json");
                call.body = "{\"query\":\"{user{email}}\"}";
            }
            const Answer answer = send(host, call);
            return answer.status == 200 && answer.shows(holder.email());
        };
    }
    /// A form of an OAuth endpoint, from the app of `caller`.
    Answer ask_oauth(const Holder& caller, const std::string& host, const std::string& path,
                     const std::string& body) {
        return send(host, {"POST",
                           path,
                           {{"Authorization", caller.basic()},
                            {"Content-Type", "application/x-www-form-urlencoded"}},
                           body});
    }
    Attempt oauth(std::string path, std::string field) {
        return [this, path, field](const Holder& holder, const std::string& host) {
            return ask_oauth(holder, host, path, field + "=" + holder.access_token).status == 200;
        };
    }
    Attempt sign_in_page(std::string path) {
        return [this, path](const Holder& holder, const std::string& host) {
            const Answer page = send(
                host, {"GET",
                       path + "?client_id=" + holder.app.client_id +
                           "&origin=http%3A%2F%2F127.0.0.1%3A8081&scope=email&locale=en&flow=f1",
                       {},
                       ""});
            return page.status == 200;
        };
    }
    /// The first page's form, sent to a step's route with the browser's cookie and token.
    Attempt sign_in_form(std::string path, std::string fields) {
        return [this, path, fields](const Holder& holder, const std::string& host) {
            const std::string cookie = "__Host-signin=" + holder.browser;
            const std::string query = "?for=account&locale=en";
            const Answer page =
                send(holder.host, {"GET", "/sign-in" + query, {{"Cookie", cookie}}, ""});
            const std::string token = page.between("name=\"token\" value=\"", "\"");
            EXPECT_NE(token, "") << page.body;
            return send(host, form(path + query, cookie, "token=" + token + fields)).status == 303;
        };
    }
    /// A form of the account page, in a session of its own.
    Attempt account_form(std::string path, std::string fields = "") {
        return [this, path, fields](const Holder& holder, const std::string& host) {
            const std::string session = start_session(holder);
            const std::string token = account_token(holder, session);
            EXPECT_NE(token, "");
            const Answer answer =
                send(host, form(path, "__Host-session=" + session, "token=" + token + fields));
            const bool is_stranger = answer.header("Location").starts_with("/sign-in?for=account");
            const bool signs_out = path == "/account/sign-out";
            if (signs_out && host == holder.host) return answer.status == 303;
            return (answer.status == 303 || answer.status == 200) && !is_stranger;
        };
    }
    Attempt account_page(std::string path, std::string marker) {
        return [this, path, marker](const Holder& holder, const std::string& host) {
            const Answer page =
                send(host, {"GET", path, {{"Cookie", "__Host-session=" + holder.session}}, ""});
            return page.status == 200 && page.shows(marker);
        };
    }
    bool recognizes(const Holder& app, const Holder& person, const std::string& host) {
        return send(host, {"POST",
                           "/sdk/recognition",
                           {{"Origin", "http://127.0.0.1:8081"},
                            {"Cookie", "__Host-session=" + start_session(person)},
                            {"Content-Type", "application/x-www-form-urlencoded"}},
                           "client_id=" + app.app.client_id})
            .shows("\"recognized\":true");
    }
    bool opens_result(const Holder& holder, const std::string& host) {
        const std::string verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        const std::string origin = "http://127.0.0.1:8081";
        interaction::RedirectFragment ends;
        ends.origin = origin;
        ends.return_to = origin + "/callback";
        ends.flow = "f1";
        ends.code_challenge = to_base64url(crypto::sha256(verifier));
        const std::string url = endpoints::return_url(*holder.realm.keys, ends,
                                                      Secret("the outcome"), server_.clock().now());
        const std::string sealed = url.substr(url.rfind('=') + 1);
        return send(host,
                    {"POST",
                     "/sdk/result",
                     {{"Origin", origin}, {"Content-Type", "application/x-www-form-urlencoded"}},
                     "result=" + sealed + "&code_verifier=" + verifier})
            .shows("the outcome");
    }
    Attempt shows(std::string path, std::string before = "") {
        return [this, path, before](const Holder& holder, const std::string& host) {
            return send(host, {"GET", path, {}, ""}).shows(before + holder.brand);
        };
    }
    bool has_mail(const Holder& holder, const std::string& host) {
        const auto mails = read_once(server_.world().database(), [&](auto& tx) {
            return store::list_newest_mail(tx, holder.realm.realm.id(), 1);
        });
        if (mails.empty()) {
            write_once(server_.world().database(), [&](auto& tx) {
                mail::MailMessage mail;
                mail.recipient = holder.email();
                mail.useful_until = server_.clock().now() + Seconds(600);
                return mail::enqueue(tx, *holder.realm.keys, mail, server_.clock().now());
            });
        }
        return send(host, {"GET", "/dev/mailbox", {}, ""}).shows(holder.email());
    }

    std::map<std::string, Attempt> attempts();
    std::map<std::string, Attempt> account_attempts();
    std::map<std::string, Attempt> api_attempts();
};

/// Routes on which nobody is known and nothing is a realm's own.
const std::set<std::string> same_for_all = {
    "GET /healthz",
    "GET /assets/{file}",
    "GET /sdk/{file}",
    "GET /shopifycloud/shop-js/modules/v2/{file}",
    "GET /graphiql/{file}",
    "GET /api/partners/graphiql",
    "GET /api/latest/partners/graphiql",
    "GET /api/unstable/partners/graphiql",
    "GET /api/users/graphiql",
    "GET /api/latest/users/graphiql",
    "GET /api/unstable/users/graphiql",
};

std::map<std::string, Crossing::Attempt> Crossing::account_attempts() {
    return {
        {"GET /account", account_page("/account", "name=\"token\"")},
        {"GET /account/delete", account_page("/account/delete", "name=\"token\"")},
        {"GET /account/email",
         [this](const Holder& holder, const std::string& host) {
             const Answer page = send(
                 host,
                 {"GET", "/account/email", {{"Cookie", "__Host-session=" + holder.session}}, ""});
             return page.header("Location") == "/account";  // nothing is pending
         }},
        {"POST /account/apps/disconnect", account_form("/account/apps/disconnect")},
        {"POST /account/details", account_form("/account/details", "&given_name=Eve")},
        {"POST /account/email", account_form("/account/email", "&email=eve%40example.com")},
        {"POST /account/email/code", account_form("/account/email/code", "&code=123456")},
        {"POST /account/passkeys/add", account_form("/account/passkeys/add")},
        {"POST /account/passkeys/rename", account_form("/account/passkeys/rename")},
        {"POST /account/passkeys/remove", account_form("/account/passkeys/remove")},
        {"POST /account/sessions/end", account_form("/account/sessions/end")},
        {"POST /account/sessions/end-others", account_form("/account/sessions/end-others")},
        {"POST /account/sign-out", account_form("/account/sign-out")},
        {"POST /account/data", account_form("/account/data")},
        {"POST /account/delete", account_form("/account/delete")},
    };
}

std::map<std::string, Crossing::Attempt> Crossing::api_attempts() {
    std::map<std::string, Attempt> all;
    for (const std::string method : {"GET", "POST"}) {
        for (const std::string version : {"", "/latest"}) {
            const std::string in_pattern = version.empty() ? "" : "/{version}";
            all[method + " /api" + in_pattern + "/partners/graphql.json"] =
                partners("/api" + version + "/partners/graphql.json", method);
            all[method + " /api" + in_pattern + "/users/graphql.json"] =
                users("/api" + version + "/users/graphql.json", method);
        }
    }
    return all;
}

std::map<std::string, Crossing::Attempt> Crossing::attempts() {
    const auto get_path = [this](std::string Holder::* path) {
        return [this, path](const Holder& holder, const std::string& host) {
            return send(host, {"GET", holder.*path, {}, ""}).status == 200;
        };
    };
    std::map<std::string, Attempt> all = {
        {"POST /oauth/introspect", oauth("/oauth/introspect", "token")},
        {"POST /oauth/revoke", oauth("/oauth/revoke", "nothing=1&token")},
        {"POST /oauth/token",
         [this](const Holder& holder, const std::string& host) {
             return ask_oauth(holder, host, "/oauth/token",
                              "grant_type=refresh_token&refresh_token=" + holder.refresh_token)
                        .status == 200;
         }},
        {"GET /sign-in", sign_in_page("/sign-in")},
        {"GET /sign-in/link", sign_in_page("/sign-in/link")},
        {"POST /sign-in/email", sign_in_form("/sign-in/email", "&email=eve%40example.com")},
        {"POST /sign-in/code", sign_in_form("/sign-in/code", "&code=123456")},
        {"POST /sign-in/passkey", sign_in_form("/sign-in/passkey", "")},
        {"POST /sign-in/name", sign_in_form("/sign-in/name", "&given_name=Eve")},
        {"POST /sign-in/consent", sign_in_form("/sign-in/consent", "&action=agree")},
        {"POST /sdk/recognition",
         [this](const Holder& holder, const std::string& host) {
             const Holder& local = host == fern_.host ? fern_ : acme_;
             // With the app of the place, whose page asks: the person is still nobody there.
             return recognizes(holder, holder, host) || recognizes(local, holder, host);
         }},
        {"POST /sdk/result",
         [this](const Holder& holder, const std::string& host) {
             return opens_result(holder, host);
         }},
        {"GET /sdk/config.json", shows("/sdk/config.json", "\"name\":\"")},
        {"GET /", shows("/")},
        {"GET /dev/mailbox",
         [this](const Holder& holder, const std::string& host) { return has_mail(holder, host); }},
        {"GET /brand/{version}", get_path(&Holder::brand_logo_path)},
        {"GET /app-logos/{client_id}/{version}", get_path(&Holder::app_logo_path)},
    };
    all.merge(account_attempts());
    all.merge(api_attempts());
    return all;
}

TEST_F(Crossing, NothingThatOneRealmGaveOutGetsThroughInAnotherOnAnyRoute) {
    const auto all = attempts();
    std::set<std::string> mounted;
    for (const std::string_view realm : {"", "acme"}) {
        const http::Router* routes = server_.application().find_routes(realm);
        ASSERT_NE(routes, nullptr);
        for (const auto& route : routes->routes()) mounted.insert(name_of(route));
    }
    for (const std::string& route : mounted) {
        if (same_for_all.contains(route)) continue;
        const auto attempt = all.find(route);
        ASSERT_NE(attempt, all.end()) << "nobody has tried to cross at " << route;
        // Endings come last: what a session or a refresh token is needed for comes before.
        if (route == "POST /oauth/token" || route == "POST /oauth/revoke") continue;
        expect_apart(route, attempt->second);
    }
    expect_apart("POST /oauth/token", all.at("POST /oauth/token"));
    expect_apart("POST /oauth/revoke", all.at("POST /oauth/revoke"));
    for (const auto& [route, attempt] : all) EXPECT_TRUE(mounted.contains(route)) << route;
    for (const std::string& route : same_for_all) EXPECT_TRUE(mounted.contains(route)) << route;
}

TEST_F(Crossing, ATokenOfAnotherRealmIsWorthNothingToAnAppEither) {
    for (const auto& [holder, other] : {std::pair(&fern_, &acme_), std::pair(&acme_, &fern_)}) {
        EXPECT_EQ(
            ask_oauth(*other, other->host, "/oauth/introspect", "token=" + holder->access_token)
                .body,
            R"({"active":false})");
        EXPECT_THAT(ask_oauth(*other, other->host, "/oauth/token",
                              "grant_type=refresh_token&refresh_token=" + holder->refresh_token)
                        .body,
                    HasSubstr("invalid_grant"));
        // RFC 7009 2.2: 200 for a token that is none here; and it is not revoked.
        EXPECT_EQ(
            ask_oauth(*other, other->host, "/oauth/revoke", "token=" + holder->access_token).status,
            200);
        EXPECT_THAT(
            ask_oauth(*holder, holder->host, "/oauth/introspect", "token=" + holder->access_token)
                .body,
            HasSubstr(R"("active":true)"));
        const auto fetch = [&](const std::string& argument) {
            return ask_partners(
                       *other, other->host,
                       "mutation{fetchTokensForUser(" + argument + "){publicId userErrors{code}}}")
                .body;
        };
        EXPECT_THAT(fetch("consentToken:\\\"" + consent_token(*holder) + "\\\""),
                    HasSubstr("INVALID_TOKEN"));
        EXPECT_THAT(fetch("publicId:\\\"" + holder->public_id + "\\\""), HasSubstr("NO_USER"));
    }
}

TEST_F(Crossing, TheSameAddressIsTwoPeopleWithAMailFromEach) {
    for (const auto* holder : {&fern_, &acme_}) {
        const std::string cookie = "__Host-signin=" + holder->browser;
        const Answer page =
            send(holder->host, {"GET", "/sign-in?for=account&locale=en", {{"Cookie", cookie}}, ""});
        EXPECT_THAT(page.body, HasSubstr(holder->brand));
        const std::string token = page.between("name=\"token\" value=\"", "\"");
        const Answer sent =
            send(holder->host, form("/sign-in/email?for=account&locale=en", cookie,
                                    "token=" + token + "&email=both%40example.com"));
        EXPECT_EQ(sent.status, 303);
        const auto mail = read_once(server_.world().database(), [&](auto& tx) {
            return store::list_newest_mail(tx, holder->realm.realm.id(), 10);
        });
        ASSERT_EQ(mail.size(), 1U);
        const auto opened = must(mail::open_mail(*holder->realm.keys, mail[0]));
        EXPECT_THAT(opened.text, HasSubstr(holder->brand));
        EXPECT_THAT(opened.text, HasSubstr("https://" + holder->host + "/sign-in/link?"));
    }
}

using Hosts = TwoRealms;

TEST_F(Hosts, OnlyARealmsOwnHostIsServedAndHealthUnderAny) {
    const auto status = [&](std::string_view host, const std::string& target) {
        return send(host, {"GET", target, {}, ""}).status;
    };
    for (const std::string_view host :
         {"id.fern.example", "ID.Fern.Example", "id.fern.example:443", "id.acme.example"}) {
        EXPECT_EQ(status(host, "/sdk/config.json"), 200) << host;
    }
    for (const std::string_view host :
         {"id.example", "id.fern.example:8443", "fern.example", "id.fern.example.", "127.0.0.1",
          "id.acme.example.evil.example"}) {
        EXPECT_EQ(status(host, "/sdk/config.json"), 421) << host;
        EXPECT_EQ(status(host, "/account"), 421) << host;
        EXPECT_EQ(status(host, "/healthz"), 200) << host;
    }
    const Answer refused = send("id.example", {"GET", "/account", {}, ""});
    EXPECT_THAT(refused.head, StartsWith("HTTP/1.1 421 Misdirected Request\r\n"));
    EXPECT_EQ(refused.header("Cache-Control"), "no-store");
    // Nothing but the Host field is believed.
    EXPECT_EQ(send("id.example", {"GET",
                                  "/sdk/config.json",
                                  {{"X-Forwarded-Host", "id.fern.example"},
                                   {"Forwarded", "host=id.fern.example"}},
                                  ""})
                  .status,
              421);
    EXPECT_THAT(server_.send("GET /account HTTP/1.0\r\n\r\n"), HasSubstr(" 421 "));
    EXPECT_THAT(server_.send("GET /healthz HTTP/1.0\r\n\r\n"), HasSubstr(" 200 "));
}

TEST(OneRealm, IsEveryHost) {
    TestServer server;
    for (const std::string_view host : {"127.0.0.1:8080", "anything.example", "localhost"}) {
        EXPECT_THAT(
            server.send("GET /sdk/config.json HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n"),
            HasSubstr("\"name\":\"Latchkey\""))
            << host;
    }
    EXPECT_THAT(server.send("GET /sdk/config.json HTTP/1.0\r\n\r\n"), HasSubstr("Latchkey"));
    server.create_realm("acme", "https://id.acme.example");
    EXPECT_THAT(server.send("GET /sdk/config.json HTTP/1.1\r\nHost: id.acme.example\r\n\r\n"),
                HasSubstr("\"name\":\"acme\""))
        << "without a section it is called by its name";
    EXPECT_THAT(server.send("GET /sdk/config.json HTTP/1.1\r\nHost: anything.example\r\n\r\n"),
                HasSubstr(" 421 "));
}

}  // namespace
}  // namespace latchkey::testing
