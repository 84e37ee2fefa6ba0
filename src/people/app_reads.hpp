#pragma once

// When each app last read a person's data, for the person's account page: noted in memory by the
// requests that read, written by the housekeeping, so that reading stays a read.

#include <cstdint>
#include <map>
#include <mutex>
#include <utility>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "database/database.hpp"

namespace latchkey::people {

/// A read is worth noting when the last one noted is older than this.
inline constexpr Seconds app_read_resolution{60};

/// Connections that wait to be written; more are left out until then.
inline constexpr std::size_t max_waiting_app_reads = 65536;

/// Thread-safe.
class AppReads {
public:
    AppReads() = default;
    AppReads(const AppReads&) = delete;
    AppReads& operator=(const AppReads&) = delete;

    void note(UserId user_id, ClientId client_id, Timestamp now);

    /// Writes what was noted, in a transaction of its own; keeps it when that fails.
    [[nodiscard]] Result<void> write(database::Database& database);

private:
    using Reads = std::map<std::pair<UserId, ClientId>, Timestamp>;
    std::mutex mutex_;
    Reads reads_;
};

}  // namespace latchkey::people
