#include "base/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>
#include <vector>

namespace latchkey {
namespace {

/// Always the same byte, so that what remains is the order.
class ConstantRandom final : public Random {
public:
    explicit ConstantRandom(std::uint8_t byte) : byte_(byte) {}
    void fill(std::span<std::uint8_t> out) override { std::ranges::fill(out, byte_); }

private:
    std::uint8_t byte_;
};

const Timestamp now = from_unix(1'795'246'602);

TEST(OrderedIds, SortByWhenTheyWereMade) {
    ConstantRandom high(0xFF);
    ConstantRandom low(0);
    const auto first = make_ordered_id<FamilyId>(high, now);
    std::this_thread::sleep_for(std::chrono::microseconds(2));
    const auto second = make_ordered_id<FamilyId>(low, now);
    const auto later = make_ordered_id<FamilyId>(low, now + Seconds(1));
    EXPECT_LT(first, second);
    EXPECT_LT(second, later);
}

TEST(OrderedIds, BeginWithTheSecondAndEndInRandomBytes) {
    ConstantRandom random(0xAB);
    const std::string text = make_ordered_id<FamilyId>(random, now).text();
    EXPECT_EQ(text.substr(0, 10), "006b014a0a");
    EXPECT_EQ(text.substr(22), "ababababab");
}

TEST(EventIds, RiseFromCallToCallHoweverFastTheyCome) {
    auto last = make_event_id<FamilyId>(now);
    for (int i = 0; i < 10'000; ++i) {
        const auto next = make_event_id<FamilyId>(now);
        ASSERT_LT(last, next);
        last = next;
    }
}

TEST(EventIds, AreInTheOrderOfTheirSeconds) {
    const auto later = make_event_id<FamilyId>(now + Seconds(1));
    const auto earlier = make_event_id<FamilyId>(now);
    EXPECT_LT(earlier, later);
    EXPECT_LT(earlier, first_event_id<FamilyId>(now + Seconds(1)));
    EXPECT_LT(first_event_id<FamilyId>(now + Seconds(1)), later);
    EXPECT_EQ(first_event_id<FamilyId>(now).text(), "006b014a0a0000000000000000000000");
}

TEST(EventIds, EndInTheProcesssTag) {
    const std::string first = make_event_id<FamilyId>(now).text().substr(22);
    EXPECT_EQ(make_event_id<FamilyId>(now).text().substr(22), first);
    EXPECT_EQ(first.size(), 10U);
}

TEST(EventIds, AreNotGivenTwiceToSeveralThreads) {
    constexpr int each = 2000;
    std::vector<std::vector<FamilyId>> made(4);
    {
        std::vector<std::jthread> threads;
        for (auto& mine : made) {
            threads.emplace_back([&mine] {
                for (int i = 0; i < each; ++i) mine.push_back(make_event_id<FamilyId>(now));
            });
        }
    }
    std::set<FamilyId> all;
    for (const auto& mine : made) all.insert(mine.begin(), mine.end());
    EXPECT_EQ(all.size(), 4U * each);
}

}  // namespace
}  // namespace latchkey
