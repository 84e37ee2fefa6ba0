#pragma once

// CRC-32 (ISO 3309, as in zlib). It finds typing errors; it protects against nobody.

#include <cstdint>
#include <string_view>

namespace latchkey::crypto {

[[nodiscard]] std::uint32_t crc32(std::string_view text) noexcept;

}  // namespace latchkey::crypto
