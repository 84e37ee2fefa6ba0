#include "keys/rotation.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "crypto/system_random.hpp"
#include "jose/jwk.hpp"
#include "keys/purposes.hpp"
#include "keys/resealing.hpp"
#include "keys/wrapping.hpp"
#include "store/keys.hpp"
#include "store/users.hpp"
#include "testing/key_store.hpp"
#include "testing/transactions.hpp"

namespace latchkey::keys {
namespace {

using testing::KeyStore;

const Timestamp start = from_unix(1'800'000'000);

struct RotationTest : KeyStore {
    std::unique_ptr<KeyRing> ring = load(start);

    Result<store::KeyRecord> rotate(std::string_view purpose, Timestamp now,
                                    Seconds announcement = sealing_key_announcement) {
        const auto tx = testing::begin_write(*database).value();
        auto record = TRY(make_next_key(*ring, *tx, {purpose, announcement}, random, now));
        TRY(store::insert_key(*tx, record));
        TRY(tx->commit());
        return record;
    }
    Result<void> retire(const KeyName& key, Timestamp now,
                        Retirement retirement = Retirement::when_unused) {
        const auto tx = testing::begin_write(*database).value();
        TRY(check_retirement(*tx, ring->realm(), key, retirement, now));
        TRY(store::delete_key(*tx, ring->realm(), key.purpose, key.version));
        return tx->commit();
    }
    void reload(Timestamp now) { ASSERT_TRUE(ring->reload(*database, now)); }
    std::vector<KeyStatus> statuses(Timestamp now) {
        const auto tx = database->read().value();
        return list_key_statuses(*tx, ring->realm(), now).value();
    }
    std::string phases(std::string_view purpose, Timestamp now) {
        std::string out;
        for (const KeyStatus& key : statuses(now)) {
            if (key.purpose != purpose) continue;
            out += std::to_string(key.version) + " " + std::string(to_string(key.phase)) + ";";
        }
        return out;
    }
    std::string seal(Purpose purpose, std::string_view plain = "text") {
        std::string out;
        ring->seal(purpose, as_bytes(plain), {}, out);
        return out;
    }
};

TEST_F(RotationTest, AKeyIsAnnouncedThenCurrentThenSuperseded) {
    ASSERT_TRUE(rotate("access-token", start));
    EXPECT_EQ(phases("access-token", start), "1 current;2 announced;");
    EXPECT_EQ(phases("access-token", start + Seconds(59)), "1 current;2 announced;");
    EXPECT_EQ(phases("access-token", start + Seconds(60)), "1 superseded;2 current;");
    EXPECT_EQ(phases("profile", start + Seconds(60)), "1 current;");
}

TEST_F(RotationTest, AProcessThatHasReadTheRingOpensWhatAnotherSealsUnderTheNewKey) {
    const auto other = load(start);
    ASSERT_TRUE(rotate("access-token", start));
    reload(start + Seconds(1));
    EXPECT_EQ(seal(Purpose::access_token)[0], 1) << "announced: not yet used";
    EXPECT_EQ(other->reload(*database, start + ring_reload_interval).value(), Reload::changed);
    reload(start + Seconds(60));
    const std::string sealed = seal(Purpose::access_token);
    EXPECT_EQ(sealed[0], 2);
    // The other one has not noticed that the time has come, and need not.
    EXPECT_TRUE(other->open(Purpose::access_token, as_bytes(sealed), {}));
    EXPECT_EQ(other->current(Purpose::access_token).version, 1);
}

TEST_F(RotationTest, AReloadChangesNothingUntilThereIsSomethingToChange) {
    EXPECT_EQ(ring->reload(*database, start + Seconds(5)).value(), Reload::unchanged);
    ASSERT_TRUE(rotate("cookie", start));
    const SigningKey& held = ring->consent_signing_key();
    EXPECT_EQ(ring->reload(*database, start + Seconds(5)).value(), Reload::changed);
    EXPECT_EQ(ring->reload(*database, start + Seconds(6)).value(), Reload::unchanged);
    EXPECT_EQ(ring->reload(*database, start + Seconds(60)).value(), Reload::changed);
    EXPECT_EQ(held.kid(), ring->consent_signing_key().kid()) << "a held reference stays valid";
}

TEST_F(RotationTest, AClockThatStepsBackNeverLeavesAPurposeWithoutAKey) {
    ASSERT_TRUE(rotate("cookie", start));
    reload(start + Seconds(60));
    const std::string sealed = seal(Purpose::cookie);
    reload(start - Seconds(3600));
    EXPECT_EQ(ring->current(Purpose::cookie).version, 1);
    EXPECT_TRUE(ring->open(Purpose::cookie, as_bytes(sealed), {}));
}

TEST_F(RotationTest, WhatMustStayTheSameCannotBeRotated) {
    for (const char* purpose : {"public-id", "email-lookup"}) {
        EXPECT_EQ(rotate(purpose, start).error().code, ErrorCode::unsupported) << purpose;
    }
    EXPECT_EQ(rotate("nonsense", start).error().code, ErrorCode::not_found);
    ASSERT_TRUE(rotate("mail", start));
    EXPECT_EQ(rotate("mail", start + Seconds(1)).error().code, ErrorCode::conflict);
    EXPECT_TRUE(rotate("mail", start + Seconds(60)));
}

TEST_F(RotationTest, AKeyInUseIsNotRetired) {
    const auto refused = [&](const KeyName& key, Timestamp now, Retirement how) {
        const auto result = retire(key, now, how);
        return result ? "retired" : std::string(to_string(result.error().code));
    };
    constexpr auto at_once = Retirement::at_once;
    constexpr auto when_unused = Retirement::when_unused;
    EXPECT_EQ(refused({"access-token", 1}, start, at_once), "conflict") << "current";
    ASSERT_TRUE(rotate("access-token", start));
    EXPECT_EQ(refused({"access-token", 2}, start, at_once), "conflict") << "announced";
    const Timestamp used = start + sealing_key_announcement;
    EXPECT_EQ(refused({"access-token", 1}, used + max_access_token_life - Seconds(1), when_unused),
              "conflict")
        << "a token of its last second still lives";
    EXPECT_EQ(refused({"access-token", 1}, used + max_access_token_life, when_unused), "retired");
    EXPECT_EQ(refused({"access-token", 1}, used, when_unused), "not_found");
    ASSERT_TRUE(rotate("refresh-routing", start));
    EXPECT_EQ(refused({"refresh-routing", 1}, used, at_once), "retired") << "tokens may die";
    EXPECT_EQ(refused({"nonsense", 1}, used, at_once), "not_found");
}

TEST_F(RotationTest, ARetiredKeyOpensNothingMoreOnceTheRingIsReadAgain) {
    const std::string sealed = seal(Purpose::cookie);
    ASSERT_TRUE(rotate("cookie", start));
    ASSERT_TRUE(retire({"cookie", 1}, start + Seconds(60) + one_day));
    reload(start + Seconds(60) + one_day);
    EXPECT_EQ(ring->open(Purpose::cookie, as_bytes(sealed), {}).error().code, ErrorCode::malformed);
}

TEST_F(RotationTest, PeoplesKeysAreSealedAgainAndOnlyThenTheOldKeyMayGo) {
    constexpr int people = 7;
    std::vector<UserRecord> users;
    for (int i = 0; i < people; ++i) users.push_back(insert_user(*ring, start));
    ASSERT_TRUE(rotate("profile", start));
    const Timestamp used = start + sealing_key_announcement;
    reload(used);
    EXPECT_EQ(retire({"profile", 1}, used, Retirement::at_once).error().code, ErrorCode::conflict)
        << "never at the price of somebody's data";

    Resealer resealer(*ring, {user_keys()});
    const auto step = [&](Timestamp now) {
        const auto tx = testing::begin_write(*database).value();
        const int looked_at = resealer.step(*tx, 3, now).value();
        EXPECT_TRUE(tx->commit());
        return looked_at;
    };
    EXPECT_EQ(step(used), 0) << "another process may still be sealing under the old one";
    const Timestamp later = used + resealing_delay;
    EXPECT_EQ(step(later), 3);
    EXPECT_EQ(retire({"profile", 1}, later, Retirement::at_once).error().code, ErrorCode::conflict);
    EXPECT_EQ(step(later), 3);
    EXPECT_EQ(step(later), 1);
    EXPECT_EQ(step(later), 0);
    ASSERT_TRUE(retire({"profile", 1}, later));
    reload(later);
    const auto tx = database->read().value();
    for (const UserRecord& user : users) {
        const auto stored = store::find_user(*tx, user.realm_id, user.id).value();
        const auto key = ring->open(Purpose::profile, stored->wrapped_key, user.id.span());
        ASSERT_TRUE(key);
        EXPECT_EQ(key->reveal(), user_key(user.id));
    }
}

TEST_F(RotationTest, ASigningKeyIsPublishedBeforeItSignsAndVerifiesAfterwards) {
    EXPECT_FALSE(is_signing_rotation_due(statuses(start), start));
    const Timestamp due = start + signing_key_period - signing_key_announcement;
    EXPECT_FALSE(is_signing_rotation_due(statuses(due), due - Seconds(1)));
    EXPECT_TRUE(is_signing_rotation_due(statuses(due), due));
    const std::string old_kid(ring->consent_signing_key().kid());

    ASSERT_TRUE(rotate(consent_signing.name, due, signing_key_announcement));
    reload(due);
    EXPECT_FALSE(is_signing_rotation_due(statuses(due), due));
    EXPECT_EQ(jose::parse_jwks(ring->consent_jwks()).value().keys().size(), 2U) << "announced";
    EXPECT_EQ(ring->consent_signing_key().kid(), old_kid);

    const Timestamp used = due + signing_key_announcement;
    reload(used);
    EXPECT_NE(ring->consent_signing_key().kid(), old_kid);
    EXPECT_NE(ring->find_consent_signing_key(old_kid), nullptr);
    EXPECT_EQ(jose::parse_jwks(ring->consent_jwks()).value().keys().size(), 2U) << "kept";
}

}  // namespace
}  // namespace latchkey::keys
