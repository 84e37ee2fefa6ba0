#include "base/random.hpp"

namespace latchkey::detail {
namespace {

template <std::size_t size>
void put_big_endian(std::uint8_t* out, std::uint64_t number) noexcept {
    for (std::size_t i = size; i-- > 0; number >>= 8U) out[i] = static_cast<std::uint8_t>(number);
}

}  // namespace

std::array<std::uint8_t, 11> order_of(Timestamp now) noexcept {
    using std::chrono::duration_cast;
    const auto finer = duration_cast<std::chrono::microseconds>(monotonic_now().time_since_epoch());
    std::array<std::uint8_t, 11> bytes{};
    put_big_endian<5>(bytes.data(), static_cast<std::uint64_t>(to_unix(now)));
    put_big_endian<6>(bytes.data() + 5, static_cast<std::uint64_t>(finer.count()));
    return bytes;
}

}  // namespace latchkey::detail
