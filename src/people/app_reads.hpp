#pragma once

// When each app last read a person's data, for the person's account page: noted in memory by the
// requests that read, written now and then, so that reading stays a read.

#include <cstdint>
#include <utility>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time/clock.hpp"
#include "database/database.hpp"
#include "jobs/write_behind.hpp"

namespace latchkey::people {

/// A read is worth noting when the last one noted is older than this.
inline constexpr Seconds app_read_resolution{60};

/// Connections that wait to be written; more are left out until then.
inline constexpr std::size_t max_waiting_app_reads = 65536;

/// Thread-safe.
class AppReads {
public:
    AppReads();

    void note(UserId user_id, ClientId client_id, Timestamp now) {
        notes_.note({user_id, client_id}, now);
    }
    /// As WriteBehind::write.
    [[nodiscard]] Result<std::int64_t> write(database::WriteTransaction& tx) {
        return notes_.write(tx);
    }

private:
    jobs::WriteBehind<std::pair<UserId, ClientId>, Timestamp> notes_;
};

}  // namespace latchkey::people
