#include "base/text/base62.hpp"

#include <algorithm>

namespace latchkey {
namespace {

constexpr std::string_view digits =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::uint32_t base = 62;
// As many digits as fit into a limb: a long number is divided and multiplied by this, for five
// digits at a time.
constexpr std::size_t digits_a_step = 5;
constexpr std::uint32_t step_base = base * base * base * base * base;

int digit_value(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
    if (c >= 'a' && c <= 'z') return c - 'a' + 36;
    return -1;
}

// A 128-bit number as four 32-bit limbs, the most significant first: one limb at a time fits
// into 64-bit arithmetic, which every compiler has.
using Limbs = std::array<std::uint32_t, 4>;

Limbs read_limbs(const std::array<std::uint8_t, 16>& bytes) noexcept {
    Limbs limbs{};
    for (std::size_t i = 0; i < bytes.size(); ++i) limbs[i / 4] = (limbs[i / 4] << 8U) | bytes[i];
    return limbs;
}

// The last five digits, which the number loses.
std::uint32_t divide_by_step(Limbs& limbs) noexcept {
    std::uint64_t remainder = 0;
    for (std::uint32_t& limb : limbs) {
        const std::uint64_t value = (remainder << 32U) | limb;
        limb = static_cast<std::uint32_t>(value / step_base);
        remainder = value % step_base;
    }
    return static_cast<std::uint32_t>(remainder);
}

// What does not fit any more.
std::uint64_t multiply_add(Limbs& limbs, std::uint32_t factor, std::uint32_t addend) noexcept {
    std::uint64_t carry = addend;
    for (std::size_t i = limbs.size(); i-- > 0;) {
        carry += std::uint64_t{limbs[i]} * factor;
        limbs[i] = static_cast<std::uint32_t>(carry);
        carry >>= 32U;
    }
    return carry;
}

}  // namespace

std::string to_base62(const std::array<std::uint8_t, 16>& bytes) {
    Limbs limbs = read_limbs(bytes);
    std::string out(base62_width_16_bytes, '0');
    for (std::size_t end = out.size(); end > 0;) {
        std::uint32_t step = divide_by_step(limbs);
        const std::size_t begin = end - std::min(end, digits_a_step);
        for (; end > begin; step /= base) out[--end] = digits[step % base];
    }
    return out;
}

std::optional<std::array<std::uint8_t, 16>> from_base62(std::string_view text) {
    if (text.size() != base62_width_16_bytes) return std::nullopt;
    Limbs limbs{};
    while (!text.empty()) {
        std::uint32_t factor = 1, step = 0;
        for (const char c : text.substr(0, digits_a_step)) {
            const int value = digit_value(c);
            if (value < 0) return std::nullopt;
            step = step * base + static_cast<std::uint32_t>(value);
            factor *= base;
        }
        if (multiply_add(limbs, factor, step) != 0) return std::nullopt;
        text.remove_prefix(std::min(text.size(), digits_a_step));
    }
    std::array<std::uint8_t, 16> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(limbs[i / 4] >> (24U - 8U * (i % 4)));
    }
    return bytes;
}

void append_base62(std::string& out, std::uint32_t value) {
    std::array<char, base62_width_32_bits> text{};
    for (std::size_t i = text.size(); i-- > 0;) {
        text[i] = digits[value % base];
        value /= base;
    }
    out.append(text.data(), text.size());
}

}  // namespace latchkey
