// Conformance: passkeys, and the challenges that were answered.

#include "store/passkeys.hpp"

#include <gtest/gtest.h>

#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::bytes_of;
using testing::id_of;
using testing::other_realm;
using testing::test_now;
using testing::test_realm;

Bytes credential(std::uint32_t n) { return bytes_of("credential " + std::to_string(n)); }

PasskeyRecord passkey_record(std::uint32_t n) {
    return {.user_id = id_of<UserId>(1),
            .credential_id = credential(n),
            .public_key = bytes_of("public"),
            .sealed_name = {1, 7},
            .sign_count = 5,
            .created_at = test_now + Seconds(10 - std::int64_t{n}),
            .last_used_at = std::nullopt};
}

class Passkeys : public testing::StoreSuite {
protected:
    Passkeys() {
        write([](auto& tx) { return insert_user(tx, testing::user_record(1)); });
        for (std::uint32_t n = 1; n <= 2; ++n) insert(passkey_record(n));
    }
    void insert(const PasskeyRecord& passkey) {
        write([&](auto& tx) { return insert_passkey(tx, passkey); });
    }
    std::optional<PasskeyRecord> find(std::uint32_t n) {
        return read([&](auto& tx) { return find_passkey(tx, test_realm, user_, credential(n)); });
    }
    bool use(std::int64_t sign_count) {
        auto passkey = passkey_record(1);
        passkey.sign_count = sign_count;
        passkey.last_used_at = test_now + Seconds(sign_count);
        return write([&](auto& tx) { return use_passkey(tx, passkey); });
    }
    const UserId user_ = id_of<UserId>(1);
};
INSTANTIATE_TEST_SUITE_P(On, Passkeys, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(Passkeys, ComeBackAsTheyWentIn) {
    const auto found = find(1);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->user_id, user_);
    EXPECT_EQ(found->credential_id, credential(1));
    EXPECT_EQ(found->public_key, bytes_of("public"));
    EXPECT_EQ(found->sealed_name, (Bytes{1, 7}));
    EXPECT_EQ(found->sign_count, 5);
    EXPECT_EQ(found->created_at, test_now + Seconds(9));
    EXPECT_FALSE(found->last_used_at.has_value());
    const auto is_found = [&](RealmId realm, UserId user) {
        return read([&](auto& tx) { return find_passkey(tx, realm, user, credential(1)); })
            .has_value();
    };
    EXPECT_TRUE(is_found(test_realm, user_));
    EXPECT_FALSE(is_found(test_realm, id_of<UserId>(2)));
    EXPECT_FALSE(is_found(other_realm, user_));
    EXPECT_EQ(write_error([&](auto& tx) { return insert_passkey(tx, passkey_record(1)); }),
              ErrorCode::conflict);
}

TEST_P(Passkeys, AreListedOldestFirst) {
    const auto all = read([&](auto& tx) { return list_passkeys(tx, user_, 10); });
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].credential_id, credential(2));
    EXPECT_EQ(read([&](auto& tx) { return list_passkeys(tx, user_, 1); }).size(), 1U);
}

TEST_P(Passkeys, AreUsedWithARisingCountOrWithNone) {
    EXPECT_FALSE(use(5));
    EXPECT_TRUE(use(6));
    EXPECT_FALSE(use(6)) << "a copy of the authenticator";
    EXPECT_EQ(find(1)->last_used_at, test_now + Seconds(6));
    auto without_counter = passkey_record(3);
    without_counter.sign_count = 0;
    insert(without_counter);
    without_counter.last_used_at = test_now;
    for (int i = 0; i < 2; ++i) {
        EXPECT_TRUE(write([&](auto& tx) { return use_passkey(tx, without_counter); }));
    }
}

TEST_P(Passkeys, AreRenamedAndDeleted) {
    auto renamed = passkey_record(1);
    renamed.sealed_name = {2, 8};
    EXPECT_TRUE(write([&](auto& tx) { return rename_passkey(tx, renamed); }));
    EXPECT_EQ(find(1)->sealed_name, (Bytes{2, 8}));
    EXPECT_FALSE(write([&](auto& tx) { return rename_passkey(tx, passkey_record(9)); }));
    const auto remove = [&] {
        return write([&](auto& tx) { return delete_passkey(tx, user_, credential(1)); });
    };
    EXPECT_TRUE(remove());
    EXPECT_FALSE(remove());
    EXPECT_FALSE(find(1));
}

TEST_P(Passkeys, HaveNamesThatAreListedByRealmAndReplacedAsTheyWereSeen) {
    auto elsewhere = testing::user_record(2);
    elsewhere.realm_id = other_realm;
    write([&](auto& tx) { return insert_user(tx, elsewhere); });
    auto theirs = passkey_record(1);
    theirs.user_id = elsewhere.id;
    insert(theirs);
    const auto list = [&](RealmId realm, const PasskeyPage& page) {
        return read([&](auto& tx) { return list_sealed_passkey_names(tx, realm, page); });
    };
    EXPECT_EQ(list(other_realm, {UserId{}, {}, 10}).size(), 1U);
    const auto first = list(test_realm, {UserId{}, {}, 1});
    ASSERT_EQ(first.size(), 1U);
    EXPECT_EQ(first[0].credential_id, credential(1));
    const auto rest = list(test_realm, {first[0].user_id, first[0].credential_id, 10});
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest[0].credential_id, credential(2));
    const auto count = [&](std::int64_t version) {
        return read([&](auto& tx) { return count_passkey_names_under(tx, test_realm, version); });
    };
    EXPECT_EQ(count(1), 2);
    const Bytes next = {2, 7};
    const auto replace = [&] {
        return write([&](auto& tx) { return replace_sealed_passkey_name(tx, first[0], next); });
    };
    EXPECT_TRUE(replace());
    EXPECT_FALSE(replace());
    EXPECT_EQ(count(1), 1);
    EXPECT_EQ(count(2), 1);
}

TEST_P(Passkeys, AChallengeIsAnsweredOnceAndForgottenWhenItHasExpired) {
    const auto consume = [&](std::string_view challenge, Timestamp expires_at) {
        return write([&](auto& tx) {
            return consume_passkey_challenge(tx, bytes_of(challenge), expires_at);
        });
    };
    EXPECT_TRUE(consume("one", test_now));
    EXPECT_FALSE(consume("one", test_now));
    EXPECT_TRUE(consume("two", test_now));
    EXPECT_TRUE(consume("three", test_now + Seconds(1)));
    const auto expire = [&](Timestamp now, int limit) {
        return write([&](auto& tx) { return delete_expired_passkey_challenges(tx, now, limit); });
    };
    EXPECT_EQ(expire(test_now, 10), 0);
    EXPECT_EQ(expire(test_now + Seconds(1), 1), 1);
    EXPECT_EQ(expire(test_now + Seconds(1), 10), 1);
    EXPECT_TRUE(consume("one", test_now));
}

TEST_P(Passkeys, OneOfSeveralAnswersToAChallengeWins) {
    const int winners = race([](database::WriteTransaction& tx, int) {
        return consume_passkey_challenge(tx, bytes_of("one"), test_now);
    });
    EXPECT_EQ(winners, 1);
}

TEST_P(Passkeys, OneOfSeveralUsesOfOneCountWins) {
    const int winners = race([](database::WriteTransaction& tx, int) {
        auto passkey = passkey_record(1);
        passkey.sign_count = 6;
        return use_passkey(tx, passkey);
    });
    EXPECT_EQ(winners, 1);
}

}  // namespace
}  // namespace latchkey::store::suite
