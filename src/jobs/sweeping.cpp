#include "jobs/sweeping.hpp"

#include <memory>

namespace latchkey::jobs {
namespace {

Chore sweep_table(const store::Sweep& sweep, const store::Retention& retention) {
    return {sweep.name, [step = sweep.step, retention](const Round& round) {
                const auto remove = [&](database::WriteTransaction& tx, Timestamp now) {
                    return step(tx, retention, now);
                };
                return run_steps(round, store::sweep_rows, remove);
            }};
}

/// Where what a scan found cannot be removed, the walk goes on behind it: the first error is the
/// answer.
Result<void> sweep_families(FamilySweep& walk, const Round& round) {
    Result<void> outcome;
    const auto remove = [&](const store::FamilyScan& scan) -> std::int64_t {
        const auto removed = database::run_on_lane(round.lane, [&](database::WriteTransaction& tx) {
            return store::delete_expired_families(tx, scan, round.now);
        });
        if (!removed && outcome) outcome = Failure(removed.error());
        return removed.value_or(0);
    };
    TRY(walk.round(round.database, round.now, remove, round.stop));
    return outcome;
}

}  // namespace

/// Read here: the lane has to do with the families that go, not with the many that stay.
Result<store::FamilyScan> FamilySweep::look(database::Database& database, Timestamp now) const {
    const auto tx = TRY(database.read());
    return store::find_expired_families(*tx, position_, now, store::sweep_rows);
}

Result<void> FamilySweep::round(database::Database& database, Timestamp now, const Remove& remove,
                                const std::stop_token& stop) {
    std::int64_t kept = 0;
    while (kept < families_a_round && !stop.stop_requested()) {
        const auto scan = TRY(look(database, now));
        kept += scan.rows - (scan.expired.empty() ? 0 : remove(scan));
        const bool ended = scan.rows < store::sweep_rows;
        position_ = ended ? store::FamilyKey{} : scan.last;
        if (ended) return {};
    }
    return {};
}

std::vector<Chore> sweeping(const store::Retention& retention) {
    std::vector<Chore> chores;
    for (const store::Sweep& sweep : store::sweeps()) {
        chores.push_back(sweep_table(sweep, retention));
    }
    // Shared, since a chore can be copied and the walk has one position.
    auto walk = std::make_shared<FamilySweep>();
    chores.push_back(
        {"refresh families", [walk](const Round& round) { return sweep_families(*walk, round); }});
    return chores;
}

}  // namespace latchkey::jobs
