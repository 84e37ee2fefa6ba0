#pragma once

// Randomness enters here. The system's source is crypto/system_random.hpp; tests bring their own.

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "base/ids.hpp"
#include "base/time/clock.hpp"

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
/// 5 bytes of seconds, and 6 that rise from call to call within a process.
[[nodiscard]] std::array<std::uint8_t, 11> order_of(Timestamp now) noexcept;
/// 5 bytes that no other process of a fleet has, but by a chance of one in 10^12.
[[nodiscard]] const std::array<std::uint8_t, 5>& process_tag() noexcept;
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

/// Names an event of the store, in the order of events: its second, then an order that only breaks
/// ties within one process, then the process's own tag. Events of one second that came from several
/// processes are in some order, the same for every reader, and no two have the same id: it needs
/// neither a look at the table nor a clock that machines share. Nothing secret is in it.
template <class IdType>
[[nodiscard]] IdType make_event_id(Timestamp now) noexcept {
    IdType id;
    const auto order = detail::order_of(now);
    std::ranges::copy(order, id.bytes.begin());
    std::ranges::copy(detail::process_tag(), id.bytes.begin() + order.size());
    return id;
}

/// Comes before every event of `second` and after all earlier ones: the bound of a range.
template <class IdType>
[[nodiscard]] IdType first_event_id(Timestamp second) noexcept {
    IdType id;
    for (std::size_t i = 0; i < 5; ++i) {
        id.bytes[4 - i] =
            static_cast<std::uint8_t>(static_cast<std::uint64_t>(to_unix(second)) >> (8U * i));
    }
    return id;
}

}  // namespace latchkey
