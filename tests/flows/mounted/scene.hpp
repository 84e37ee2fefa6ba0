#pragma once

// A server as it is mounted, an app and a person, and requests that can be held between being
// parsed and being run. What leads to a request goes through the routes themselves.

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "database/database.hpp"
#include "http/message.hpp"
#include "testing/test_server.hpp"

namespace latchkey::testing {

using Fields = std::map<std::string, std::string>;

/// A request, kept as long as what the server hands over borrows from it.
struct Sent {
    http::Method method = http::Method::get;
    std::string target;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body = {};

    Sent& with(std::string name, std::string value) {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    /// The same without Authorization and Cookie.
    [[nodiscard]] Sent without_credentials() const;
    /// The names of what its body holds that lets somebody in or hands something over: fields of a
    /// form, arguments of a GraphQL field.
    [[nodiscard]] std::vector<std::string_view> credentials_in_body() const;
    /// The same with another value for one of them.
    [[nodiscard]] Sent spoiled(std::string_view in_body) const;
};

/// An answer, as text.
struct Shown {
    int status = 0;
    std::string location;
    std::string body;

    [[nodiscard]] bool shows(std::string_view text) const;
    /// Empty if it is not there.
    [[nodiscard]] std::string between(std::string_view before, std::string_view after) const;
    [[nodiscard]] std::string hidden(const std::string& name) const;
    /// The action of the form whose action begins with `path`.
    [[nodiscard]] std::string action_of(const std::string& path) const;
};
[[nodiscard]] Shown seen(const http::Response& response);

/// The tokens of an exchange.
struct TokenTexts {
    std::string access, refresh, public_id;
};

class Scene {
public:
    static constexpr std::string_view origin = "http://127.0.0.1:8081";  // of the server's test app
    static constexpr std::string_view email = "ada@example.com";

    explicit Scene(app::Mode mode = app::Mode::development);

    /// Valid as long as `sent` stays where it is.
    [[nodiscard]] http::Reply parse(const Sent& sent);
    /// Runs a reply to its end.
    [[nodiscard]] http::Response finish(http::Reply reply);
    Shown send(const Sent& sent) { return seen(finish(parse(sent))); }

    /// As a browser: with its cookies, following redirects to our own pages.
    Shown get(const std::string& target);
    Shown submit(const Shown& page, const std::string& path, Fields fields);
    /// The form of `page`, with its hidden fields, not sent yet.
    [[nodiscard]] Sent form(const Shown& page, const std::string& path, Fields fields) const;
    /// A GET with the browser's cookies.
    [[nodiscard]] Sent page(const std::string& target) const;

    [[nodiscard]] std::string sign_in_url(std::string_view scope) const;
    Shown ask_for_code(const std::string& from);
    /// As far as the page after the right code.
    Shown sign_in(const std::string& from);
    Shown open_account() { return sign_in("/account"); }
    /// Of a person who has just agreed on the page.
    std::string consent_token();
    TokenTexts exchange();
    /// The code of the newest mail.
    std::string newest_code();

    [[nodiscard]] std::string basic() const;
    [[nodiscard]] Sent graphql(std::string target, std::string authorization,
                               std::string_view query) const;
    /// To the unstable Partners API, which has all fields.
    [[nodiscard]] Sent partners(std::string_view query) const;
    [[nodiscard]] Sent users(const std::string& access_token, std::string_view query) const;
    /// A call whose preparation must work; its answer.
    Shown call(const Sent& sent);
    [[nodiscard]] Sent oauth(std::string target, const Fields& fields) const;

    /// Behind the server's back.
    void execute(database::Sql sql);

    [[nodiscard]] database::Database& database() { return server.world().database(); }

    TestServer server;
    TestServer::App app;
    TestServer::App partner;
    UserId ada;
    std::map<std::string, std::string> cookies;

private:
    Shown receive(const http::Response& response);

    std::deque<std::vector<http::Header>> headers_;  // of what was parsed: replies borrow them
};

}  // namespace latchkey::testing
