#pragma once

// How often something happened within a window of time, counted in the transaction of what
// happened: what is rolled back, or runs again, was not counted.

#include <cstdint>

#include "base/result.hpp"
#include "base/text/text.hpp"
#include "base/time/clock.hpp"
#include "database/database.hpp"

namespace latchkey::store {

struct RateWindow {
    std::int64_t max_events = 1;  // at least 1
    Seconds length{0};            // from the first event
};

/// Counts one event of `bucket` (16 bytes) unless its window is full; whether it was counted. Of
/// any number of events at once, exactly `max_events` are.
[[nodiscard]] Result<bool> count_within(database::WriteTransaction& tx, ByteView bucket,
                                        const RateWindow& window, Timestamp now);

/// Removes at most `limit` windows that ended before `now`; how many went.
[[nodiscard]] Result<std::int64_t> delete_ended_windows(database::WriteTransaction& tx,
                                                        Timestamp now, int limit);

}  // namespace latchkey::store
