#include "crypto/short_hash.hpp"

#include <sodium.h>

#include <cstring>

#include "base/text.hpp"

namespace latchkey::crypto {

static_assert(crypto_shorthash_KEYBYTES == 16 && crypto_shorthash_BYTES == 8);

std::uint64_t ShortHash::operator()(std::string_view text) const noexcept {
    std::array<std::uint8_t, crypto_shorthash_BYTES> out{};
    crypto_shorthash(out.data(), as_bytes(text).data(), text.size(), key_.data());
    std::uint64_t value = 0;
    std::memcpy(&value, out.data(), out.size());
    return value;
}

}  // namespace latchkey::crypto
