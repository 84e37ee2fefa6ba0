#pragma once

// Writes down what was noted in memory, and removes what has expired and what deleted definitions
// left, a little at a time, so that tables stay as large as what is alive and no request waits.

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "database/database.hpp"
#include "database/write_lane.hpp"
#include "people/app_reads.hpp"
#include "store/connections.hpp"
#include "store/refresh_families.hpp"

namespace latchkey::app {

inline constexpr Seconds housekeeping_interval{30};
inline constexpr int housekeeping_rows = 500;  // from each table at a time
/// The walk over refresh families goes on in the next round when it has seen so many that stay:
/// 20 ms of work, and a day for fifty million of them.
inline constexpr std::int64_t families_a_round = 20'000;

/// How long records that have no expiry of their own can be looked at.
struct Retention {
    Seconds deliveries{14L * 24 * 3600};  // of the change feed, sent or not
    Seconds audit{};                      // 0: for good
};

/// One step: at most housekeeping_rows from each table that is in order of expiry. The number
/// removed.
[[nodiscard]] Result<std::int64_t> remove_expired(database::WriteTransaction& tx,
                                                  const Retention& retention, Timestamp now);
/// What a stretch of the walk over refresh families found. The number removed.
[[nodiscard]] Result<std::int64_t> remove_expired(database::WriteTransaction& tx,
                                                  const store::FamilyStretch& stretch,
                                                  Timestamp now);

/// The walk over refresh families, a round at a time.
class FamilySweep {
public:
    /// Removes what was found, on the write lane; how many went.
    using Remove = std::function<std::int64_t(const store::FamilyStretch&)>;

    /// Goes on where the last round ended, until so many stay that it is enough for this one, the
    /// table ends, or `stop` is requested. What could not be removed is found by the next walk.
    [[nodiscard]] Result<void> round(database::Database& database, Timestamp now,
                                     const Remove& remove, const std::stop_token& stop);

private:
    [[nodiscard]] Result<store::FamilyStretch> look(database::Database& database,
                                                    Timestamp now) const;

    store::FamilyKey position_;
};

class Housekeeping {
public:
    struct Services {
        database::Database& database;
        database::WriteLane& lane;
        const Clock& clock;
        Log& log;
        people::AppReads& app_reads;
        Retention retention;
    };
    /// Starts the thread; the destructor stops it.
    explicit Housekeeping(Services services);

private:
    using Step = std::function<Result<std::int64_t>(database::WriteTransaction&)>;

    void run(const std::stop_token& stop);
    void write_app_reads();
    void remove_in_order(const std::stop_token& stop);
    void sweep_families(const std::stop_token& stop);
    /// What the step removed, on the lane; 0 where it failed, which is logged.
    [[nodiscard]] std::int64_t run_on_lane(const Step& step);

    Services services_;
    FamilySweep sweep_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace latchkey::app
