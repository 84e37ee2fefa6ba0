#include "base/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>

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

}  // namespace
}  // namespace latchkey
