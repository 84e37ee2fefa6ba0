#include "base/random.hpp"

#include <atomic>

namespace latchkey::detail {

std::array<std::uint8_t, 8> next_in_order(Timestamp now) noexcept {
    static std::atomic<std::uint32_t> count{0};
    const auto seconds = static_cast<std::uint64_t>(to_unix(now));
    const std::uint64_t order = seconds << 24U | (count.fetch_add(1) & 0xFFFFFFU);
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(order >> (8 * (bytes.size() - 1 - i)));
    }
    return bytes;
}

}  // namespace latchkey::detail
