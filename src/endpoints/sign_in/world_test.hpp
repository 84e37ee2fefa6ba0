#pragma once

// The sign-in and account pages over a real store and real keys, and browsers that visit them:
// each with a cookie jar, following 303s, filling in the forms that the pages show.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "apps/latchkey/routes.hpp"
#include "grants/exchange.hpp"
#include "http/router.hpp"
#include "people/sessions.hpp"
#include "people/users.hpp"
#include "testing/delegation_world.hpp"
#include "testing/replies.hpp"
#include "webauthn/authenticator_test.hpp"

namespace latchkey::endpoints {

using testing::must;

/// What arrives in the person's mailbox.
class LastMail final : public people::CodeMailer {
public:
    Result<void> enqueue(database::WriteTransaction& /*tx*/, const people::CodeMail& mail,
                         Timestamp /*now*/) override {
        recipient = mail.recipient;
        code = mail.code;
        link = mail.link;
        app_name = mail.app_name;
        ++count;
        return {};
    }
    std::string recipient, code, link, app_name;
    int count = 0;
};

/// One answer, as a browser has it.
struct Shown {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::vector<std::string> locations;  // that led here

    [[nodiscard]] std::string header(std::string_view name) const {
        for (const auto& [key, value] : headers) {
            if (key == name) return value;
        }
        return {};
    }
    [[nodiscard]] bool shows(std::string_view text) const {
        return body.find(text) != std::string::npos;
    }
    /// The text between `before` and `after`; empty if it is not there.
    [[nodiscard]] std::string between(std::string_view before, std::string_view after) const {
        const std::size_t begin = body.find(before);
        if (begin == std::string::npos) return {};
        const std::size_t end = body.find(after, begin + before.size());
        return body.substr(begin + before.size(), end - begin - before.size());
    }
    [[nodiscard]] std::string hidden(const std::string& name) const {
        return between("name=\"" + name + "\" value=\"", "\"");
    }
};

using FormFields = std::map<std::string, std::string>;

inline std::string encode(const FormFields& fields) {
    std::string out;
    for (const auto& [name, value] : fields) {
        out += (out.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
    }
    return out;
}

/// The server's own routes, and the store behind them.
class Site {
public:
    explicit Site(database::Database& database) noexcept : database_(database) {}

    /// Mounts them, anew if they were: a brand is looked at when it is mounted.
    void serve(const SignInParts& pages, clients::SecretUses& secret_uses) {
        router_ = std::make_unique<http::Router>();
        app::mount_routes(*router_, {.pages = pages,
                                     .secret_uses = secret_uses,
                                     .app_reads = app_reads_,
                                     .engines = engines(),
                                     .mode = app::Mode::production,
                                     .graphiql = config::Graphiql::never});
    }
    [[nodiscard]] http::Reply handle(const http::Request& request) const {
        return router_->handle(request);
    }
    [[nodiscard]] database::Database& database() const noexcept { return database_; }

    database::WriteGroup* joined = nullptr;  // begun by the test: what writes does so in it

private:
    /// One set for all tests.
    static const app::Engines& engines() {
        static const testing::ManualClock clock;
        static Log log(STDERR_FILENO, clock, LogLevel::error);
        static const app::Engines made = must(app::make_engines(app::Mode::production, log));
        return made;
    }

    database::Database& database_;
    people::AppReads app_reads_;
    std::unique_ptr<http::Router> router_;
};

class Browser {
public:
    explicit Browser(const Site& site) : site_(site) {}

    std::map<std::string, std::string> cookies;
    std::vector<std::pair<std::string, std::string>> more_headers;
    std::string peer = "192.0.2.1";

    /// Follows redirects, as GET.
    Shown get(const std::string& target) { return follow(send(http::Method::get, target, "")); }
    Shown post(const std::string& target, const FormFields& fields) {
        return follow(post_once(target, fields));
    }
    Shown post_once(const std::string& target, const FormFields& fields) {
        return send(http::Method::post, target, encode(fields));
    }
    /// Sends the form of `page` whose action begins with `path`, with its hidden fields.
    Shown submit(const Shown& page, const std::string& path, FormFields fields) {
        const std::string action = action_of(page, path);
        EXPECT_NE(action, "") << "no form to " << path << " in\n" << page.body;
        for (const char* name : {"token", "person", "via"}) {
            if (!fields.contains(name) && page.shows("name=\"" + std::string(name) + "\"")) {
                fields[name] = page.hidden(name);
            }
        }
        return post(action, fields);
    }
    static std::string action_of(const Shown& page, const std::string& path) {
        std::string action = page.between("action=\"" + path, "\"");
        if (!page.shows("action=\"" + path)) return {};
        for (std::size_t at = action.find("&amp;"); at != std::string::npos;
             at = action.find("&amp;", at)) {
            action.replace(at, 5, "&");
        }
        return path + action;
    }
    Shown send(http::Method method, const std::string& target, const std::string& body) {
        std::string cookie_header;
        for (const auto& [name, value] : cookies) {
            cookie_header += (cookie_header.empty() ? "" : "; ") + name + "=" + value;
        }
        std::vector<http::Header> headers{{"Host", "id.example.com"},
                                          {"User-Agent", "Mozilla/5.0 (X11; Linux) Firefox/128.0"}};
        if (!cookie_header.empty()) headers.push_back({"Cookie", cookie_header});
        if (method == http::Method::post) {
            headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
        }
        for (const auto& [name, value] : more_headers) headers.push_back({name, value});
        http::Request request;
        request.method = method;
        request.target = target;
        request.path = request.target.substr(0, target.find('?'));
        if (request.path.size() < target.size()) {
            request.query = request.target.substr(request.path.size() + 1);
        }
        request.headers = headers;
        request.body = body;
        request.request_id = "req-1";
        request.peer_address = peer;
        return take(testing::finish(site_.handle(request), site_.database(), site_.joined));
    }

private:
    Shown take(const http::Response& response) {
        Shown seen;
        seen.status = response.status;
        seen.body = response.body_view();
        for (const auto& [name, value] : response.headers) {
            seen.headers.emplace_back(name, value);
            if (name == "Set-Cookie") keep(value);
        }
        return seen;
    }
    void keep(const std::string& set_cookie) {
        const std::size_t equals = set_cookie.find('=');
        const std::string name = set_cookie.substr(0, equals);
        const bool drops = set_cookie.find("Max-Age=0") != std::string::npos;
        if (drops) {
            cookies.erase(name);
        } else {
            cookies[name] = set_cookie.substr(equals + 1, set_cookie.find(';') - equals - 1);
        }
    }
    Shown follow(Shown seen) {
        std::vector<std::string> locations;
        while (seen.status == 303 && locations.size() < 5) {
            locations.push_back(seen.header("Location"));
            seen = send(http::Method::get, locations.back(), "");
        }
        seen.locations = std::move(locations);
        return seen;
    }
    const Site& site_;
};

class SignInTest : public ::testing::Test {
protected:
    SignInTest() { router_.serve(parts_, secret_uses_); }

    /// Where the SDK's pop-up goes.
    [[nodiscard]] std::string url(std::string_view scope, std::string_view flow = "flow-1") const {
        return "/sign-in?client_id=" + app_.record.id.text() +
               "&origin=" + percent_encode("https://shop.example.com") +
               "&scope=" + percent_encode(scope) + "&locale=en&flow=" + std::string(flow);
    }
    /// As far as the page after the right code.
    Shown sign_in(Browser& browser, std::string_view email, const std::string& from) {
        const Shown code_page = ask_for_code(browser, email, from);
        return browser.submit(code_page, "/sign-in/code", {{"code", mail_.code}});
    }
    Shown ask_for_code(Browser& browser, std::string_view email, const std::string& from) {
        return browser.submit(browser.get(from), "/sign-in/email", {{"email", std::string(email)}});
    }
    Shown open_account(Browser& browser, std::string_view email) {
        return sign_in(browser, email, "/account");
    }
    /// The consent token on the last page; empty if there is none.
    static std::string token_of(const Shown& page) {
        return page.between("\"shopConsentToken\":\"", "\"");
    }
    UserId create_user(Profile profile) { return world_.create_user(std::move(profile)); }
    UserId create_user(std::string email) { return world_.create_user(std::move(email)); }
    std::optional<people::User> find_user(std::string_view email) {
        const auto tx = must(store_->read());
        return must(people::find_user_by_email(*tx, keys(), email));
    }
    [[nodiscard]] realm::Act act() const {
        return {realm_, random(), clock_.now(), testing::test_audit};
    }
    grants::Answer<grants::ExchangeRefusal> exchange(const std::string& token) {
        return database::run_write(*store_, [&](auto& tx) {
            return grants::fetch_tokens_for_user(act(), tx, app_.record, {token, std::nullopt});
        });
    }
    clients::CreatedClient make_app(std::string name) {
        clients::NewClient wanted;
        wanted.name = std::move(name);
        wanted.origins = {"https://shop.example.com"};
        wanted.redirect_uris = {"https://shop.example.com/login?from=menu",
                                "https://other.example.com/callback"};
        wanted.scopes = must(contract_scopes().parse("openid email profile phone"));
        return must(database::run_write(
            *store_, [&](auto& tx) { return clients::create_client(act(), tx, wanted); }));
    }
    [[nodiscard]] static const keys::KeyRing& keys() { return testing::shared_keys(); }
    [[nodiscard]] static Random& random() { return testing::system_random(); }

    testing::World world_;
    testing::ManualClock& clock_ = world_.clock;
    std::unique_ptr<database::Database>& store_ = world_.database;
    realm::Realm& realm_ = world_.realm;
    clients::SecretUses secret_uses_;
    LastMail mail_;
    people::EmailCodes codes_{{keys(), random(), mail_}};
    webauthn::RelyingParty party_{realm_.passkey_domain, realm_.public_origin, realm_.brand.name};
    webauthn::Passkeys passkeys_{{keys(), random(), party_}};
    SignInParts parts_{realm_, world_.ports(), codes_, passkeys_};
    clients::CreatedClient app_ = make_app("Fern & Fable");
    Site router_{*store_};
};

}  // namespace latchkey::endpoints
