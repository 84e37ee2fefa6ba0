#include "crypto/crc32.hpp"

#include <array>

namespace latchkey::crypto {
namespace {

constexpr std::uint32_t polynomial = 0xEDB88320;  // ISO 3309, bits reversed

constexpr std::array<std::uint32_t, 256> make_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit) {
            value = (value & 1U) != 0 ? (value >> 1U) ^ polynomial : value >> 1U;
        }
        table[i] = value;
    }
    return table;
}

constexpr auto table = make_table();

}  // namespace

std::uint32_t crc32(std::string_view text) noexcept {
    std::uint32_t state = 0xFFFFFFFF;
    for (const char c : text) {
        state = table[(state ^ static_cast<unsigned char>(c)) & 0xFFU] ^ (state >> 8U);
    }
    return state ^ 0xFFFFFFFF;
}

}  // namespace latchkey::crypto
