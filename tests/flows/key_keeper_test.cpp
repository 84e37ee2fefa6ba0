// What the server does about keys by itself, day after day on a clock that the test drives: the
// rounds of its keeper, called by hand.

#include "apps/latchkey/key_keeper.hpp"
#include "audit/audit.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "admin/key_operations.hpp"
#include "admin/realms.hpp"
#include "crypto/system_random.hpp"
#include "jose/jwk.hpp"
#include "keys/purposes.hpp"
#include "keys/rotation.hpp"
#include "store/clients.hpp"
#include "store/keys.hpp"
#include "store/passkeys.hpp"
#include "store/users.hpp"
#include "store/webhooks.hpp"
#include "testing/must.hpp"
#include "testing/temporary_folder.hpp"
#include "testing/test_server.hpp"
#include "testing/transactions.hpp"
#include "webauthn/passkey_names.hpp"
#include "webhooks/subscriptions.hpp"

namespace latchkey::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr audit::Context by_operator{audit::Actor::known_operator("test"), "", "cli"};
constexpr Seconds one_day{24L * 3600};

class KeyKeeper : public ::testing::Test {
protected:
    KeyKeeper() : log_(::open(log_file().c_str(), O_WRONLY | O_CREAT, 0600), clock()) {}

    [[nodiscard]] std::filesystem::path log_file() const { return folder_.path() / "log"; }
    [[nodiscard]] std::string logged() const {
        std::ostringstream text;
        text << std::ifstream(log_file()).rdbuf();
        return text.str();
    }
    TestClock& clock() { return server_.clock(); }
    app::Installation& world() { return server_.world(); }

    /// Another process on the same store.
    std::unique_ptr<app::Installation> open_again(std::string master_key_file = {}) {
        config::ServerConfig config;
        config.data_dir = (server_.folder() / "data").string();
        config.master_key_file = std::move(master_key_file);
        return must(app::Installation::open(must(config::complete_config(config)),
                                            {clock(), other_random_}));
    }
    store::KeyRecord rotate(app::Installation& process, std::string_view purpose) {
        const realm::Act act = process.act(by_operator);
        const auto key = [&] {
            auto tx = must(process.database().read());
            return must(admin::make_next_key(act, *tx, {purpose, std::nullopt}));
        }();
        must(database::run_write(process.database(),
                                 [&](auto& tx) { return admin::announce_key(act, tx, key); }));
        return key;
    }
    void pass(Seconds time) {
        clock().advance(time);
        keeper_->do_chores();
    }
    std::string signing_kid() { return std::string(world().keys().consent_signing_key().kid()); }
    std::set<std::string> published_kids() {
        std::set<std::string> kids;
        const auto jwks = must(jose::parse_jwks(world().keys().consent_jwks()));
        for (const auto& key : jwks.keys()) kids.emplace(key.kid());
        return kids;
    }
    Result<void> retire(const keys::KeyName& key) {
        return database::run_write(world().database(), [&](auto& tx) {
            return admin::retire_key(world().act(by_operator), tx, key,
                                     keys::Retirement::when_unused);
        });
    }

    TestServer server_;
    TemporaryFolder folder_;
    crypto::SystemRandom other_random_;
    Log log_;
    database::WriteLane lane_{world().database()};
    std::unique_ptr<jobs::Upkeep> keeper_ = app::make_key_keeper(
        world(), lane_, log_, [this] { return server_.application().serve_new_realms(); });
};

TEST_F(KeyKeeper, PublishesTheNextSigningKeyADayBeforeItSignsAndAWeekAfterItsLast) {
    keeper_->do_chores();
    const std::string first = signing_kid();
    for (Seconds age{0}; age < keys::signing_key_period - one_day; age += one_day) {
        EXPECT_THAT(published_kids(), ::testing::ElementsAre(first));
        pass(one_day);
    }
    const auto announced = published_kids();
    EXPECT_EQ(announced.size(), 2U) << "the next one is there a day before";
    EXPECT_EQ(signing_kid(), first);
    pass(one_day - Seconds(1));
    EXPECT_EQ(signing_kid(), first) << "and not in use until its time";

    pass(Seconds(1));
    const std::string second = signing_kid();
    EXPECT_NE(second, first);
    EXPECT_EQ(published_kids(), announced) << "what the first one signed is still verified";
    pass(keys::signing_key_afterlife - Seconds(1));
    EXPECT_EQ(published_kids(), announced);
    pass(Seconds(1));
    EXPECT_THAT(published_kids(), ::testing::ElementsAre(second));
    EXPECT_THAT(logged(), HasSubstr("keys.changed"));
}

TEST_F(KeyKeeper, TakesOverAKeyThatACommandAnnounced) {
    const auto command = open_again();
    rotate(*command, "access-token");
    keeper_->do_chores();
    EXPECT_EQ(world().keys().current(keys::Purpose::access_token).version, 1) << "announced";
    EXPECT_EQ(world().keys().current(keys::Purpose::access_token).others, 1U);
    pass(keys::sealing_key_announcement);
    EXPECT_EQ(world().keys().current(keys::Purpose::access_token).version, 2);

    const std::string before = signing_kid();
    rotate(*command, keys::consent_signing.name);
    keeper_->do_chores();
    EXPECT_EQ(published_kids().size(), 2U);
    EXPECT_EQ(signing_kid(), before);
    pass(keys::signing_key_announcement);
    EXPECT_NE(signing_kid(), before);
    EXPECT_TRUE(published_kids().contains(before)) << "kept";
}

TEST_F(KeyKeeper, SealsAgainAllThatAnOlderKeySealedSoThatItCanBeRetired) {
    const UserId user = server_.create_user("ada@example.com");
    const Bytes credential = {1, 2, 3};
    write_once(world().database(), [&](auto& tx) -> Result<void> {
        PasskeyRecord passkey;
        passkey.user_id = user;
        passkey.credential_id = credential;
        passkey.public_key = {1};
        passkey.sealed_name =
            must(webauthn::seal_passkey_name(world().keys(), {user, credential}, "Blue key"));
        return store::insert_passkey(tx, passkey);
    });
    const auto client = ClientId::from_text(server_.create_app("email").client_id);
    const auto webhook = write_once(world().database(), [&](auto& tx) {
        return webhooks::create_webhook(
            {world().realm(), other_random_, clock().now(), by_operator}, tx,
            {*client, "https://hooks.example.com/", must(webhooks::parse_topics("metafields"))});
    });

    rotate(world(), "profile");
    rotate(world(), "webhook");
    pass(keys::sealing_key_announcement);
    for (const std::string_view purpose : {"profile", "webhook"}) {
        EXPECT_EQ(retire({purpose, 1}).error().code, ErrorCode::conflict) << purpose;
    }
    pass(keys::resealing_delay);
    for (const std::string_view purpose : {"profile", "webhook"}) {
        must(retire({purpose, 1}));
    }
    pass(keys::ring_reload_interval);

    const auto tx = must(world().database().read());
    const auto found = must(store::find_passkey(*tx, world().realm().id(), user, credential));
    EXPECT_EQ(must(webauthn::open_passkey_name(world().keys(), *found)).reveal(), "Blue key");
    const auto hook = must(store::find_webhook(*tx, world().realm().id(), webhook.record.id));
    EXPECT_EQ(must(webhooks::open_secret(world().keys(), *hook)).reveal(), webhook.secret.reveal());
    const auto person = must(store::find_user(*tx, world().realm().id(), user));
    EXPECT_TRUE(
        world().keys().open(keys::Purpose::profile, person->wrapped_key, person->id.span()));
}

TEST_F(KeyKeeper, ServesARealmThatAnotherProcessMade) {
    server_.add_realm("acme", "https://id.acme.example");
    const std::string request = "GET /sdk/config.json HTTP/1.1\r\nHost: id.acme.example\r\n\r\n";
    EXPECT_THAT(server_.send(request), HasSubstr(" 421 "))
        << "not the first realm's from the moment that it is another's";
    keeper_->do_chores();
    EXPECT_NE(server_.send(request).find("\"name\":\"acme\""), std::string::npos);
    const auto* acme = world().realms().all().back();
    EXPECT_EQ(acme->name, "acme");
    EXPECT_NE(acme->keys.consent_signing_key().kid(), signing_kid()) << "keys of its own";
}

TEST_F(KeyKeeper, KeepsNoKeysOfARealmThatWasDeleted) {
    server_.add_realm("acme", "https://id.acme.example");
    keeper_->do_chores();
    const RealmId acme = world().realms().all().back()->id();
    write_once(world().database(), [&](auto& tx) {
        return admin::delete_realm(tx, "acme", clock().now(), by_operator);
    });
    keeper_->do_chores();
    pass(keys::signing_key_period);
    pass(keys::signing_key_period);
    EXPECT_THAT(logged(), ::testing::Not(HasSubstr("chore.failed")));
    const auto left =
        read_once(world().database(), [&](auto& tx) { return store::list_keys(tx, acme); });
    EXPECT_TRUE(left.empty());
    EXPECT_THAT(server_.send("GET /account HTTP/1.1\r\nHost: id.acme.example\r\n\r\n"),
                HasSubstr(" 421 "));
}

TEST_F(KeyKeeper, WritesDownWhenSecretsWereUsed) {
    const auto client = *ClientId::from_text(server_.create_app("email").client_id);
    const auto secret = [&] {
        return read_once(
                   world().database(),
                   [&](auto& tx) { return store::find_client(tx, world().realm().id(), client); })
            ->secrets.front();
    };
    EXPECT_FALSE(secret().last_used_at);
    world().secret_uses().note(client, secret(), clock().now());
    keeper_->do_chores();
    EXPECT_EQ(secret().last_used_at, clock().now());
}

TEST_F(KeyKeeper, MakesNoKeyUnderAMasterKeyThatWasChanged) {
    const std::string new_file = (folder_.path() / "new.key").string();
    const Secret next = must(keys::load_or_create_master_key(new_file, other_random_));
    const auto operators = open_again();
    must(database::run_write(operators->database(), [&](auto& tx) {
        return admin::rewrap_keys(operators->act(by_operator), tx, next);
    }));

    keeper_->do_chores();
    EXPECT_THAT(logged(), IsEmpty()) << "it goes on with the keys it has";
    const std::string first = signing_kid();
    pass(keys::signing_key_period);
    EXPECT_EQ(signing_kid(), first);
    EXPECT_THAT(logged(), HasSubstr("start this process again with the new master key"));

    const auto restarted = open_again(new_file);
    const realm::Act act = restarted->act(admin::by_itself);
    const auto plan = [&] {
        auto tx = must(restarted->database().read());
        return must(admin::plan_signing_upkeep(act, *tx));
    }();
    EXPECT_EQ(must(database::run_write(
                  restarted->database(),
                  [&](auto& tx) { return admin::maintain_signing_keys(act, tx, plan); })),
              1);
}

}  // namespace
}  // namespace latchkey::testing
