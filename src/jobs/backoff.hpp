#pragma once

// How long to wait before something that failed is tried again.

#include <cstdint>
#include <span>

#include "base/random.hpp"
#include "base/time/clock.hpp"

namespace latchkey::jobs {

/// A table of waits: the first follows attempt 1, the second attempt 2, …; the last one follows
/// every later attempt, too.
class Backoff {
public:
    /// `waits` has at least one, and stays where it is.
    constexpr explicit Backoff(std::span<const Seconds> waits) noexcept : waits_(waits) {}

    /// The wait after attempt number `attempts` (1, 2, …) at least.
    [[nodiscard]] constexpr Seconds shortest(std::int64_t attempts) const noexcept {
        const auto steps = static_cast<std::int64_t>(waits_.size());
        const std::int64_t step = attempts < 1 ? 1 : (attempts > steps ? steps : attempts);
        return waits_[static_cast<std::size_t>(step - 1)];
    }
    /// And at most.
    [[nodiscard]] constexpr Seconds longest(std::int64_t attempts) const noexcept {
        return shortest(attempts) + shortest(attempts) / 8;
    }
    /// Something between the two, so that what failed together does not come back together.
    [[nodiscard]] Seconds wait(std::int64_t attempts, Random& random) const;

private:
    std::span<const Seconds> waits_;
};

}  // namespace latchkey::jobs
