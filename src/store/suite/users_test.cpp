// Conformance: users.

#include "store/users.hpp"

#include <gtest/gtest.h>

#include "store/browser_sessions.hpp"
#include "store/passkeys.hpp"
#include "store/refresh_families.hpp"
#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::bytes_of;
using testing::id_of;
using testing::other_realm;
using testing::test_now;
using testing::test_realm;
using testing::user_record;

class Users : public testing::StoreSuite {
protected:
    void insert(const UserRecord& user) {
        write([&](auto& tx) { return insert_user(tx, user); });
    }
    std::optional<UserRecord> find(std::uint32_t n) {
        return read([&](auto& tx) { return find_user(tx, test_realm, id_of<UserId>(n)); });
    }
    std::optional<UserRecord> find_by_email(RealmId realm, std::uint32_t n) {
        return read(
            [&](auto& tx) { return find_user_by_email(tx, realm, user_record(n).email_hash); });
    }
};
INSTANTIATE_TEST_SUITE_P(On, Users, ::testing::ValuesIn(testing::engines()), testing::engine_name);

TEST_P(Users, ComeBackAsTheyWentIn) {
    auto user = user_record(1);
    user.wrapped_key = {0, 255, 1};
    user.updated_at = test_now + Seconds(3);
    insert(user);
    for (const auto& found : {find(1), find_by_email(test_realm, 1)}) {
        ASSERT_TRUE(found.has_value());
        EXPECT_EQ(found->id, user.id);
        EXPECT_EQ(found->realm_id, test_realm);
        EXPECT_EQ(found->email_hash, user.email_hash);
        EXPECT_EQ(found->wrapped_key, user.wrapped_key);
        EXPECT_EQ(found->sealed_profile, user.sealed_profile);
        EXPECT_EQ(found->created_at, test_now);
        EXPECT_EQ(found->updated_at, user.updated_at);
    }
    EXPECT_FALSE(find(2));
    EXPECT_FALSE(read([&](auto& tx) { return find_user(tx, other_realm, user.id); }))
        << "for another realm there is nobody of this id";
}

TEST_P(Users, HaveOneAddressInARealmAndMayHaveItInAnother) {
    insert(user_record(1));
    auto twin = user_record(2);
    twin.email_hash = user_record(1).email_hash;
    EXPECT_EQ(write_error([&](auto& tx) { return insert_user(tx, twin); }), ErrorCode::conflict);
    twin.realm_id = other_realm;
    EXPECT_FALSE(find_by_email(other_realm, 1));
    insert(twin);
    EXPECT_EQ(find_by_email(test_realm, 1)->id, id_of<UserId>(1));
    EXPECT_EQ(find_by_email(other_realm, 1)->id, id_of<UserId>(2));
    EXPECT_EQ(find_by_email(other_realm, 1)->realm_id, other_realm);
    EXPECT_FALSE(find(2)) << "there it is nobody";
}

TEST_P(Users, ChangeTheirAddressUnlessItIsTaken) {
    insert(user_record(1));
    insert(user_record(2));
    auto changed = user_record(1);
    changed.email_hash = bytes_of("another");
    changed.sealed_profile = bytes_of("newly sealed");
    changed.updated_at = test_now + Seconds(9);
    write([&](auto& tx) { return update_user(tx, changed); });
    EXPECT_FALSE(find_by_email(test_realm, 1));
    EXPECT_EQ(find(1)->sealed_profile, changed.sealed_profile);
    EXPECT_EQ(find(1)->updated_at, changed.updated_at);
    changed.email_hash = user_record(2).email_hash;
    EXPECT_EQ(write_error([&](auto& tx) { return update_user(tx, changed); }), ErrorCode::conflict);
    EXPECT_EQ(write_error([&](auto& tx) { return update_user(tx, user_record(3)); }),
              ErrorCode::not_found);
}

TEST_P(Users, GoWithAllThatHangsOffThem) {
    connect();
    write([&](auto& tx) -> Result<void> {
        TRY(insert_refresh_family(tx, testing::family_record(1), 20));
        TRY(insert_session(tx, {.session_hash = bytes_of("session"),
                                .id = id_of<SessionId>(1),
                                .user_id = id_of<UserId>(1),
                                .created_at = test_now,
                                .last_seen_at = test_now,
                                .expires_at = test_now + Seconds(9)}));
        return insert_passkey(tx, {.user_id = id_of<UserId>(1),
                                   .credential_id = bytes_of("credential"),
                                   .public_key = bytes_of("key"),
                                   .sealed_name = bytes_of("name"),
                                   .created_at = test_now,
                                   .last_used_at = std::nullopt});
    });
    const UserId user = id_of<UserId>(1);
    const ClientId client = id_of<ClientId>(1);
    EXPECT_TRUE(write([&](auto& tx) { return delete_user(tx, user); }));
    EXPECT_FALSE(write([&](auto& tx) { return delete_user(tx, user); }));
    EXPECT_FALSE(find(1));
    EXPECT_TRUE(read([&](auto& tx) { return list_sessions(tx, user, test_now, 10); }).empty());
    EXPECT_TRUE(read([&](auto& tx) { return list_passkeys(tx, user, 10); }).empty());
    EXPECT_FALSE(read([&](auto& tx) { return find_connection(tx, user, client); }));
    EXPECT_FALSE(
        read([&](auto& tx) { return find_refresh_family(tx, user, client, id_of<FamilyId>(1)); }));
}

TEST_P(Users, HaveKeysThatAreListedByRealmAndReplacedAsTheyWereSeen) {
    for (std::uint32_t n = 1; n <= 5; ++n) {
        auto user = user_record(n);
        user.realm_id = n == 3 ? other_realm : test_realm;
        user.wrapped_key = {static_cast<std::uint8_t>(n <= 2 ? 1 : 2), 9};
        insert(user);
    }
    const auto list = [&](std::optional<UserId> after, int limit) {
        return read([&](auto& tx) { return list_wrapped_user_keys(tx, test_realm, after, limit); });
    };
    const auto first = list(std::nullopt, 2);
    ASSERT_EQ(first.size(), 2U);
    EXPECT_EQ(first[1].user_id, id_of<UserId>(2));
    EXPECT_EQ(first[1].wrapped_key, (Bytes{1, 9}));
    const auto rest = list(first[1].user_id, 10);
    ASSERT_EQ(rest.size(), 2U);
    EXPECT_EQ(rest[0].user_id, id_of<UserId>(4));

    const auto count = [&](RealmId realm, std::int64_t version) {
        return read([&](auto& tx) { return count_user_keys_under(tx, realm, version); });
    };
    EXPECT_EQ(count(test_realm, 1), 2);
    EXPECT_EQ(count(test_realm, 2), 2);
    EXPECT_EQ(count(other_realm, 2), 1);
    const Bytes next = {3, 9};
    const auto replace = [&] {
        return write([&](auto& tx) { return replace_wrapped_user_key(tx, first[0], next); });
    };
    EXPECT_TRUE(replace());
    EXPECT_FALSE(replace()) << "what was read is no longer so";
    EXPECT_EQ(find(1)->wrapped_key, next);
}

TEST_P(Users, OneOfSeveralWithOneAddressIsMade) {
    const int winners = race([](database::WriteTransaction& tx, int racer) -> Result<bool> {
        auto user = user_record(static_cast<std::uint32_t>(racer) + 1);
        user.email_hash = bytes_of("the same");
        TRY(insert_user(tx, user));
        return true;
    });
    EXPECT_EQ(winners, 1);
}

TEST_P(Users, OneOfSeveralDeletionsIsToldSo) {
    insert(user_record(1));
    const int winners =
        race([](database::WriteTransaction& tx, int) { return delete_user(tx, id_of<UserId>(1)); });
    EXPECT_EQ(winners, 1);
}

}  // namespace
}  // namespace latchkey::store::suite
