#pragma once

// A clock that stands still until a test moves it.

#include <atomic>
#include <cstdint>

#include "base/time/clock.hpp"

namespace latchkey::testing {

class ManualClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override { return from_unix(seconds_.load()); }
    void advance(Seconds by) { seconds_ += by.count(); }

private:
    std::atomic<std::int64_t> seconds_{1'800'000'000};
};

}  // namespace latchkey::testing
