#pragma once

// One server with two realms, each with a host, an app, a person and all that they can hold; and
// requests that carry what one of them holds to either host.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "testing/test_server.hpp"

namespace latchkey::testing {

struct Answer {
    int status = 0;
    std::string head, body;

    [[nodiscard]] std::string header(std::string_view name) const;
    [[nodiscard]] bool shows(std::string_view text) const {
        return body.find(text) != std::string::npos;
    }
    /// The text between `before` and `after` in the body; empty if it is not there.
    [[nodiscard]] std::string between(std::string_view before, std::string_view after) const;
};

struct Call {
    std::string method;
    std::string target;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

/// What a realm's app, person and browser hold.
struct Holder {
    const app::OpenRealm& realm;
    std::string host;
    std::string brand;
    TestServer::App app;
    UserId user;
    std::string public_id, access_token, refresh_token;
    std::string session;          // the cookie's value
    std::string browser;          // the cookie's value, before anybody signed in
    std::string app_logo_path;    // of the app
    std::string brand_logo_path;  // of the realm

    [[nodiscard]] std::string basic() const;
    [[nodiscard]] std::string email() const { return "ada@" + host; }
};

class TwoRealms : public ::testing::Test {
protected:
    TwoRealms();

    [[nodiscard]] Answer send(std::string_view host, const Call& call);
    /// With what a form carries: its fields, the browser's cookies.
    [[nodiscard]] static Call form(std::string target, std::string cookie, std::string body);
    /// A consent token for the holder's app, as the sign-in page issues it.
    [[nodiscard]] std::string consent_token(const Holder& holder);
    /// A new browser session of the holder's person; the cookie's value.
    [[nodiscard]] std::string start_session(const Holder& holder);
    /// The token of the account page's forms.
    [[nodiscard]] std::string account_token(const Holder& holder, const std::string& session);
    /// partners' GraphQL, with the holder's credentials on the host.
    [[nodiscard]] Answer ask_partners(const Holder& holder, std::string_view host,
                                      const std::string& query);

    TestServer server_;
    Holder fern_, acme_;

private:
    [[nodiscard]] Holder fill(const app::OpenRealm& realm, std::string host, std::string brand);
};

}  // namespace latchkey::testing
