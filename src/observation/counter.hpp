#pragma once

// Numbers that one thread writes and any thread reads: no lock, and no instruction that locks a
// bus.

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace latchkey::observation {

class Counter {
public:
    void add(std::uint64_t more) noexcept {
        value_.store(value_.load(std::memory_order_relaxed) + more, std::memory_order_release);
    }
    [[nodiscard]] std::uint64_t value() const noexcept {
        return value_.load(std::memory_order_acquire);
    }

private:
    std::atomic<std::uint64_t> value_{0};
};

/// Durations by size: place n holds those below 2^n microseconds that fit in none before; the last
/// one holds the rest (above a minute).
inline constexpr std::size_t duration_places = 28;
using Durations = std::array<std::uint64_t, duration_places>;

[[nodiscard]] inline std::size_t place_of(std::chrono::nanoseconds duration) noexcept {
    const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0)) / 1000;
    return std::min<std::size_t>(static_cast<std::size_t>(std::bit_width(us)), duration_places - 1);
}

class Histogram {
public:
    void add(std::chrono::nanoseconds duration) noexcept { places_[place_of(duration)].add(1); }
    void add_to(Durations& sums) const noexcept {
        for (std::size_t i = 0; i < duration_places; ++i) sums[i] += places_[i].value();
    }

private:
    std::array<Counter, duration_places> places_;
};

}  // namespace latchkey::observation
