// The audit trail is trimmed by age in small steps, and a walk finds the refresh families that have
// expired, on a clock that the test drives.

#include "jobs/sweeping.hpp"

#include <gtest/gtest.h>

#include "store/audit.hpp"
#include "store/refresh_families.hpp"
#include "testing/migrated.hpp"
#include "testing/store_suite.hpp"

namespace latchkey::testing {
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
                record.realm_id = realm_;
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
        return read([&](auto& tx) { return store::list_newest_audit(tx, realm_, far_more); });
    }
    std::int64_t step(Timestamp now, Seconds audit) {
        return write([&](auto& tx) -> Result<std::int64_t> {
            std::int64_t removed = 0;
            for (const store::Sweep& sweep : store::sweeps()) {
                const std::int64_t went = TRY(sweep.step(tx, {.audit = audit}, now));
                removed += went;
            }
            return removed;
        });
    }

    const RealmId realm_ = default_realm(*database_);
};
INSTANTIATE_TEST_SUITE_P(On, AuditRetention, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(AuditRetention, KeepsTheTrailAsLongAsItsNewestDays) {
    constexpr int a_day = 7;
    std::size_t most = 0;
    Timestamp now = test_now;
    for (int day = 0; day < 1000; ++day, now += one_day) {
        append(now, a_day);
        EXPECT_LT(step(now, kept), store::sweep_rows) << "one step does";
        if (day % 100 == 99) most = std::max(most, trail().size());
    }
    EXPECT_EQ(most, a_day * 401U) << "today and the 400 days before";
    EXPECT_EQ(trail().back().at, now - one_day - kept);
}

TEST_P(AuditRetention, RemovesABacklogInSmallStepsFromItsOldEnd) {
    append(test_now, store::sweep_rows + 100);
    append(test_now + one_day, 3);
    const Timestamp now = test_now + kept + Seconds(1);
    EXPECT_EQ(step(now, kept), store::sweep_rows);
    EXPECT_EQ(step(now, kept), 100);
    EXPECT_EQ(step(now, kept), 0);
    EXPECT_EQ(trail().size(), 3U);
}

TEST_P(AuditRetention, KeepsEverythingWhenNoEndIsSet) {
    append(test_now, 5);
    EXPECT_EQ(step(test_now + 100'000 * one_day, Seconds(0)), 0);
    EXPECT_EQ(trail().size(), 5U);
}

class FamilySweepTest : public testing::StoreSuite {
protected:
    /// One family of each of the people from `first` on.
    void insert(std::uint32_t first, std::uint32_t count, Timestamp expires_at) {
        write([&](auto& tx) -> Result<void> {
            for (std::uint32_t n = first; n < first + count; ++n) {
                RefreshFamilyRecord family = testing::family_record(n);
                family.user_id = testing::id_of<UserId>(n);
                family.expires_at = expires_at;
                TRY(store::insert_refresh_family(tx, family, 20));
            }
            return {};
        });
    }
    /// How many families a round removes.
    std::int64_t round(Timestamp now) {
        std::int64_t removed = 0;
        const auto remove = [&](const store::FamilyScan& scan) {
            const std::int64_t went =
                write([&](auto& tx) { return store::delete_expired_families(tx, scan, now); });
            removed += went;
            return went;
        };
        must(sweep_.round(*database_, now, remove, {}));
        return removed;
    }

    static constexpr auto living = static_cast<std::uint32_t>(jobs::families_a_round);
    jobs::FamilySweep sweep_;
};
INSTANTIATE_TEST_SUITE_P(On, FamilySweepTest, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(FamilySweepTest, RemovesWhatExpiredAndGoesOnWhileThatIsMuch) {
    insert(1, living + 300, test_now);
    insert(living + 301, 200, test_now + one_day);
    EXPECT_EQ(round(test_now), 0) << "the first of them expires a second later";
    jobs::FamilySweep afresh;
    sweep_ = afresh;
    EXPECT_EQ(round(test_now + Seconds(1)), living + 300);
    EXPECT_EQ(round(test_now + one_day), 0);
    EXPECT_EQ(round(test_now + one_day + Seconds(1)), 200);
}

TEST_P(FamilySweepTest, GoesOnInTheNextRoundWhereEnoughStay) {
    insert(1, 1, test_now);
    insert(2, living + 1000, test_now + one_day);
    insert(living + 1002, 1, test_now);
    const Timestamp now = test_now + Seconds(1);
    EXPECT_EQ(round(now), 1) << "the first of all";
    EXPECT_EQ(round(now), 1) << "the last, behind more than a round looks at";
    insert(1, 1, test_now);
    EXPECT_EQ(round(now), 1) << "from the beginning again";
}

TEST_P(FamilySweepTest, IsDoneForTheRoundWhereNothingCanBeRemoved) {
    insert(1, 2 * living, test_now);
    std::int64_t tries = 0;
    const auto fail = [&](const store::FamilyScan&) { return ++tries, std::int64_t{0}; };
    must(sweep_.round(*database_, test_now + Seconds(1), fail, {}));
    EXPECT_EQ(tries, jobs::families_a_round / store::sweep_rows);
}

}  // namespace
}  // namespace latchkey::testing
