// Conformance: the key rings' rows.

#include "store/keys.hpp"

#include <gtest/gtest.h>

#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::bytes_of;
using testing::other_realm;
using testing::test_now;
using testing::test_realm;

KeyRecord key_record(std::string purpose, std::int64_t version, RealmId realm = test_realm) {
    return {.realm_id = realm,
            .purpose = std::move(purpose),
            .version = version,
            .wrapped_key = bytes_of("wrapped"),
            .created_at = test_now,
            .use_from = test_now + Seconds(60)};
}

class Keys : public testing::StoreSuite {
protected:
    void insert(const KeyRecord& key) {
        write([&](auto& tx) { return insert_key(tx, key); });
    }
    std::vector<KeyRecord> ring(RealmId realm) {
        return read([&](auto& tx) { return list_keys(tx, realm); });
    }
    bool remove(RealmId realm, std::int64_t version) {
        return write([&](auto& tx) { return delete_key(tx, realm, "mail", version); });
    }
};
INSTANTIATE_TEST_SUITE_P(On, Keys, ::testing::ValuesIn(testing::engines()), testing::engine_name);

TEST_P(Keys, AreListedByPurposeAndVersion) {
    insert(key_record("profile", 1));
    insert(key_record("mail", 2));
    insert(key_record("mail", 1));
    const auto keys = ring(test_realm);
    ASSERT_EQ(keys.size(), 3U);
    EXPECT_EQ(keys[0].purpose, "mail");
    EXPECT_EQ(keys[0].version, 1);
    EXPECT_EQ(keys[0].realm_id, test_realm);
    EXPECT_EQ(keys[0].wrapped_key, bytes_of("wrapped"));
    EXPECT_EQ(keys[0].created_at, test_now);
    EXPECT_EQ(keys[0].use_from, test_now + Seconds(60));
    EXPECT_EQ(keys[1].version, 2);
    EXPECT_EQ(keys[2].purpose, "profile");
}

TEST_P(Keys, AreEachRealmsOwn) {
    insert(key_record("mail", 1));
    insert(key_record("mail", 1, other_realm));
    EXPECT_EQ(ring(test_realm).size(), 1U);
    EXPECT_EQ(read([](auto& tx) { return list_all_keys(tx); }).size(), 2U);
    EXPECT_EQ(write_error([](auto& tx) { return insert_key(tx, key_record("mail", 1)); }),
              ErrorCode::conflict);
    EXPECT_TRUE(remove(other_realm, 1));
    EXPECT_FALSE(remove(other_realm, 1));
    EXPECT_EQ(ring(test_realm).size(), 1U);
}

TEST_P(Keys, AreWrappedAnewAsTheyWereSeen) {
    insert(key_record("mail", 1));
    const auto seen = ring(test_realm).at(0);
    write([&](auto& tx) { return replace_wrapped_key(tx, seen, bytes_of("anew")); });
    EXPECT_EQ(ring(test_realm).at(0).wrapped_key, bytes_of("anew"));
    EXPECT_EQ(
        write_error([&](auto& tx) { return replace_wrapped_key(tx, seen, bytes_of("late")); }),
        ErrorCode::conflict);
}

TEST_P(Keys, OneOfSeveralOfOneVersionIsMade) {
    const int winners = race([](database::WriteTransaction& tx, int) -> Result<bool> {
        TRY(insert_key(tx, key_record("mail", 1)));
        return true;
    });
    EXPECT_EQ(winners, 1);
}

}  // namespace
}  // namespace latchkey::store::suite
