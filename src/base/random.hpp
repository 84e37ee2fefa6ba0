#pragma once

// Randomness enters here. The system's source is crypto/system_random.hpp; tests bring their own.

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "base/clock.hpp"
#include "base/ids.hpp"

namespace latchkey {

class Random {
public:
    Random() = default;
    Random(const Random&) = delete;
    Random& operator=(const Random&) = delete;
    virtual ~Random() = default;
    /// Fills `out` with bytes fit for keys. Safe to call from any thread.
    virtual void fill(std::span<std::uint8_t> out) = 0;
};

template <class IdType>
[[nodiscard]] IdType make_id(Random& random) {
    IdType id;
    random.fill(id.bytes);
    return id;
}

namespace detail {
/// 5 bytes of seconds, and 6 of a clock in microseconds that all processes of a machine share.
[[nodiscard]] std::array<std::uint8_t, 11> order_of(Timestamp now) noexcept;
}  // namespace detail

/// An id that sorts by when it was made, then 40 random bits (the idea of RFC 9562's version 7):
/// what is keyed by it goes to the end of its part of a tree, and the first is the oldest. It tells
/// how long the machine has been up, so it is not for strangers to see.
template <class IdType>
[[nodiscard]] IdType make_ordered_id(Random& random, Timestamp now) {
    IdType id;
    const auto order = detail::order_of(now);
    std::ranges::copy(order, id.bytes.begin());
    random.fill(std::span(id.bytes).subspan(order.size()));
    return id;
}

}  // namespace latchkey
