// The audit trail is trimmed by age in small steps, on a clock that the test drives.

#include "apps/latchkey/housekeeping.hpp"

#include <gtest/gtest.h>

#include "store/audit.hpp"
#include "tests/support/store_suite.hpp"

namespace latchkey::tests {
namespace {

using testing::test_now;

constexpr Seconds one_day{24L * 3600};
constexpr Seconds kept = 400 * one_day;
constexpr int far_more = 1'000'000;

class AuditRetention : public testing::StoreSuite {
protected:
    void append(Timestamp at, int count) {
        write([&](auto& tx) -> Result<void> {
            for (int i = 0; i < count; ++i) {
                AuditRecord record;
                record.at = at;
                record.actor = "client";
                record.action = "tokens.issued";
                record.request_id = "r";
                TRY(store::append_audit(tx, record));
            }
            return {};
        });
    }
    std::vector<AuditRecord> trail() {
        return read([](auto& tx) { return store::list_newest_audit(tx, far_more); });
    }
    std::int64_t step(Timestamp now, Seconds audit) {
        return must(app::remove_expired(*database_, {.audit = audit}, now));
    }
};
INSTANTIATE_TEST_SUITE_P(On, AuditRetention, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(AuditRetention, KeepsTheTrailAsLongAsItsNewestDays) {
    constexpr int a_day = 7;
    std::size_t most = 0;
    Timestamp now = test_now;
    for (int day = 0; day < 1000; ++day, now += one_day) {
        append(now, a_day);
        EXPECT_LT(step(now, kept), app::housekeeping_rows) << "one step does";
        if (day % 100 == 99) most = std::max(most, trail().size());
    }
    EXPECT_EQ(most, a_day * 401U) << "today and the 400 days before";
    EXPECT_EQ(trail().back().at, now - one_day - kept);
}

TEST_P(AuditRetention, RemovesABacklogInSmallStepsFromItsOldEnd) {
    append(test_now, app::housekeeping_rows + 100);
    append(test_now + one_day, 3);
    const Timestamp now = test_now + kept + Seconds(1);
    EXPECT_EQ(step(now, kept), app::housekeeping_rows);
    EXPECT_EQ(step(now, kept), 100);
    EXPECT_EQ(step(now, kept), 0);
    EXPECT_EQ(trail().size(), 3U);
}

TEST_P(AuditRetention, KeepsEverythingWhenNoEndIsSet) {
    append(test_now, 5);
    EXPECT_EQ(step(test_now + 100'000 * one_day, Seconds(0)), 0);
    EXPECT_EQ(trail().size(), 5U);
}

}  // namespace
}  // namespace latchkey::tests
