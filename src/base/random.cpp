#include "base/random.hpp"

#include <sys/random.h>

#include <algorithm>
#include <atomic>

namespace latchkey::detail {
namespace {

template <std::size_t size>
void put_big_endian(std::uint8_t* out, std::uint64_t number) noexcept {
    for (std::size_t i = size; i-- > 0; number >>= 8U) out[i] = static_cast<std::uint8_t>(number);
}

/// The machine's microseconds, moved on where two calls come in the same one.
std::uint64_t next_tick() noexcept {
    using std::chrono::duration_cast;
    static std::atomic<std::int64_t> last = 0;
    const auto clock = duration_cast<std::chrono::microseconds>(monotonic_now().time_since_epoch());
    std::int64_t before = last.load(std::memory_order_relaxed);
    std::int64_t tick = 0;
    do {
        tick = std::max<std::int64_t>(before + 1, clock.count());
    } while (!last.compare_exchange_weak(before, tick, std::memory_order_relaxed));
    return static_cast<std::uint64_t>(tick);
}

}  // namespace

const std::array<std::uint8_t, 5>& process_tag() noexcept {
    static const std::array<std::uint8_t, 5> tag = [] {
        std::array<std::uint8_t, 5> bytes{};
        // So few bytes are given at once, or not at all: then the order alone names the events.
        if (::getrandom(bytes.data(), bytes.size(), 0) < 0) bytes.fill(0);
        return bytes;
    }();
    return tag;
}

std::array<std::uint8_t, 11> order_of(Timestamp now) noexcept {
    std::array<std::uint8_t, 11> bytes{};
    put_big_endian<5>(bytes.data(), static_cast<std::uint64_t>(to_unix(now)));
    put_big_endian<6>(bytes.data() + 5, next_tick());
    return bytes;
}

}  // namespace latchkey::detail
