#pragma once

// One AES-256 block (FIPS 197): a keyed permutation of 128-bit values. It hides an identifier,
// it does not authenticate one: every 16 bytes decrypt to something.

#include <array>
#include <cstdint>

#include "crypto/aead.hpp"

namespace latchkey::crypto {

/// Thread-safe.
class BlockCipher {
public:
    using Block = std::array<std::uint8_t, 16>;

    explicit BlockCipher(AeadKey key) : key_(key) {}
    [[nodiscard]] Block encrypt(const Block& block) const;
    [[nodiscard]] Block decrypt(const Block& block) const;

private:
    AeadKey key_;
};

}  // namespace latchkey::crypto
