#include "admin/key_operations.hpp"

#include <set>

#include "admin/resealing.hpp"
#include "grants/access.hpp"
#include "grants/refresh.hpp"
#include "keys/purposes.hpp"
#include "people/users.hpp"
#include "store/audit.hpp"
#include "store/users.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::admin {
namespace {

using testing::DelegationWorld;
using testing::must;
using testing::test_audit;

/// A world with a ring of its own, since these tests change it.
struct KeyOperationsTest : ::testing::Test {
    DelegationWorld world;
    std::unique_ptr<keys::KeyRing> ring =
        must(keys::KeyRing::load(Secret(std::string(keys::KeyRing::key_size, 'm')), *world.database,
                                 world.realm.id(), testing::system_random(), world.now()));
    realm::Realm realm{.keys = *ring,
                       .issuer = world.realm.issuer,
                       .partners_audience = world.realm.partners_audience};

    [[nodiscard]] realm::Act act() const {
        return {realm, testing::system_random(), world.now(), test_audit};
    }
    grants::Tokens connect() {
        const std::string consent = [&] {
            const tokens::ConsentGrant grant{world.app.record.id, world.user,
                                             contract_scopes().known(world.app.record.scopes),
                                             "https://shop.example.com"};
            return std::string(must(world.read([&](auto& tx) {
                                   return tokens::issue_consent_token(act(), tx, grant);
                               })).reveal());
        }();
        return must(world.write([&](auto& tx) {
            return grants::fetch_tokens_for_user(act(), tx, world.app.record,
                                                 {consent, std::nullopt});
        }));
    }
    bool reads(const Secret& token) {
        auto tx = must(world.database->read());
        return grants::authorize_access(realm, *tx, token.reveal(), world.now()).has_value();
    }
    Result<void> rotate(const KeyRotation& rotation) {
        const auto made = world.read([&](auto& tx) { return make_next_key(act(), tx, rotation); });
        if (!made) return Failure(made.error());
        return world.write([&](auto& tx) { return announce_key(act(), tx, *made); });
    }
    Result<void> retire(const keys::KeyName& key) {
        return world.write(
            [&](auto& tx) { return retire_key(act(), tx, key, keys::Retirement::at_once); });
    }
    Result<int> rewrap(const Secret& next) {
        return world.write([&](auto& tx) { return rewrap_keys(act(), tx, next); });
    }
    int maintain() {
        const auto plan =
            must(world.read([&](auto& tx) { return plan_signing_upkeep(act(), tx); }));
        return must(world.write([&](auto& tx) { return maintain_signing_keys(act(), tx, plan); }));
    }
    void pass(Seconds time) {
        world.clock.advance(time);
        must(ring->reload(*world.database, world.now()));
    }
    std::vector<keys::KeyStatus> signing_keys() {
        auto tx = must(world.database->read());
        auto all = must(keys::list_key_statuses(*tx, ring->realm(), world.now()));
        std::erase_if(all,
                      [](const auto& key) { return key.purpose != keys::consent_signing.name; });
        return all;
    }
};

TEST_F(KeyOperationsTest, TokensOutliveARotationOfTheirKeys) {
    const grants::Tokens before = connect();
    must(rotate({"access-token", std::nullopt}));
    must(rotate({"refresh-routing", std::nullopt}));
    pass(Seconds(60));
    EXPECT_TRUE(reads(before.access_token));
    const auto after = world.write([&](auto& tx) {
        return grants::refresh_tokens(act(), tx, world.app.record,
                                      {before.refresh_token.reveal(), std::nullopt});
    });
    ASSERT_TRUE(after);
    EXPECT_TRUE(reads(after->access_token));
    // Retired by force, what it sealed is refused and what its successor sealed is not.
    must(retire({"access-token", 1}));
    pass(Seconds(15));
    EXPECT_FALSE(reads(before.access_token));
    EXPECT_TRUE(reads(after->access_token));
}

TEST_F(KeyOperationsTest, LeaveATrail) {
    must(rotate({"cookie", std::nullopt}));
    pass(Seconds(60));
    must(retire({"cookie", 1}));
    auto tx = must(world.database->read());
    const auto trail = must(store::list_newest_audit(*tx, ring->realm(), 2));
    EXPECT_EQ(trail.at(0).action, "key.retired");
    EXPECT_EQ(trail.at(0).detail, "cookie 1");
    EXPECT_EQ(trail.at(1).action, "key.rotated");
    EXPECT_EQ(trail.at(1).detail, "cookie 2");
}

TEST_F(KeyOperationsTest, SealAgainWhatAnOperatorWantsSealedNow) {
    // The world's own person has no key.
    must(world.write([&](auto& tx) { return store::delete_user(tx, world.user); }));
    Profile profile;
    profile.email = "ada@example.com";
    const UserId user =
        must(world.write([&](auto& tx) {
            return people::create_user(tx, *ring, testing::system_random(), profile, world.now());
        })).id;
    EXPECT_EQ(must(reseal(act(), *world.database)), 0) << "there is no older key";
    must(rotate({"profile", std::nullopt}));
    pass(keys::sealing_key_announcement + keys::resealing_delay);
    EXPECT_EQ(retire({"profile", 1}).error().code, ErrorCode::conflict);
    EXPECT_EQ(must(reseal(act(), *world.database)), 1) << "the person's key";
    auto tx = must(world.database->read());
    const auto trail = must(store::list_newest_audit(*tx, ring->realm(), 2));
    EXPECT_EQ(trail.at(0).action, "data.resealed");
    EXPECT_EQ(trail.at(0).identity, test_audit.actor.identity());
    EXPECT_EQ(trail.at(1).action, "key.rotated") << "nothing to do leaves no line";
    tx.reset();
    must(retire({"profile", 1}));
    tx = must(world.database->read());
    const auto person = must(people::find_user(*tx, *ring, user));
    ASSERT_TRUE(person) << "and what it sealed still opens";
}

TEST_F(KeyOperationsTest, PutTheRingUnderAnotherMasterKeyWholeOrNotAtAll) {
    const grants::Tokens tokens = connect();
    const Secret next(std::string(keys::KeyRing::key_size, 'n'));
    const auto load = [&](char master) {
        return keys::KeyRing::load(Secret(std::string(keys::KeyRing::key_size, master)),
                                   *world.database, world.realm.id(), testing::system_random(),
                                   world.now());
    };
    constexpr int all_keys = static_cast<int>(keys::sealing_purposes.size()) + 1;
    EXPECT_EQ(must(rewrap(next)), all_keys);
    EXPECT_EQ(load('m').error().code, ErrorCode::invalid_argument);
    const auto renewed = must(load('n'));
    EXPECT_EQ(renewed->consent_signing_key().kid(), ring->consent_signing_key().kid());
    EXPECT_TRUE(reads(tokens.access_token)) << "what runs goes on";

    // Neither leaves a key that the new one cannot open, nor changes what it cannot read.
    EXPECT_EQ(rotate({"cookie", std::nullopt}).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(rewrap(next).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(rewrap(Secret(std::string("short"))).error().code, ErrorCode::invalid_argument);
    EXPECT_TRUE(load('n'));
}

TEST_F(KeyOperationsTest, RefuseAnAnnouncementThatMakesNoSense) {
    for (const Seconds announcement : {Seconds(-1), max_key_announcement + Seconds(1)}) {
        const auto refused = rotate({"cookie", announcement});
        EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
    }
}

TEST_F(KeyOperationsTest, SigningKeysFollowEachOtherByThemselves) {
    std::set<std::string> kids;
    constexpr int days = 400;
    for (int day = 0; day < days; ++day) {
        (void)maintain();
        EXPECT_EQ(maintain(), 0) << "a second server: nothing more to do";
        pass(Seconds(24L * 3600));
        kids.insert(std::string(ring->consent_signing_key().kid()));
        EXPECT_LE(signing_keys().size(), 2U) << "old ones go: day " << day;
        EXPECT_LE(ring->consent_verification_keys().keys().size(), 2U);
    }
    EXPECT_EQ(kids.size(), 5U) << "400 days at 90 days each";
}

TEST_F(KeyOperationsTest, AConsentTokenOutlivesTheRotationOfItsSigningKey) {
    must(rotate({keys::consent_signing.name, Seconds(10)}));
    pass(Seconds(5));
    auto tx = must(world.database->read());
    const tokens::ConsentGrant grant{
        world.app.record.id, world.user, {}, "https://shop.example.com"};
    const auto token = must(tokens::issue_consent_token(act(), *tx, grant));
    pass(Seconds(10));
    EXPECT_EQ(signing_keys().at(1).phase, keys::KeyPhase::current);
    EXPECT_TRUE(
        tokens::verify_consent_token(realm, world.app.record.id, token.reveal(), world.now()));
}

}  // namespace
}  // namespace latchkey::admin
