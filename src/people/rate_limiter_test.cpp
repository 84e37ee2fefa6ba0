#include "people/rate_limiter.hpp"

#include <gtest/gtest.h>

#include <string>

#include "crypto/system_random.hpp"

namespace latchkey::people {
namespace {

using enum RateLimiter::Verdict;

constexpr RateLimit three_a_minute{"three", 3, std::chrono::minutes(1)};
constexpr RateLimit three_an_hour{"three-hourly", 3, std::chrono::hours(1)};

struct RateLimiterTest : ::testing::Test {
    crypto::SystemRandom random;
    RateLimiter limiter{random};
    Timestamp now = from_unix(1'800'000'000);
};

TEST_F(RateLimiterTest, AllowsSoManyEventsInAWindowAndThenNone) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.count(three_a_minute, "ada", now), allowed);
    EXPECT_EQ(limiter.count(three_a_minute, "ada", now), refused);
    EXPECT_EQ(limiter.count(three_a_minute, "ada", now + Seconds(59)), refused);
    EXPECT_EQ(limiter.count(three_a_minute, "ada", now + Seconds(60)), allowed);
}

TEST_F(RateLimiterTest, KeepsKeysAndLimitsApart) {
    for (int i = 0; i < 3; ++i) (void)limiter.count(three_a_minute, "ada", now);
    EXPECT_EQ(limiter.count(three_a_minute, "eve", now), allowed);
    EXPECT_EQ(limiter.count(three_an_hour, "ada", now), allowed);
}

TEST_F(RateLimiterTest, StaysBoundedUnderAFloodAndRemembersWhoCountedMost) {
    for (int i = 0; i < 3; ++i) (void)limiter.count(three_an_hour, "victim", now);
    for (std::size_t i = 0; i < RateLimiter::max_entries + 1000; ++i) {
        (void)limiter.count(three_an_hour, std::to_string(i), now);
    }
    EXPECT_LE(limiter.size(), RateLimiter::max_entries);
    EXPECT_EQ(limiter.count(three_an_hour, "victim", now), refused);
}

}  // namespace
}  // namespace latchkey::people
