#pragma once

// Base 62 (0-9 A-Z a-z) at fixed widths, for identifiers and checksums that people copy: no
// character of it ends a word when double-clicked. One value has one spelling.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace latchkey {

inline constexpr std::size_t base62_width_16_bytes = 22;  // 62^22 > 2^128
inline constexpr std::size_t base62_width_32_bits = 6;    // 62^6 > 2^32

/// 22 digits, the most significant first, padded with '0'.
[[nodiscard]] std::string to_base62(const std::array<std::uint8_t, 16>& bytes);
/// Absent unless `text` is exactly 22 digits that spell a value below 2^128.
[[nodiscard]] std::optional<std::array<std::uint8_t, 16>> from_base62(std::string_view text);

/// Appends 6 digits, the most significant first, padded with '0'.
void append_base62(std::string& out, std::uint32_t value);

}  // namespace latchkey
