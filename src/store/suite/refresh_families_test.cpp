// Conformance: refresh-token families.

#include "store/refresh_families.hpp"

#include <gtest/gtest.h>

#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::family_record;
using testing::id_of;
using testing::test_now;

class RefreshFamilies : public testing::StoreSuite {
protected:
    RefreshFamilies() { connect(); }

    std::optional<RefreshFamilyRecord> family(std::uint32_t n) {
        return read(
            [&](auto& tx) { return find_refresh_family(tx, user_, client_, id_of<FamilyId>(n)); });
    }
    void insert_family(std::uint32_t n, int max_live = 20) {
        write([&](auto& tx) { return insert_refresh_family(tx, family_record(n), max_live); });
    }
    FamilyScan look(const FamilyKey& after, Timestamp now, int rows = 100) {
        return read([&](auto& tx) { return find_expired_families(tx, after, now, rows); });
    }
    std::int64_t remove(const FamilyScan& scan, Timestamp now) {
        return write([&](auto& tx) { return delete_expired_families(tx, scan, now); });
    }

    const UserId user_ = id_of<UserId>(1);
    const ClientId client_ = id_of<ClientId>(1);
};
INSTANTIATE_TEST_SUITE_P(On, RefreshFamilies, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(RefreshFamilies, AFamilyComesBackAsItWentIn) {
    auto record = family_record(1);
    record.sealed_successor = {0, 1, 2, 255};
    record.previous_hash = {9};
    record.connection_revocations = 7;
    write([&](auto& tx) { return insert_refresh_family(tx, record, 20); });
    const auto found = family(1);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->generation, 1);
    EXPECT_EQ(found->connection_revocations, 7);
    EXPECT_EQ(found->scopes, record.scopes);
    EXPECT_EQ(found->current_hash, record.current_hash);
    EXPECT_EQ(found->previous_hash, record.previous_hash);
    EXPECT_EQ(found->sealed_successor, record.sealed_successor);
    EXPECT_EQ(found->rotated_at, record.rotated_at);
    EXPECT_EQ(found->expires_at, record.expires_at);
}

TEST_P(RefreshFamilies, TheFamilyThatBeganFirstGoesWhenThereAreTooMany) {
    for (std::uint32_t n = 1; n <= 25; ++n) insert_family(n, 20);
    for (std::uint32_t n = 1; n <= 5; ++n) EXPECT_FALSE(family(n).has_value()) << n;
    for (std::uint32_t n = 6; n <= 25; ++n) EXPECT_TRUE(family(n).has_value()) << n;
}

TEST_P(RefreshFamilies, ANewFamilyStaysThoughAClockThatWasSetBackMakesItLookOld) {
    for (std::uint32_t n = 101; n <= 120; ++n) insert_family(n, 20);
    for (std::uint32_t n = 1; n <= 3; ++n) {
        insert_family(n, 20);
        EXPECT_TRUE(family(n).has_value()) << n;
    }
    int live = 0;
    for (std::uint32_t n = 1; n <= 120; ++n) live += family(n).has_value() ? 1 : 0;
    EXPECT_EQ(live, 20);
}

TEST_P(RefreshFamilies, FamiliesThatWentMakeRoom) {
    for (std::uint32_t n = 1; n <= 20; ++n) insert_family(n, 20);
    for (std::uint32_t n = 5; n <= 10; ++n) {
        EXPECT_TRUE(write([&](auto& tx) {
            return delete_refresh_family(tx, user_, client_, id_of<FamilyId>(n));
        }));
    }
    for (std::uint32_t n = 21; n <= 26; ++n) insert_family(n, 20);
    EXPECT_TRUE(family(1).has_value());
    insert_family(27, 20);
    EXPECT_FALSE(family(1).has_value());
    EXPECT_TRUE(family(2).has_value());
}

TEST_P(RefreshFamilies, AFamilyOfAnotherAppDoesNotCount) {
    for (std::uint32_t n = 1; n <= 20; ++n) insert_family(n, 20);
    auto other = family_record(99);
    other.client_id = id_of<ClientId>(2);
    write([&](auto& tx) { return insert_refresh_family(tx, other, 20); });
    EXPECT_TRUE(family(1).has_value());
}

TEST_P(RefreshFamilies, ARotationIsDoneOnlyFromTheGenerationItSaw) {
    insert_family(1);
    auto next = family_record(1);
    next.generation = 2;
    next.previous_hash = next.current_hash;
    next.current_hash = testing::bytes_of("next");
    next.sealed_successor = testing::bytes_of("sealed");
    next.rotated_at = test_now + Seconds(1);
    next.expires_at = test_now + Seconds(2000);
    const auto rotate = [&](std::int64_t from) {
        return write([&](auto& tx) { return rotate_refresh_family(tx, next, from); });
    };
    EXPECT_FALSE(rotate(2));
    EXPECT_TRUE(rotate(1));
    EXPECT_FALSE(rotate(1));
    const auto found = family(1);
    EXPECT_EQ(found->generation, 2);
    EXPECT_EQ(found->current_hash, next.current_hash);
    EXPECT_EQ(found->previous_hash, next.previous_hash);
    EXPECT_EQ(found->sealed_successor, next.sealed_successor);
    EXPECT_EQ(found->rotated_at, next.rotated_at);
    EXPECT_EQ(found->expires_at, next.expires_at);
}

TEST_P(RefreshFamilies, AFamilyThatExpiredGoesAndTheRestStays) {
    insert_family(1);
    auto later = family_record(2);
    later.expires_at = test_now + Seconds(5000);
    write([&](auto& tx) { return insert_refresh_family(tx, later, 20); });
    EXPECT_TRUE(look({}, test_now + Seconds(1000)).expired.empty());
    const Timestamp now = test_now + Seconds(1001);
    const auto scan = look({}, now);
    EXPECT_EQ(scan.rows, 2);
    ASSERT_EQ(scan.expired.size(), 1U);
    EXPECT_EQ(scan.expired[0], (FamilyKey{user_, client_, id_of<FamilyId>(1)}));
    EXPECT_EQ(remove(scan, now), 1);
    EXPECT_FALSE(family(1).has_value());
    EXPECT_TRUE(family(2).has_value());
}

TEST_P(RefreshFamilies, AFamilyThatWasRefreshedMeanwhileStays) {
    insert_family(1);
    const Timestamp now = test_now + Seconds(1001);
    const auto scan = look({}, now);
    ASSERT_EQ(scan.expired.size(), 1U);
    auto next = family_record(1);
    next.generation = 2;
    next.expires_at = test_now + Seconds(5000);
    write([&](auto& tx) { return rotate_refresh_family(tx, next, 1); });
    EXPECT_EQ(remove(scan, now), 0);
    EXPECT_TRUE(family(1).has_value());
    EXPECT_TRUE(look({}, now).expired.empty());
}

TEST_P(RefreshFamilies, AWalkSeesEveryFamilyOnce) {
    for (std::uint32_t n = 1; n <= 5; ++n) insert_family(n);
    auto another = family_record(6);
    another.user_id = id_of<UserId>(2);
    another.client_id = id_of<ClientId>(2);
    write([&](auto& tx) { return insert_refresh_family(tx, another, 20); });
    std::vector<FamilyKey> seen;
    FamilyKey position;
    for (int rows : {4, 2, 0}) {
        const auto scan = look(position, test_now + Seconds(1001), 4);
        EXPECT_EQ(scan.rows, rows);
        seen.insert(seen.end(), scan.expired.begin(), scan.expired.end());
        position = scan.last;
    }
    ASSERT_EQ(seen.size(), 6U);
    for (std::uint32_t n = 1; n <= 5; ++n) {
        EXPECT_EQ(seen[n - 1], (FamilyKey{user_, client_, id_of<FamilyId>(n)}));
    }
    EXPECT_EQ(seen[5], (FamilyKey{another.user_id, another.client_id, another.family_id}));
}

TEST_P(RefreshFamilies, KnowTheBrowserSessionThatTheyCameFrom) {
    auto family_of_session = family_record(1);
    family_of_session.session_id = id_of<SessionId>(5);
    family_of_session.auth_time = test_now - Seconds(60);
    write([&](auto& tx) { return insert_refresh_family(tx, family_of_session, 20); });
    insert_family(2);
    const auto found = family(1);
    EXPECT_EQ(found->session_id, id_of<SessionId>(5));
    EXPECT_EQ(found->auth_time, test_now - Seconds(60));
    EXPECT_FALSE(family(2)->session_id.has_value());
    EXPECT_FALSE(family(2)->auth_time.has_value());

    const auto of_session = [&](SessionId id) {
        return read([&](auto& tx) { return list_families_of_session(tx, user_, id); });
    };
    ASSERT_EQ(of_session(id_of<SessionId>(5)).size(), 1U);
    EXPECT_EQ(of_session(id_of<SessionId>(5))[0], (FamilyKey{user_, client_, id_of<FamilyId>(1)}));
    EXPECT_TRUE(of_session(id_of<SessionId>(6)).empty());
}

TEST_P(RefreshFamilies, AreShownToThePersonWhileTheyLast) {
    insert_family(2);
    insert_family(1);
    auto over = family_record(3);
    over.expires_at = test_now;
    write([&](auto& tx) { return insert_refresh_family(tx, over, 20); });
    const auto shown =
        read([&](auto& tx) { return list_app_sessions(tx, user_, client_, test_now); });
    ASSERT_EQ(shown.size(), 2U);
    EXPECT_EQ(shown[0].tokens_issued_at, test_now);
    EXPECT_EQ(shown[0].expires_at, test_now + Seconds(1000));
}

TEST_P(RefreshFamilies, GoTogetherForOneAppAndPerson) {
    for (std::uint32_t n = 1; n <= 3; ++n) insert_family(n);
    auto other = family_record(4);
    other.client_id = id_of<ClientId>(2);
    write([&](auto& tx) { return insert_refresh_family(tx, other, 20); });
    EXPECT_EQ(write([&](auto& tx) { return delete_refresh_families(tx, user_, client_); }), 3);
    EXPECT_EQ(write([&](auto& tx) { return delete_refresh_families(tx, user_, client_); }), 0);
    EXPECT_TRUE(read([&](auto& tx) {
        return find_refresh_family(tx, user_, other.client_id, id_of<FamilyId>(4));
    }));
}

TEST_P(RefreshFamilies, OneOfSeveralRotationsWins) {
    insert_family(1);
    const int winners = race([](database::WriteTransaction& tx, int racer) {
        auto next = family_record(1);
        next.generation = 2;
        next.current_hash = testing::bytes_of("token " + std::to_string(racer));
        return rotate_refresh_family(tx, next, 1);
    });
    EXPECT_EQ(winners, 1);
    EXPECT_EQ(family(1)->generation, 2);
}

}  // namespace
}  // namespace latchkey::store::suite
