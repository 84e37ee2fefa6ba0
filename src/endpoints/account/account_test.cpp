// The account page: what it shows, what its forms change, and whom they obey.

#include "store/audit.hpp"
#include "store/browser_sessions.hpp"
#include "store/clients.hpp"
#include "store/connections.hpp"
#include "store/users.hpp"

#include <algorithm>
#include <set>

#include "endpoints/account/account.hpp"
#include "endpoints/sign_in/world_test.hpp"
#include "json/value.hpp"
#include "testing/transactions.hpp"

namespace latchkey::endpoints {
namespace {

using ::testing::HasSubstr;

class AccountTest : public SignInTest {
protected:
    AccountTest() : page_(open_account(browser_, "ada@example.com")) {}

    UserId user() { return find_user("ada@example.com")->id; }
    void connect(const ClientId& client_id) {
        const auto tx = must(testing::begin_write(*store_));
        (void)must(store::upsert_connection(
            *tx, user(), client_id, ScopeNames{"email email:verified openid"}, clock_.now()));
        must(tx->commit());
    }
    /// Apps with ids in order, the first of them kept in connected_.
    void connect_many(int apps) {
        const UserId owner = user();
        const auto tx = must(testing::begin_write(*store_));
        std::vector<ClientId> ids;
        for (int i = 0; i < apps; ++i) {
            ClientRecord client;
            client.id = make_id<ClientId>(random());
            client.name = "App " + std::to_string(i);
            client.origins = {"https://shop.example.com"};
            client.created_at = clock_.now();
            must(store::insert_client(*tx, client));
            (void)must(store::upsert_connection(*tx, owner, client.id, ScopeNames{"email openid"},
                                                clock_.now()));
            ids.push_back(client.id);
        }
        must(tx->commit());
        std::ranges::sort(ids, {}, &ClientId::text);
        connected_ = std::move(ids);
    }
    void disconnect(const std::string& client_id) {
        (void)browser_.post("/account/apps/disconnect",
                            {{"token", page_.hidden("token")}, {"client_id", client_id}});
    }
    /// Every value of a hidden field, in the order of the page.
    static std::vector<std::string> values_of(const Shown& page, const std::string& name) {
        const std::string mark = "name=\"" + name + "\" value=\"";
        std::vector<std::string> values;
        for (std::size_t at = page.body.find(mark); at != std::string::npos;
             at = page.body.find(mark, at + 1)) {
            const std::size_t begin = at + mark.size();
            values.push_back(page.body.substr(begin, page.body.find('"', begin) - begin));
        }
        return values;
    }
    Shown submit(const std::string& path, FormFields fields) {
        fields["token"] = page_.hidden("token");
        page_ = browser_.post(path, fields);
        return page_;
    }

    Browser browser_{router_};
    Shown page_;
    std::vector<ClientId> connected_;
};

TEST_F(AccountTest, WithoutASessionItLeadsToSignInAndBack) {
    Browser newcomer(router_);
    const Shown asked = newcomer.get("/account");
    EXPECT_TRUE(asked.shows("Sign in to your <bdi>Acme ID</bdi> account"));
    EXPECT_FALSE(asked.shows("Not now"));
    EXPECT_TRUE(page_.shows("Your account"));
    EXPECT_EQ(page_.locations.back(), "/account");
    EXPECT_TRUE(page_.shows("You are signed in as <bdi>ada@example.com</bdi>"));
}

TEST_F(AccountTest, AnAppIsDisconnectedAtOnce) {
    connect(app_.record.id);
    page_ = browser_.get("/account");
    EXPECT_TRUE(page_.shows("<strong><bdi>Fern &amp; Fable</bdi></strong>"));
    EXPECT_TRUE(page_.shows("shop.example.com"));
    EXPECT_TRUE(page_.shows("Your e-mail address"));
    EXPECT_TRUE(page_.shows("Has not read anything yet"));
    {
        const auto tx = must(testing::begin_write(*store_));
        must(store::note_read(*tx, user(), app_.record.id, clock_.now()));
        must(tx->commit());
    }
    EXPECT_TRUE(browser_.get("/account").shows("Last read"));

    (void)submit("/account/apps/disconnect", {{"client_id", app_.record.id.text()}});
    EXPECT_TRUE(page_.shows("The app is disconnected"));
    EXPECT_TRUE(page_.shows("No app is connected"));
    const auto tx = must(store_->read());
    const auto connection = must(store::find_connection(*tx, user(), app_.record.id));
    EXPECT_EQ(connection->state, ConnectionState::revoked);
    EXPECT_EQ(connection->revocations, 1) << "every token issued before is void";
}

// A keyset page begins after a key, not after a number of rows: what goes away meanwhile on the
// pages before moves nothing on those that follow. tests/e2e/account.load.mjs measures what a page
// costs.
TEST_F(AccountTest, TenThousandConnectionsArePagedByKey) {
    constexpr int apps = 10'000;
    constexpr int pages = 25;
    connect_many(apps);
    std::set<std::string> seen;
    std::string target = "/account";
    for (int page = 0; page < pages; ++page) {
        const Shown shown = browser_.get(target);
        const auto ids = values_of(shown, "client_id");
        ASSERT_EQ(ids.size(), static_cast<std::size_t>(account_apps_page));
        for (const std::string& id : ids) EXPECT_TRUE(seen.insert(id).second) << "shown twice";
        // The last of the page goes too: it is the key of the next one.
        for (const std::string& id : {ids.front(), ids.back()}) disconnect(id);
        target = "/account?after=" + shown.between("href=\"/account?after=", "\"");
        EXPECT_EQ(target, "/account?after=" + ids.back());
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(pages * account_apps_page));
    for (std::size_t i = 0; i < seen.size(); ++i) {
        EXPECT_TRUE(seen.contains(connected_[i].text())) << "left out: " << i;
    }
}

TEST_F(AccountTest, DetailsAreSavedOrRefusedAsAWhole) {
    (void)submit("/account/details",
                 {{"given_name", "Ada"}, {"family_name", ""}, {"phone", "+33 1 23 45 67 89"}});
    EXPECT_TRUE(page_.shows("Saved."));
    EXPECT_TRUE(page_.shows("value=\"+33123456789\""));
    EXPECT_FALSE(find_user("ada@example.com")->profile.phone_verified);
    (void)submit("/account/details", {{"given_name", "Eve"}, {"phone", "12"}});
    EXPECT_TRUE(page_.shows("That was not saved: check the phone number"));
    EXPECT_EQ(find_user("ada@example.com")->profile.given_name, "Ada");
    (void)submit("/account/details", {{"given_name", std::string(101, 'e')}});
    EXPECT_TRUE(page_.shows("That was not saved: a name"));
    (void)submit("/account/email", {{"email", "ada@"}});
    EXPECT_TRUE(page_.shows("does not look like an e-mail address"));
    (void)submit("/account/details", {});
    EXPECT_EQ(find_user("ada@example.com")->profile.phone, std::nullopt);
}

TEST_F(AccountTest, TheAddressChangesWhenTheNewOneIsProved) {
    (void)submit("/account/email", {{"email", "countess@example.com"}});
    EXPECT_EQ(mail_.recipient, "countess@example.com");
    EXPECT_EQ(mail_.link, "");
    EXPECT_TRUE(page_.shows("name=\"code\""));
    page_ = browser_.submit(page_, "/account/email/code", {{"code", mail_.code}});
    EXPECT_TRUE(page_.shows("Your address is changed"));
    EXPECT_FALSE(find_user("ada@example.com"));
    EXPECT_TRUE(find_user("countess@example.com")->profile.email_verified);
}

TEST_F(AccountTest, AnAddressOfAnotherIsToldOnlyToWhoReadsItsMail) {
    (void)create_user("eve@example.com");
    (void)submit("/account/email", {{"email", "eve@example.com"}});
    EXPECT_TRUE(page_.shows("name=\"code\"")) << "as for any other address";
    page_ = browser_.submit(page_, "/account/email/code", {{"code", mail_.code}});
    EXPECT_TRUE(page_.shows("Another account has this address"));
    EXPECT_TRUE(find_user("ada@example.com"));
}

TEST_F(AccountTest, SessionsAreShownAndEndedOneByOneOrAllOthers) {
    Browser phone(router_);
    (void)open_account(phone, "ada@example.com");
    page_ = browser_.get("/account");
    EXPECT_TRUE(page_.shows("Firefox on Linux"));
    EXPECT_TRUE(page_.shows("this browser"));
    const std::string of_phone = page_.hidden("session");
    ASSERT_NE(of_phone, "");
    (void)submit("/account/sessions/end", {{"session", of_phone}});
    EXPECT_TRUE(phone.get("/account").shows("name=\"email\""));
    EXPECT_TRUE(browser_.get("/account").shows("Your account"));

    (void)open_account(phone, "ada@example.com");
    page_ = browser_.get("/account");
    (void)submit("/account/sessions/end-others", {});
    EXPECT_TRUE(phone.get("/account").shows("name=\"email\""));
    EXPECT_TRUE(browser_.get("/account").shows("Your account"));
}

TEST_F(AccountTest, NobodyReachesIntoAnothersAccount) {
    Browser eve(router_);
    Shown of_eve = open_account(eve, "eve@example.com");
    const std::string evil_token = of_eve.hidden("token");
    connect(app_.record.id);
    page_ = browser_.get("/account");
    // A token of her own session does not do for another's cookie.
    EXPECT_EQ(browser_.post_once("/account/delete", {{"token", evil_token}}).status, 403);
    // Her own session names her own rows, whatever she puts into the form.
    const auto tx = must(store_->read());
    const auto sessions = must(store::list_sessions(*tx, user(), clock_.now(), 10));
    for (const auto& session : sessions) {
        (void)eve.post("/account/sessions/end",
                       {{"token", evil_token}, {"session", session.id.text()}});
    }
    (void)eve.post("/account/apps/disconnect",
                   {{"token", evil_token}, {"client_id", app_.record.id.text()}});
    EXPECT_TRUE(browser_.get("/account").shows("Fern &amp; Fable"));
}

TEST_F(AccountTest, WhatAnIntruderWouldWantNeedsAFreshSession) {
    clock_.advance(people::fresh_session);
    const FormFields token{{"token", page_.hidden("token")}};
    for (const std::string path :
         {"/account/email", "/account/passkeys/add", "/account/passkeys/remove", "/account/data",
          "/account/delete"}) {
        const Shown answer = browser_.post_once(path, token);
        EXPECT_EQ(answer.status, 303) << path;
        EXPECT_THAT(answer.header("Location"), HasSubstr("prompt=login")) << path;
    }
    Shown page = browser_.get("/account/delete");
    EXPECT_TRUE(page.shows("name=\"email\"")) << "although the session lives";
    page = browser_.submit(page, "/sign-in/email", {{"email", "ada@example.com"}});
    page = browser_.submit(page, "/sign-in/code", {{"code", mail_.code}});
    EXPECT_TRUE(page.shows("Your account"));
    EXPECT_TRUE(browser_.get("/account/delete").shows("Delete your account?"));
}

TEST_F(AccountTest, APasskeyIsAddedNamedAndRemoved) {
    webauthn::SoftAuthenticator device;
    const auto answer = device.create(page_.between("\"challenge\":\"", "\""));
    const FormFields registration{
        {"name", "Blue key"},
        {"passkey_client_data", to_base64url(answer.client_data)},
        {"passkey_attestation_object", to_base64url(answer.attestation_object)}};
    (void)submit("/account/passkeys/add", registration);
    EXPECT_TRUE(page_.shows("The passkey is added"));
    EXPECT_TRUE(page_.shows("value=\"Blue key\""));
    (void)submit("/account/passkeys/add", registration);
    EXPECT_TRUE(page_.shows("The passkey was not accepted")) << "an answer is taken once";
    const std::string id = to_base64url(device.credential_id);
    (void)submit("/account/passkeys/rename", {{"passkey", id}, {"name", "Green key"}});
    EXPECT_TRUE(page_.shows("value=\"Green key\""));
    (void)submit("/account/passkeys/remove", {{"passkey", id}});
    EXPECT_FALSE(page_.shows("Green key"));
}

TEST_F(AccountTest, TheDownloadIsJsonOfEverything) {
    connect(app_.record.id);
    (void)submit("/account/details", {{"given_name", "Ada \"the\" first"}});
    const Shown file = submit("/account/data", {});
    EXPECT_EQ(file.status, 200);
    EXPECT_THAT(file.header("Content-Disposition"), HasSubstr("attachment"));
    const json::Value document = must(json::parse(file.body));
    EXPECT_EQ(*document.find("profile")->find("givenName")->string(), "Ada \"the\" first");
    EXPECT_EQ(document.find("connectedApps")->array()->size(), 1U);
    EXPECT_EQ(document.find("browsers")->array()->size(), 1U);
    EXPECT_GE(document.find("history")->array()->size(), 3U);
    EXPECT_FALSE(file.shows(browser_.cookies["__Host-session"]));
}

TEST_F(AccountTest, TheDownloadIsReadBeforeTheLineOfTheTrailIsWritten) {
    const std::string cookie = "__Host-session=" + browser_.cookies["__Host-session"];
    const std::array headers{http::Header{"Content-Type", "application/x-www-form-urlencoded"},
                             http::Header{"Cookie", cookie}};
    const std::string body = encode({{"token", page_.hidden("token")}});
    http::Request request;
    request.method = http::Method::post;
    request.target = request.path = "/account/data";
    request.body = body;
    const auto end_of = [&](std::span<const http::Header> sent) {
        request.headers = sent;
        const http::Reply reply = router_.handle(request);
        const auto tx = must(store_->read());
        return std::get<http::Read>(reply)(*tx);
    };
    EXPECT_TRUE(std::holds_alternative<http::Write>(end_of(headers)));
    const http::ReadEnd stranger = end_of(std::span(headers).first(1));
    EXPECT_EQ(std::get<http::Response>(stranger).status, 303) << "nothing is read for a stranger";
}

TEST_F(AccountTest, TheDownloadSaysWhichAppsHaveTokensFromWhichBrowser) {
    Browser other(router_);
    (void)open_account(other, "ada@example.com");
    for (const char* flow : {"flow-1", "flow-2"}) {
        Shown page = browser_.get(url("openid email", flow));
        if (page.shows("/sign-in/consent")) {
            page = browser_.submit(page, "/sign-in/consent", {{"action", "agree"}});
        }
        (void)exchange(token_of(page));
    }
    page_ = browser_.get("/account");
    const Shown file = submit("/account/data", {});
    const json::Value document = must(json::parse(file.body));
    std::vector<std::size_t> apps;
    for (const json::Value& browser : *document.find("browsers")->array()) {
        apps.push_back(browser.find("clientIds")->array()->size());
    }
    EXPECT_THAT(apps, ::testing::UnorderedElementsAre(1, 0)) << file.body;
    EXPECT_TRUE(file.shows("\"clientIds\":[\"" + app_.record.id.text() + "\"]"));
}

TEST_F(AccountTest, DeletionShredsThePersonAndCutsEveryAppOff) {
    connect(app_.record.id);
    const UserId gone = user();
    (void)submit("/account/delete", {});
    EXPECT_TRUE(page_.shows("Delete your account?")) << "not without the tick";
    (void)submit("/account/delete", {{"understood", "1"}});
    EXPECT_TRUE(page_.shows("Your account is deleted"));
    const auto tx = must(store_->read());
    EXPECT_FALSE(must(store::find_user(*tx, keys().realm(), gone)))
        << "the wrapped key is gone with the row";
    EXPECT_FALSE(must(store::find_connection(*tx, gone, app_.record.id)));
    EXPECT_TRUE(must(store::list_sessions(*tx, gone, clock_.now(), 10)).empty());
    EXPECT_TRUE(browser_.get("/account").shows("name=\"email\""));
    EXPECT_FALSE(must(store::list_audit_of_user(*tx, gone, 10)).empty()) << "the trail stays";
}

}  // namespace
}  // namespace latchkey::endpoints
