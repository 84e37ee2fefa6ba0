#pragma once

// A time as text, where machines read it (ISO 8601, RFC 3339) and where people do.

#include <string>

#include "base/time/clock.hpp"

namespace latchkey {

/// In UTC, to the second: "2026-11-21T07:36:42Z".
[[nodiscard]] std::string iso_time(Timestamp time);
/// The same without the seconds, for people: "2026-11-21 07:36 UTC".
[[nodiscard]] std::string utc_time(Timestamp time);

}  // namespace latchkey
