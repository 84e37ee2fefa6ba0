#pragma once

// Writes down what was noted in memory, and removes what has expired and what deleted definitions
// left, a little at a time, so that tables stay as large as what is alive and no request waits.

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "database/database.hpp"
#include "database/write_lane.hpp"
#include "identity/app_reads.hpp"

namespace latchkey::app {

inline constexpr Seconds housekeeping_interval{30};
inline constexpr int housekeeping_rows = 500;  // from each table at a time

/// How long the change feed's deliveries can be looked at, sent or not.
inline constexpr Seconds delivery_retention{14L * 24 * 3600};

/// One step: at most housekeeping_rows from each table that expires. The number removed.
[[nodiscard]] Result<std::int64_t> remove_expired(database::Database& database, Timestamp now);

class Housekeeping {
public:
    struct Services {
        database::Database& database;
        database::WriteLane& lane;
        const Clock& clock;
        Log& log;
        identity::AppReads& app_reads;
    };
    /// Starts the thread; the destructor stops it.
    explicit Housekeeping(Services services);

private:
    void run(const std::stop_token& stop);
    void write_app_reads();

    Services services_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace latchkey::app
