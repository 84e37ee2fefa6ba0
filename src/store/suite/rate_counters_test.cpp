#include "store/rate_counters.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "testing/store_suite.hpp"
#include "testing/transactions.hpp"

namespace latchkey::store {
namespace {

using testing::bytes_of;
using testing::must;
using testing::test_now;

constexpr RateWindow three_a_minute{3, Seconds(60)};

class RateCounters : public testing::StoreSuite {
protected:
    bool count(std::string_view bucket, Timestamp now) {
        return write(
            [&](auto& tx) { return count_within(tx, bytes_of(bucket), three_a_minute, now); });
    }
};

TEST_P(RateCounters, CountSoManyEventsInAWindowAndThenNone) {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(count("ada", test_now + Seconds(i))) << i;
    EXPECT_FALSE(count("ada", test_now + Seconds(3)));
    EXPECT_FALSE(count("ada", test_now + Seconds(59)));
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(count("ada", test_now + Seconds(60 + i))) << i;
    EXPECT_FALSE(count("ada", test_now + Seconds(63))) << "the window begins anew";
    EXPECT_FALSE(count("ada", test_now + Seconds(119)));
    EXPECT_TRUE(count("ada", test_now + Seconds(120)));
}

TEST_P(RateCounters, KeepBucketsApart) {
    for (int i = 0; i < 3; ++i) (void)count("ada", test_now);
    EXPECT_FALSE(count("ada", test_now));
    EXPECT_TRUE(count("eve", test_now));
}

TEST_P(RateCounters, ForgetWhatIsRolledBack) {
    for (int i = 0; i < 5; ++i) {
        const auto tx = must(testing::begin_write(*database_));
        EXPECT_TRUE(must(count_within(*tx, bytes_of("ada"), three_a_minute, test_now)));
    }
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(count("ada", test_now)) << i;
    EXPECT_FALSE(count("ada", test_now));
}

TEST_P(RateCounters, OfManyAtOnceCountAsManyAsAreAllowed) {
    std::atomic<int> counted = 0;
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&] {
            for (int i = 0; i < 4; ++i) counted += count("ada", test_now) ? 1 : 0;
        });
    }
    threads.clear();
    EXPECT_EQ(counted, 3);
}

TEST_P(RateCounters, GoOnceTheirWindowHasEnded) {
    for (int i = 0; i < 3; ++i) (void)count(std::to_string(i), test_now + Seconds(i));
    const auto remove = [&](Timestamp now, int limit) {
        return write([&](auto& tx) { return delete_ended_windows(tx, now, limit); });
    };
    EXPECT_EQ(remove(test_now + Seconds(60), 10), 0) << "a window ends at its end";
    EXPECT_EQ(remove(test_now + Seconds(62), 1), 1);
    EXPECT_EQ(remove(test_now + Seconds(62), 10), 1);
    EXPECT_EQ(remove(test_now + Seconds(63), 10), 1);
    EXPECT_EQ(remove(test_now + Seconds(63), 10), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, RateCounters, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

}  // namespace
}  // namespace latchkey::store
