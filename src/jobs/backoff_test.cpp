#include "jobs/backoff.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace latchkey::jobs {
namespace {

constexpr std::array waits = {Seconds(5), Seconds(30), Seconds(3600)};
constexpr Backoff backoff(waits);

/// All its bytes are the same one.
class SameByte final : public Random {
public:
    explicit SameByte(std::uint8_t byte) : byte_(byte) {}
    void fill(std::span<std::uint8_t> out) override { std::ranges::fill(out, byte_); }

private:
    std::uint8_t byte_;
};

TEST(Backoff, FollowsItsTableAndStaysAtTheLastRow) {
    struct Row {
        std::int64_t attempts;
        Seconds shortest, longest;
    };
    const Row rows[] = {
        {-1, Seconds(5), Seconds(5)},
        {0, Seconds(5), Seconds(5)},
        {1, Seconds(5), Seconds(5)},
        {2, Seconds(30), Seconds(33)},
        {3, Seconds(3600), Seconds(4050)},
        {4, Seconds(3600), Seconds(4050)},
        {INT64_MAX, Seconds(3600), Seconds(4050)},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(backoff.shortest(row.attempts), row.shortest) << row.attempts;
        EXPECT_EQ(backoff.longest(row.attempts), row.longest) << row.attempts;
    }
}

TEST(Backoff, WaitsSomethingBetweenByChance) {
    SameByte least(0);
    EXPECT_EQ(backoff.wait(3, least), backoff.shortest(3));
    bool differs = false;
    for (int byte = 0; byte < 256; ++byte) {
        SameByte random(static_cast<std::uint8_t>(byte));
        const Seconds wait = backoff.wait(3, random);
        EXPECT_GE(wait, backoff.shortest(3));
        EXPECT_LE(wait, backoff.longest(3));
        differs = differs || wait != backoff.shortest(3);
    }
    EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace latchkey::jobs
