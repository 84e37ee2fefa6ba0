#include "crypto/crc32.hpp"

#include <zlib.h>

namespace latchkey::crypto {

std::uint32_t crc32(std::string_view text) noexcept {
    const auto* bytes = reinterpret_cast<const Bytef*>(text.data());
    return static_cast<std::uint32_t>(::crc32_z(0, bytes, text.size()));
}

}  // namespace latchkey::crypto
