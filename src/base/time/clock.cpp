#include "base/time/clock.hpp"

namespace latchkey {

Timestamp SystemClock::now() const {
    return std::chrono::floor<Seconds>(std::chrono::system_clock::now());
}

std::chrono::steady_clock::time_point monotonic_now() { return std::chrono::steady_clock::now(); }

}  // namespace latchkey
