// Realms come, are refused and go while a server runs and when it starts: one that is not right is
// a stranger by itself, and nobody meets the first realm in its place.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "admin/realms.hpp"
#include "base/text/text.hpp"
#include "store/realms.hpp"
#include "testing/temporary_folder.hpp"
#include "testing/test_server.hpp"
#include "testing/transactions.hpp"

namespace latchkey::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view first_host = "id.fern.example";

/// A data folder and a configuration file that outlive servers.
class RealmLife : public ::testing::Test {
protected:
    RealmLife() { configure(""); }

    [[nodiscard]] std::string logo_file() const { return (folder_.path() / "logo.svg").string(); }
    void write_logo() { std::ofstream(logo_file()) << "<svg viewBox='0 0 20 20'/>"; }

    /// What the file says besides the first realm's URL.
    void configure(std::string_view sections) {
        std::ofstream(config_file_) << "public_url = \"https://" << first_host << "\"\n"
                                    << sections;
    }
    /// The server starts; again, if it ran. What it logs as an error.
    std::string start() {
        server_.reset();
        ::testing::internal::CaptureStderr();
        server_ = std::make_unique<TestServer>(
            app::Mode::development, [this](config::ServerConfig& config) {
                config::ServerConfig fresh;
                fresh.data_dir = (folder_.path() / "data").string();
                config =
                    must(config::complete_config(must(config::load_config(config_file_, fresh))));
            });
        return ::testing::internal::GetCapturedStderr();
    }
    /// The server looks for realms; what it logs as an error.
    std::string look() {
        ::testing::internal::CaptureStderr();
        const auto looked = server_->application().serve_new_realms();
        EXPECT_TRUE(looked);
        return ::testing::internal::GetCapturedStderr();
    }
    void add(const std::string& name) {
        server_->add_realm(name, "https://id." + name + ".example");
    }
    [[nodiscard]] std::string get(std::string_view host, std::string_view path,
                                  std::string_view headers = "") {
        return server_->send("GET " + std::string(path) + " HTTP/1.1\r\nHost: " +
                             std::string(host) + "\r\n" + std::string(headers) + "\r\n");
    }
    /// The brand under a host, or "421".
    [[nodiscard]] std::string at(const std::string& host) {
        const std::string answer = get(host, "/sdk/config.json");
        if (answer.starts_with("HTTP/1.1 421 ")) return "421";
        const std::size_t begin = answer.find("\"name\":\"") + 8;
        return answer.substr(begin, answer.find('"', begin) - begin);
    }
    [[nodiscard]] std::string of(const std::string& name) { return at("id." + name + ".example"); }

    TemporaryFolder folder_;
    std::string config_file_ = (folder_.path() / "latchkey.toml").string();
    std::unique_ptr<TestServer> server_;
};

TEST_F(RealmLife, OneThatCannotBeOpenedIsAStrangerAndNoNeighboursTrouble) {
    configure("[realm.cee]\nbrand = { logo = \"" + logo_file() + "\" }\n");
    start();
    add("bee");
    add("cee");
    add("dee");
    EXPECT_THAT(look(), AllOf(HasSubstr("realm.refused"), HasSubstr("`realm.cee.brand.logo`"),
                              HasSubstr("\"realm\":\"cee\"")));
    const auto expect_all_but_cee = [&] {
        EXPECT_EQ(at(std::string(first_host)), "Latchkey");
        EXPECT_EQ(of("bee"), "bee");
        EXPECT_EQ(of("cee"), "421");
        EXPECT_EQ(of("dee"), "dee");
        EXPECT_EQ(of("nobody"), "421");
    };
    expect_all_but_cee();
    EXPECT_EQ(look(), "") << "once is enough";
    EXPECT_THAT(start(), HasSubstr("realm.refused")) << "and the others are served";
    expect_all_but_cee();

    write_logo();
    EXPECT_EQ(look(), "");
    EXPECT_EQ(of("cee"), "cee");
}

TEST_F(RealmLife, TheOnlyOtherOneNotOpenedIsNotTheFirst) {
    configure("[realm.cee]\nbrand = { logo = \"" + logo_file() + "\" }\n");
    start();
    EXPECT_EQ(of("cee"), "Latchkey") << "alone, the first is every host";
    add("cee");
    look();
    EXPECT_EQ(of("cee"), "421");
    start();
    EXPECT_EQ(of("cee"), "421");
    EXPECT_EQ(at(std::string(first_host)), "Latchkey");
}

TEST_F(RealmLife, FromTheMomentThatItIsMadeItsHostIsNotTheFirsts) {
    start();
    const TestServer::App app = server_->create_app("email");
    const std::string basic = to_base64(as_bytes(app.client_id + ":" + app.client_secret));
    const std::string body = "grant_type=refresh_token&refresh_token=x";
    const auto refresh = [&](std::string_view host) {
        return server_->send("POST /oauth/token HTTP/1.1\r\nHost: " + std::string(host) +
                             "\r\nAuthorization: Basic " + basic +
                             "\r\nContent-Type: application/x-www-form-urlencoded"
                             "\r\nContent-Length: " +
                             std::to_string(body.size()) + "\r\n\r\n" + body);
    };
    EXPECT_THAT(refresh("id.acme.example"), HasSubstr("invalid_grant"));
    EXPECT_EQ(of("acme"), "Latchkey");
    add("acme");
    for (const std::string_view host : {"id.acme.example", "id.nobody.example"}) {
        EXPECT_THAT(refresh(host), StartsWith("HTTP/1.1 421 ")) << host;
        EXPECT_EQ(at(std::string(host)), "421");
        EXPECT_THAT(get(host, "/sign-in?for=account"), StartsWith("HTTP/1.1 421 ")) << host;
        EXPECT_THAT(get(host, "/account"), StartsWith("HTTP/1.1 421 ")) << host;
        EXPECT_THAT(get(host, "/healthz"), StartsWith("HTTP/1.1 200 ")) << host;
    }
    for (const std::string host : {"id.fern.example", "ID.Fern.Example:443"}) {
        EXPECT_EQ(at(host), "Latchkey");
        EXPECT_THAT(refresh(host), HasSubstr("invalid_grant"));
    }
    look();
    EXPECT_EQ(of("acme"), "acme");
}

TEST_F(RealmLife, OneOnTheHostThatTheFirstMovesToStopsTheStart) {
    start();
    add("acme");
    add("twin");
    std::ofstream(config_file_) << "public_url = \"https://id.twin.example:8443\"\n";
    std::string refusal;
    try {
        (void)start();
    } catch (const std::exception& error) {
        refusal = error.what();
        (void)::testing::internal::GetCapturedStderr();
    }
    EXPECT_THAT(refusal, AllOf(StartsWith("conflict"), HasSubstr("https://id.twin.example:8443"),
                               HasSubstr("latchkey realm delete twin")))
        << "or people of the twin would meet the first in its place";
    configure("");
    EXPECT_EQ(start(), "");
    const auto first = read_once(server_->world().database(),
                                 [](auto& tx) { return store::get_default_realm(tx); });
    EXPECT_EQ(first.public_url, "https://id.fern.example") << "nothing was written down";
    EXPECT_EQ(of("twin"), "twin");
}

TEST_F(RealmLife, OneThatComesOntoTheFirstsHostIsNotServed) {
    start();
    add("acme");
    // As a program makes it that does not look at the others.
    write_once(server_->world().database(), [&](auto& tx) {
        return store::insert_realm(tx, {.id = make_id<RealmId>(server_->random()),
                                        .name = "twin",
                                        .public_url = "https://id.fern.example:8443",
                                        .created_at = server_->clock().now()});
    });
    EXPECT_THAT(look(), AllOf(HasSubstr("realm.refused"), HasSubstr("\"realm\":\"twin\""),
                              HasSubstr("latchkey realm delete"), Not(HasSubstr("421"))));
    EXPECT_EQ(at(std::string(first_host)), "Latchkey");
    EXPECT_EQ(at("id.fern.example:8443"), "421");
    EXPECT_EQ(of("acme"), "acme");
}

TEST_F(RealmLife, OneThatWasDeletedIsAStranger) {
    start();
    add("acme");
    add("other");
    look();
    EXPECT_EQ(of("acme"), "acme");
    const auto remove = [&](std::string_view name) {
        write_once(server_->world().database(), [&](auto& tx) {
            return admin::delete_realm(tx, name, server_->clock().now(),
                                       {audit::Actor::known_operator("test"), "", "cli"});
        });
        EXPECT_EQ(look(), "");
    };
    remove("acme");
    EXPECT_EQ(of("acme"), "421");
    EXPECT_EQ(of("other"), "other");
    remove("other");
    EXPECT_EQ(of("other"), "421") << "people knew another one there";
    EXPECT_EQ(at(std::string(first_host)), "Latchkey");
    server_->add_realm("again", "https://id.acme.example");
    EXPECT_EQ(look(), "");
    EXPECT_EQ(of("acme"), "again");
    EXPECT_EQ(server_->world().open_realms().size(), 2U);
}

TEST_F(RealmLife, ANewOneHasTheSettingsOfTheFileAsItIsNow) {
    start();
    add("before");
    look();
    configure(
        "[realm.acme]\nsign_up = \"closed\"\nbrand = { name = \"Acme ID\" }\n"
        "[realm.before]\nbrand = { name = \"Changed\" }\n");
    add("acme");
    look();
    EXPECT_EQ(of("acme"), "Acme ID");
    EXPECT_EQ(server_->world().realms().all().back()->sign_up, realm::SignUp::closed);
    EXPECT_EQ(of("before"), "before") << "until the next start";
    start();
    EXPECT_EQ(of("before"), "Changed");
}

TEST_F(RealmLife, WithoutSettingsThatCanBeReadANewOneIsNotServed) {
    start();
    add("before");
    look();
    configure("[realm.acme\nsign_up = \"closed\"\n");
    add("acme");
    EXPECT_THAT(look(), AllOf(HasSubstr("realm.refused"), HasSubstr("line 2")));
    EXPECT_EQ(of("acme"), "421");
    EXPECT_EQ(of("before"), "before");
    configure("[realm.acme]\nsign_up = \"shut\"\n");
    EXPECT_THAT(look(), HasSubstr("realm.acme.sign_up")) << "another reason, another line";
    std::filesystem::remove(config_file_);
    EXPECT_THAT(look(), HasSubstr("cannot open"));
    EXPECT_EQ(of("acme"), "421");
    configure("[realm.acme]\nsign_up = \"closed\"\n");
    EXPECT_EQ(look(), "");
    EXPECT_EQ(server_->world().realms().all().back()->sign_up, realm::SignUp::closed);
}

TEST_F(RealmLife, ASectionThatNamesNobodyIsToldOf) {
    configure("[realm.acmee]\nsign_up = \"closed\"\n[realm.acme]\nsign_up = \"closed\"\n");
    start();
    EXPECT_THAT(server_->world().first_found().unknown, ElementsAre("acme", "acmee"));
    add("acme");
    start();
    EXPECT_THAT(server_->world().first_found().unknown, ElementsAre("acmee"));
}

TEST_F(RealmLife, InDevelopmentTheFirstPageSaysWhatToTypeForIt) {
    start();
    add("acme");
    look();
    EXPECT_THAT(get("id.acme.example", "/"), HasSubstr("<code>latchkey app create --realm acme</"));
    EXPECT_THAT(get(first_host, "/"), HasSubstr("<code>latchkey app create</code>"));
}

TEST_F(RealmLife, AStrangersHostIsRefusedInTheAskersForm) {
    start();
    add("acme");
    for (int i = 0; i < 2; ++i) {
        const std::string data = get("id.nobody.example", "/account");
        EXPECT_THAT(data, HasSubstr("Content-Type: application/json"));
        EXPECT_THAT(data, HasSubstr("MISDIRECTED_REQUEST"));
        EXPECT_THAT(
            get("id.nobody.example", "/oauth/token"),
            AllOf(StartsWith("HTTP/1.1 421 "), HasSubstr("{\"error\":\"invalid_request\"")));
        const std::string page =
            get("id.nobody.example", "/account", "Accept: text/html,*/*;q=0.8\r\n");
        EXPECT_THAT(
            page,
            AllOf(StartsWith("HTTP/1.1 421 "), HasSubstr("Content-Type: text/plain; charset=utf-8"),
                  HasSubstr("\r\n\r\nNobody is served under this host."), Not(HasSubstr("{"))));
        for (const std::string& answer : {data, page}) {
            const std::size_t first = answer.find("Cache-Control: no-store\r\n");
            EXPECT_NE(first, std::string::npos);
            EXPECT_EQ(answer.find("Cache-Control", first + 1), std::string::npos) << answer;
        }
        look();  // and when the server knows of the other
    }
}

}  // namespace
}  // namespace latchkey::testing
