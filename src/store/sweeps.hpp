#pragma once

// What is removed by itself once its time is over: a table of steps, each small, so that no request
// waits for one.

#include <cstdint>
#include <span>

#include "base/error.hpp"
#include "base/result.hpp"
#include "base/time/clock.hpp"
#include "database/database.hpp"

namespace latchkey::store {

inline constexpr int sweep_rows = 500;  // of one table, in one step

/// How long records that have no expiry of their own can be looked at.
struct Retention {
    Seconds deliveries{14L * 24 * 3600};  // of the change feed, sent or not
    Seconds audit{};                      // 0: for good
};

struct Sweep {
    Literal name;
    /// Removes up to sweep_rows; how many went. As many mean that there may be more.
    Result<std::int64_t> (*step)(database::WriteTransaction& tx, const Retention& retention,
                                 Timestamp now);
};

/// All but refresh families, which no index finds: jobs/sweeping walks over those.
[[nodiscard]] std::span<const Sweep> sweeps() noexcept;

}  // namespace latchkey::store
