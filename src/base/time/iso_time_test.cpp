#include "base/time/iso_time.hpp"

#include <gtest/gtest.h>

namespace latchkey {
namespace {

TEST(IsoTime, IsInUtcWithTwoDigitsEverywhere) {
    const struct {
        std::int64_t unix_time;
        std::string iso, utc;
    } rows[] = {
        {0, "1970-01-01T00:00:00Z", "1970-01-01 00:00 UTC"},
        {1'767'225'599, "2025-12-31T23:59:59Z", "2025-12-31 23:59 UTC"},
        {1'709'164'806, "2024-02-29T00:00:06Z", "2024-02-29 00:00 UTC"},
        {-1, "1969-12-31T23:59:59Z", "1969-12-31 23:59 UTC"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(iso_time(from_unix(row.unix_time)), row.iso);
        EXPECT_EQ(utc_time(from_unix(row.unix_time)), row.utc);
    }
}

}  // namespace
}  // namespace latchkey
