// Conformance: answers that are given again.

#include "store/answers.hpp"

#include <gtest/gtest.h>

#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::bytes_of;
using testing::id_of;
using testing::test_now;

AnswerRecord answer_record(std::string_view key, std::string_view answer = "answer") {
    return {.client_id = id_of<ClientId>(1),
            .key_hash = bytes_of(key),
            .fingerprint = bytes_of("fingerprint"),
            .sealed_answer = bytes_of(answer),
            .expires_at = test_now + Seconds(100)};
}

class Answers : public testing::StoreSuite {
protected:
    void insert(const AnswerRecord& answer, Timestamp now = test_now) {
        write([&](auto& tx) { return insert_answer(tx, answer, now); });
    }
    std::optional<AnswerRecord> find(std::string_view key, Timestamp now = test_now) {
        return read(
            [&](auto& tx) { return find_answer(tx, id_of<ClientId>(1), bytes_of(key), now); });
    }
};
INSTANTIATE_TEST_SUITE_P(On, Answers, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(Answers, ComeBackUntilTheyExpire) {
    insert(answer_record("key"));
    const auto found = find("key");
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->client_id, id_of<ClientId>(1));
    EXPECT_EQ(found->key_hash, bytes_of("key"));
    EXPECT_EQ(found->fingerprint, bytes_of("fingerprint"));
    EXPECT_EQ(found->sealed_answer, bytes_of("answer"));
    EXPECT_EQ(found->expires_at, test_now + Seconds(100));
    EXPECT_FALSE(find("key", test_now + Seconds(100)));
    EXPECT_FALSE(find("another"));
    EXPECT_FALSE(read(
        [&](auto& tx) { return find_answer(tx, id_of<ClientId>(2), bytes_of("key"), test_now); }));
}

TEST_P(Answers, StandUntilTheyExpireAndMakeRoomThen) {
    insert(answer_record("key"));
    EXPECT_EQ(write_error([&](auto& tx) {
                  return insert_answer(tx, answer_record("key", "second"), test_now);
              }),
              ErrorCode::conflict);
    const Timestamp later = test_now + Seconds(100);
    auto next = answer_record("key", "second");
    next.expires_at = later + Seconds(100);
    insert(next, later);
    EXPECT_EQ(find("key", later)->sealed_answer, bytes_of("second"));
}

TEST_P(Answers, GoWhenTheyHaveExpiredAFewAtATime) {
    for (const char* key : {"a", "b", "c"}) insert(answer_record(key));
    const auto expire = [&](Timestamp now, int limit) {
        return write([&](auto& tx) { return delete_expired_answers(tx, now, limit); });
    };
    EXPECT_EQ(expire(test_now + Seconds(100), 10), 0);
    EXPECT_EQ(expire(test_now + Seconds(101), 2), 2);
    EXPECT_EQ(expire(test_now + Seconds(101), 2), 1);
}

TEST_P(Answers, OneOfSeveralToOneKeyIsKept) {
    const int winners = race([](database::WriteTransaction& tx, int racer) -> Result<bool> {
        TRY(insert_answer(tx, answer_record("key", "answer " + std::to_string(racer)), test_now));
        return true;
    });
    EXPECT_EQ(winners, 1);
}

}  // namespace
}  // namespace latchkey::store::suite
