// Conformance: browser sessions.

#include "store/browser_sessions.hpp"

#include <gtest/gtest.h>

#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::bytes_of;
using testing::id_of;
using testing::other_realm;
using testing::test_now;
using testing::test_realm;

Bytes hash_of(std::uint32_t n) { return bytes_of("session " + std::to_string(n)); }

BrowserSessionRecord session_record(std::uint32_t n) {
    return {.session_hash = hash_of(n),
            .id = id_of<SessionId>(n),
            .user_id = id_of<UserId>(1),
            .created_at = test_now,
            .last_seen_at = test_now + Seconds(1),
            .expires_at = test_now + Seconds(100 * std::int64_t{n}),
            .label = {.browser = Browser::firefox, .system = System::linux}};
}

class BrowserSessions : public testing::StoreSuite {
protected:
    BrowserSessions() {
        write([](auto& tx) { return insert_user(tx, testing::user_record(1)); });
        write([](auto& tx) { return insert_user(tx, testing::user_record(2)); });
        for (std::uint32_t n = 1; n <= 3; ++n) {
            write([&](auto& tx) { return insert_session(tx, session_record(n)); });
        }
    }
    std::optional<BrowserSessionRecord> find(std::uint32_t n) {
        return read([&](auto& tx) { return find_session(tx, test_realm, hash_of(n)); });
    }
    const UserId user_ = id_of<UserId>(1);
};
INSTANTIATE_TEST_SUITE_P(On, BrowserSessions, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(BrowserSessions, ComeBackAsTheyWentIn) {
    const auto found = find(2);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->session_hash, hash_of(2));
    EXPECT_EQ(found->id, id_of<SessionId>(2));
    EXPECT_EQ(found->user_id, user_);
    EXPECT_EQ(found->created_at, test_now);
    EXPECT_EQ(found->last_seen_at, test_now + Seconds(1));
    EXPECT_EQ(found->expires_at, test_now + Seconds(200));
    EXPECT_EQ(found->label, (BrowserLabel{Browser::firefox, System::linux}));
    EXPECT_FALSE(find(9));
}

TEST_P(BrowserSessions, EndOnce) {
    const auto end = [&] {
        return write([&](auto& tx) { return delete_session(tx, test_realm, hash_of(1)); });
    };
    EXPECT_TRUE(end());
    EXPECT_FALSE(end());
    EXPECT_FALSE(find(1));
}

TEST_P(BrowserSessions, AreNotThereForAnotherRealm) {
    EXPECT_FALSE(read([](auto& tx) { return find_session(tx, other_realm, hash_of(1)); }));
    EXPECT_FALSE(write([](auto& tx) { return delete_session(tx, other_realm, hash_of(1)); }));
    EXPECT_TRUE(find(1));
}

TEST_P(BrowserSessions, AreListedAndEndedByTheirPersonAlone) {
    const auto list = [&](UserId user, Timestamp now) {
        return read([&](auto& tx) { return list_sessions(tx, user, now, 10); });
    };
    EXPECT_EQ(list(user_, test_now).size(), 3U);
    EXPECT_EQ(list(user_, test_now + Seconds(100)).size(), 2U) << "one has expired";
    EXPECT_TRUE(list(id_of<UserId>(2), test_now).empty());
    const auto end = [&](UserId user, std::uint32_t n) {
        return write([&](auto& tx) { return delete_session_of(tx, user, id_of<SessionId>(n)); });
    };
    EXPECT_FALSE(end(id_of<UserId>(2), 1));
    EXPECT_TRUE(end(user_, 1));
    EXPECT_FALSE(end(user_, 1));
}

TEST_P(BrowserSessions, EndButForOne) {
    auto others = session_record(4);
    others.user_id = id_of<UserId>(2);
    write([&](auto& tx) { return insert_session(tx, others); });
    EXPECT_EQ(write([&](auto& tx) { return delete_other_sessions(tx, user_, hash_of(2)); }), 2);
    EXPECT_TRUE(find(2));
    EXPECT_TRUE(find(4)) << "another person's";
    EXPECT_FALSE(find(1));
}

TEST_P(BrowserSessions, GoWhenTheyHaveExpiredAFewAtATime) {
    const auto expire = [&](Timestamp now, int limit) {
        return write([&](auto& tx) { return delete_expired_sessions(tx, now, limit); });
    };
    EXPECT_EQ(expire(test_now + Seconds(100), 10), 0);
    EXPECT_EQ(expire(test_now + Seconds(301), 2), 2);
    EXPECT_TRUE(find(3)) << "the oldest first";
    EXPECT_EQ(expire(test_now + Seconds(301), 2), 1);
}

TEST_P(BrowserSessions, OneOfSeveralThatEndItIsToldSo) {
    const int winners = race([](database::WriteTransaction& tx, int) {
        return delete_session(tx, test_realm, hash_of(1));
    });
    EXPECT_EQ(winners, 1);
}

}  // namespace
}  // namespace latchkey::store::suite
