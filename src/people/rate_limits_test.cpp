#include "people/rate_limits.hpp"

#include <gtest/gtest.h>

#include "people/world_test.hpp"
#include "testing/transactions.hpp"

namespace latchkey::people {
namespace {

constexpr RateLimit three_a_minute{"three", 3, std::chrono::minutes(1)};
constexpr RateLimit three_an_hour{"three-hourly", 3, std::chrono::hours(1)};

struct RateLimits : IdentityTest {
    bool count(const RateLimit& limit, std::string_view key) {
        return write([&](auto& tx) { return is_within_limit(tx, keys(), {limit, key}, now()); });
    }
};

TEST_F(RateLimits, AllowSoManyEventsInAWindowAndThenNone) {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(count(three_a_minute, "ada"));
    EXPECT_FALSE(count(three_a_minute, "ada"));
    clock_.advance(Seconds(59));
    EXPECT_FALSE(count(three_a_minute, "ada"));
    clock_.advance(Seconds(1));
    EXPECT_TRUE(count(three_a_minute, "ada"));
}

TEST_F(RateLimits, KeepKeysAndLimitsApart) {
    for (int i = 0; i < 3; ++i) (void)count(three_a_minute, "ada");
    EXPECT_FALSE(count(three_a_minute, "ada"));
    EXPECT_TRUE(count(three_a_minute, "eve"));
    EXPECT_TRUE(count(three_an_hour, "ada"));
}

// What is not committed, or runs again because a neighbour spoiled its group, counts once.
TEST_F(RateLimits, ForgetWhatIsNotKept) {
    for (int i = 0; i < 10; ++i) {
        const auto tx = must(testing::begin_write(*database_));
        EXPECT_TRUE(must(is_within_limit(*tx, keys(), {three_a_minute, "ada"}, now())));
    }
    EXPECT_TRUE(count(three_a_minute, "ada"));
}

}  // namespace
}  // namespace latchkey::people
