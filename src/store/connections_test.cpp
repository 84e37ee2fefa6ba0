// Conformance: connections, consent-token ids and refresh-token families.

#include "store/connections.hpp"

#include <gtest/gtest.h>

#include "testing/store_suite.hpp"

namespace latchkey::store {
namespace {

using testing::client_record;
using testing::family_record;
using testing::id_of;
using testing::test_now;
using testing::user_record;

class Connections : public testing::StoreSuite {
protected:
    Connections() { connect(); }

    ConnectionRecord upsert(ScopeSet scopes, Timestamp now) {
        return write([&](auto& tx) { return upsert_connection(tx, user_, client_, scopes, now); });
    }
    bool revoke() {
        return write([&](auto& tx) { return revoke_connection(tx, user_, client_, test_now); });
    }
    std::optional<RefreshFamilyRecord> family(std::uint32_t n) {
        return read(
            [&](auto& tx) { return find_refresh_family(tx, user_, client_, id_of<FamilyId>(n)); });
    }
    void insert_family(std::uint32_t n, int max_live = 20) {
        write([&](auto& tx) { return insert_refresh_family(tx, family_record(n), max_live); });
    }
    std::int64_t expire(Timestamp now, int limit = 100) {
        return write([&](auto& tx) { return delete_expired_consent_tokens(tx, now, limit); });
    }
    FamilyStretch look(const FamilyKey& after, Timestamp now, int rows = 100) {
        return read([&](auto& tx) { return find_expired_families(tx, after, now, rows); });
    }
    std::int64_t remove(const FamilyStretch& stretch, Timestamp now) {
        return write([&](auto& tx) { return delete_expired_families(tx, stretch, now); });
    }

    const UserId user_ = id_of<UserId>(1);
    const ClientId client_ = id_of<ClientId>(1);
};
INSTANTIATE_TEST_SUITE_P(On, Connections, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(Connections, BeginLiveInTheirFirstGeneration) {
    const auto found = read([&](auto& tx) { return find_connection(tx, user_, client_); });
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->state, ConnectionState::live);
    EXPECT_EQ(found->generation, 1);
    EXPECT_EQ(found->scopes, ScopeSet(6));
    EXPECT_EQ(found->created_at, test_now);
}

TEST_P(Connections, AreFoundTogetherWithTheUser) {
    const auto found = read([&](auto& tx) { return find_connected_user(tx, user_, client_); });
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->connection.user_id, user_);
    EXPECT_EQ(found->connection.client_id, client_);
    EXPECT_EQ(found->user.id, user_);
    EXPECT_EQ(found->user.email_hash, user_record(1).email_hash);
    EXPECT_EQ(found->user.wrapped_key, user_record(1).wrapped_key);
    EXPECT_EQ(found->user.sealed_profile, user_record(1).sealed_profile);
}

TEST_P(Connections, AreAbsentForAnotherUserOrApp) {
    EXPECT_FALSE(
        read([&](auto& tx) { return find_connected_user(tx, id_of<UserId>(2), client_); }));
    EXPECT_FALSE(read([&](auto& tx) { return find_connection(tx, user_, id_of<ClientId>(2)); }));
}

TEST_P(Connections, KeepTheirGenerationWhenConsentIsGivenAgain) {
    const auto again = upsert(ScopeSet(2), test_now + Seconds(5));
    EXPECT_EQ(again.generation, 1);
    EXPECT_EQ(again.scopes, ScopeSet(2));
    EXPECT_EQ(again.created_at, test_now);
    EXPECT_EQ(again.updated_at, test_now + Seconds(5));
}

TEST_P(Connections, LoseTheirFamiliesWhenRevoked) {
    insert_family(1);
    EXPECT_TRUE(revoke());
    EXPECT_FALSE(family(1).has_value());
    const auto found = read([&](auto& tx) { return find_connection(tx, user_, client_); });
    EXPECT_EQ(found->state, ConnectionState::revoked);
    EXPECT_EQ(found->generation, 2);
}

TEST_P(Connections, AreRevokedOnce) {
    EXPECT_TRUE(revoke());
    EXPECT_FALSE(revoke());
    EXPECT_FALSE(write(
        [&](auto& tx) { return revoke_connection(tx, id_of<UserId>(9), client_, test_now); }));
}

TEST_P(Connections, ComeBackInAHigherGeneration) {
    revoke();
    const auto again = upsert(ScopeSet(6), test_now);
    EXPECT_EQ(again.state, ConnectionState::live);
    EXPECT_GT(again.generation, 2);
}

TEST_P(Connections, AreListedInPagesOfOneUserAndOfOneApp) {
    for (std::uint32_t n = 2; n <= 5; ++n) {
        write([&](auto& tx) {
            return upsert_connection(tx, user_, id_of<ClientId>(n), ScopeSet(2), test_now);
        });
        write([&](auto& tx) {
            return upsert_connection(tx, id_of<UserId>(n), client_, ScopeSet(2), test_now);
        });
    }
    const auto first =
        read([&](auto& tx) { return list_connections_of_user(tx, user_, std::nullopt, 3); });
    ASSERT_EQ(first.size(), 3U);
    EXPECT_EQ(first[2].client_id, id_of<ClientId>(3));
    const auto rest =
        read([&](auto& tx) { return list_connections_of_user(tx, user_, first[2].client_id, 3); });
    ASSERT_EQ(rest.size(), 2U);
    EXPECT_EQ(rest[1].client_id, id_of<ClientId>(5));

    const auto users = read(
        [&](auto& tx) { return list_connections_of_client(tx, client_, id_of<UserId>(2), 10); });
    ASSERT_EQ(users.size(), 3U);
    EXPECT_EQ(users[0].user_id, id_of<UserId>(3));
}

TEST_P(Connections, AConsentTokenIsConsumedOnce) {
    const auto consume = [&](std::uint32_t n) {
        return write([&](auto& tx) {
            return consume_consent_token(tx, id_of<ConsentTokenId>(n), test_now + Seconds(300));
        });
    };
    EXPECT_TRUE(consume(1));
    EXPECT_FALSE(consume(1));
    EXPECT_TRUE(consume(2));
}

TEST_P(Connections, AFamilyComesBackAsItWentIn) {
    auto record = family_record(1);
    record.sealed_successor = {0, 1, 2, 255};
    record.previous_hash = {9};
    record.connection_generation = 7;
    write([&](auto& tx) { return insert_refresh_family(tx, record, 20); });
    const auto found = family(1);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->generation, 1);
    EXPECT_EQ(found->connection_generation, 7);
    EXPECT_EQ(found->scopes, record.scopes);
    EXPECT_EQ(found->current_hash, record.current_hash);
    EXPECT_EQ(found->previous_hash, record.previous_hash);
    EXPECT_EQ(found->sealed_successor, record.sealed_successor);
    EXPECT_EQ(found->rotated_at, record.rotated_at);
    EXPECT_EQ(found->expires_at, record.expires_at);
}

TEST_P(Connections, TheFamilyThatBeganFirstGoesWhenThereAreTooMany) {
    for (std::uint32_t n = 1; n <= 25; ++n) insert_family(n, 20);
    for (std::uint32_t n = 1; n <= 5; ++n) EXPECT_FALSE(family(n).has_value()) << n;
    for (std::uint32_t n = 6; n <= 25; ++n) EXPECT_TRUE(family(n).has_value()) << n;
}

TEST_P(Connections, ANewFamilyStaysThoughAClockThatWasSetBackMakesItLookOld) {
    for (std::uint32_t n = 101; n <= 120; ++n) insert_family(n, 20);
    for (std::uint32_t n = 1; n <= 3; ++n) {
        insert_family(n, 20);
        EXPECT_TRUE(family(n).has_value()) << n;
    }
    int live = 0;
    for (std::uint32_t n = 1; n <= 120; ++n) live += family(n).has_value() ? 1 : 0;
    EXPECT_EQ(live, 20);
}

TEST_P(Connections, FamiliesThatWentMakeRoom) {
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

TEST_P(Connections, AFamilyOfAnotherAppDoesNotCount) {
    for (std::uint32_t n = 1; n <= 20; ++n) insert_family(n, 20);
    auto other = family_record(99);
    other.client_id = id_of<ClientId>(2);
    write([&](auto& tx) { return insert_refresh_family(tx, other, 20); });
    EXPECT_TRUE(family(1).has_value());
}

TEST_P(Connections, ARotationIsDoneOnlyFromTheGenerationItSaw) {
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

TEST_P(Connections, AConsentTokenThatExpiredGoes) {
    write([&](auto& tx) {
        return consume_consent_token(tx, id_of<ConsentTokenId>(1), test_now + Seconds(300));
    });
    EXPECT_EQ(expire(test_now + Seconds(300)), 0);
    EXPECT_EQ(expire(test_now + Seconds(301)), 1);
}

TEST_P(Connections, AFamilyThatExpiredGoesAndTheRestStays) {
    insert_family(1);
    auto later = family_record(2);
    later.expires_at = test_now + Seconds(5000);
    write([&](auto& tx) { return insert_refresh_family(tx, later, 20); });
    EXPECT_TRUE(look({}, test_now + Seconds(1000)).expired.empty());
    const Timestamp now = test_now + Seconds(1001);
    const auto stretch = look({}, now);
    EXPECT_EQ(stretch.rows, 2);
    ASSERT_EQ(stretch.expired.size(), 1U);
    EXPECT_EQ(stretch.expired[0], (FamilyKey{user_, client_, id_of<FamilyId>(1)}));
    EXPECT_EQ(remove(stretch, now), 1);
    EXPECT_FALSE(family(1).has_value());
    EXPECT_TRUE(family(2).has_value());
}

TEST_P(Connections, AFamilyThatWasRefreshedMeanwhileStays) {
    insert_family(1);
    const Timestamp now = test_now + Seconds(1001);
    const auto stretch = look({}, now);
    ASSERT_EQ(stretch.expired.size(), 1U);
    auto next = family_record(1);
    next.generation = 2;
    next.expires_at = test_now + Seconds(5000);
    write([&](auto& tx) { return rotate_refresh_family(tx, next, 1); });
    EXPECT_EQ(remove(stretch, now), 0);
    EXPECT_TRUE(family(1).has_value());
    EXPECT_TRUE(look({}, now).expired.empty());
}

TEST_P(Connections, AWalkSeesEveryFamilyOnce) {
    for (std::uint32_t n = 1; n <= 5; ++n) insert_family(n);
    auto another = family_record(6);
    another.user_id = id_of<UserId>(2);
    another.client_id = id_of<ClientId>(2);
    write([&](auto& tx) { return insert_refresh_family(tx, another, 20); });
    std::vector<FamilyKey> seen;
    FamilyKey position;
    for (int rows : {4, 2, 0}) {
        const auto stretch = look(position, test_now + Seconds(1001), 4);
        EXPECT_EQ(stretch.rows, rows);
        seen.insert(seen.end(), stretch.expired.begin(), stretch.expired.end());
        position = stretch.last;
    }
    ASSERT_EQ(seen.size(), 6U);
    for (std::uint32_t n = 1; n <= 5; ++n) {
        EXPECT_EQ(seen[n - 1], (FamilyKey{user_, client_, id_of<FamilyId>(n)}));
    }
    EXPECT_EQ(seen[5], (FamilyKey{another.user_id, another.client_id, another.family_id}));
}

TEST_P(Connections, ACleanUpIsBounded) {
    for (std::uint32_t n = 1; n <= 10; ++n) {
        write([&](auto& tx) {
            return consume_consent_token(tx, id_of<ConsentTokenId>(n), test_now);
        });
    }
    const Timestamp later = test_now + Seconds(1);
    EXPECT_EQ(expire(later, 4), 4);
    EXPECT_EQ(expire(later, 4), 4);
    EXPECT_EQ(expire(later, 4), 2);
    EXPECT_EQ(expire(later, 4), 0);
}

}  // namespace
}  // namespace latchkey::store
