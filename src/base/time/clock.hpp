#pragma once

// Time enters the program here and nowhere else. Functions that decide take `now`.

#include <chrono>
#include <cstdint>

namespace latchkey {

/// Seconds since the Unix epoch, UTC: the unit of the store, of tokens and of `exp`.
using Timestamp = std::chrono::sys_seconds;
using Seconds = std::chrono::seconds;

[[nodiscard]] inline std::int64_t to_unix(Timestamp time) noexcept {
    return time.time_since_epoch().count();
}
[[nodiscard]] inline Timestamp from_unix(std::int64_t seconds) noexcept {
    return Timestamp(Seconds(seconds));
}

class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override;
};

/// For durations in logs and the order of records: never decides anything.
[[nodiscard]] std::chrono::steady_clock::time_point monotonic_now();

}  // namespace latchkey
