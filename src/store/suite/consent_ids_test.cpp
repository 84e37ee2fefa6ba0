// Conformance: the ids of consent tokens that were used.

#include "store/consent_ids.hpp"

#include <gtest/gtest.h>

#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::id_of;
using testing::test_now;

class ConsentIds : public testing::StoreSuite {
protected:
    std::int64_t expire(Timestamp now, int limit = 100) {
        return write([&](auto& tx) { return delete_expired_consent_ids(tx, now, limit); });
    }
};
INSTANTIATE_TEST_SUITE_P(On, ConsentIds, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(ConsentIds, AConsentTokenIsConsumedOnce) {
    const auto consume = [&](std::uint32_t n) {
        return write([&](auto& tx) {
            return consume_consent_token(tx, id_of<ConsentTokenId>(n), test_now + Seconds(300));
        });
    };
    EXPECT_TRUE(consume(1));
    EXPECT_FALSE(consume(1));
    EXPECT_TRUE(consume(2));
}

TEST_P(ConsentIds, AConsentTokenThatExpiredGoes) {
    write([&](auto& tx) {
        return consume_consent_token(tx, id_of<ConsentTokenId>(1), test_now + Seconds(300));
    });
    EXPECT_EQ(expire(test_now + Seconds(300)), 0);
    EXPECT_EQ(expire(test_now + Seconds(301)), 1);
}

TEST_P(ConsentIds, ACleanUpIsBounded) {
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

TEST_P(ConsentIds, OneOfSeveralUsesWins) {
    const int winners = race([](database::WriteTransaction& tx, int) {
        return consume_consent_token(tx, id_of<ConsentTokenId>(1), test_now + Seconds(300));
    });
    EXPECT_EQ(winners, 1);
}

}  // namespace
}  // namespace latchkey::store::suite
