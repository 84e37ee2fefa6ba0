#pragma once

// What the server tidies by itself: writes down when apps read people's data, and removes what has
// expired.

#include <memory>

#include "jobs/sweeping.hpp"
#include "people/app_reads.hpp"

namespace latchkey::app {

inline constexpr Seconds housekeeping_interval{30};

/// All of them must outlive it.
[[nodiscard]] std::unique_ptr<jobs::Upkeep> make_housekeeping(jobs::Upkeep::Services services,
                                                              people::AppReads& app_reads,
                                                              const store::Retention& retention);

}  // namespace latchkey::app
