// Conformance: e-mail challenges.

#include "store/email_challenges.hpp"

#include <gtest/gtest.h>

#include <mutex>
#include <set>

#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::bytes_of;
using testing::id_of;
using testing::test_now;
using testing::test_realm;

SignInChallengeRecord challenge_record(std::uint32_t n) {
    return {.id = id_of<ChallengeId>(n),
            .realm_id = test_realm,
            .browser_hash = bytes_of("browser"),
            .sealed_email = {3, 1, 2},
            .code_hash = bytes_of("code"),
            .tries = 0,
            .created_at = test_now,
            .expires_at = test_now + Seconds(100 * std::int64_t{n})};
}

class EmailChallenges : public testing::StoreSuite {
protected:
    EmailChallenges() {
        for (std::uint32_t n = 1; n <= 3; ++n) {
            write([&](auto& tx) { return insert_challenge(tx, challenge_record(n)); });
        }
    }
    std::optional<SignInChallengeRecord> try_one(std::uint32_t n) {
        return write(
            [&](auto& tx) { return count_challenge_try(tx, test_realm, id_of<ChallengeId>(n)); });
    }
};
INSTANTIATE_TEST_SUITE_P(On, EmailChallenges, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(EmailChallenges, AnswerAsTheyAreAfterATry) {
    const auto tried = try_one(1);
    ASSERT_TRUE(tried.has_value());
    EXPECT_EQ(tried->id, id_of<ChallengeId>(1));
    EXPECT_EQ(tried->realm_id, test_realm);
    EXPECT_EQ(tried->browser_hash, bytes_of("browser"));
    EXPECT_EQ(tried->sealed_email, (Bytes{3, 1, 2}));
    EXPECT_EQ(tried->code_hash, bytes_of("code"));
    EXPECT_EQ(tried->tries, 1);
    EXPECT_EQ(tried->created_at, test_now);
    EXPECT_EQ(tried->expires_at, test_now + Seconds(100));
    EXPECT_EQ(try_one(1)->tries, 2);
    EXPECT_FALSE(try_one(9));
}

TEST_P(EmailChallenges, AreNotThereForAnotherRealm) {
    const ChallengeId id = id_of<ChallengeId>(1);
    EXPECT_FALSE(
        write([&](auto& tx) { return count_challenge_try(tx, testing::other_realm, id); }));
    EXPECT_EQ(try_one(1)->tries, 1) << "nor can it use up the tries";
}

TEST_P(EmailChallenges, AreTakenOnce) {
    EXPECT_EQ(write_error([&](auto& tx) { return insert_challenge(tx, challenge_record(1)); }),
              ErrorCode::conflict);
    const auto consume = [&] {
        return write([&](auto& tx) { return consume_challenge(tx, id_of<ChallengeId>(1)); });
    };
    EXPECT_TRUE(consume());
    EXPECT_FALSE(consume());
    EXPECT_FALSE(try_one(1));
}

TEST_P(EmailChallenges, AreCountedByRealmAndKey) {
    const auto count = [&](RealmId realm, std::int64_t version) {
        return read([&](auto& tx) { return count_challenges_under(tx, realm, version); });
    };
    EXPECT_EQ(count(test_realm, 3), 3);
    EXPECT_EQ(count(test_realm, 1), 0);
    EXPECT_EQ(count(testing::other_realm, 3), 0);
}

TEST_P(EmailChallenges, GoWhenTheyHaveExpiredAFewAtATime) {
    const auto expire = [&](Timestamp now, int limit) {
        return write([&](auto& tx) { return delete_expired_challenges(tx, now, limit); });
    };
    EXPECT_EQ(expire(test_now + Seconds(100), 10), 0);
    EXPECT_EQ(expire(test_now + Seconds(301), 2), 2);
    EXPECT_TRUE(try_one(3)) << "the oldest first";
    EXPECT_EQ(expire(test_now + Seconds(301), 2), 1);
}

TEST_P(EmailChallenges, ParallelGuessesEachFindTheirOwnNumber) {
    std::mutex mutex;
    std::set<std::int64_t> numbers;
    const int tried = race([&](database::WriteTransaction& tx, int) -> Result<bool> {
        const auto counted = TRY(count_challenge_try(tx, test_realm, id_of<ChallengeId>(1)));
        const std::scoped_lock lock(mutex);
        numbers.insert(counted->tries);
        return true;
    });
    EXPECT_EQ(tried, 4);
    EXPECT_EQ(numbers, (std::set<std::int64_t>{1, 2, 3, 4}));
}

TEST_P(EmailChallenges, OneOfSeveralUsesWins) {
    const int winners = race([](database::WriteTransaction& tx, int) {
        return consume_challenge(tx, id_of<ChallengeId>(1));
    });
    EXPECT_EQ(winners, 1);
}

}  // namespace
}  // namespace latchkey::store::suite
