#pragma once

// HMAC-SHA-256 (RFC 2104) and HKDF-SHA-256 (RFC 5869).

#include <array>
#include <initializer_list>

#include "base/secret.hpp"
#include "crypto/digest.hpp"

namespace latchkey::crypto {

/// A key for HMAC, padded once. Thread-safe: making a tag changes nothing in it.
class HmacSha256 {
public:
    explicit HmacSha256(ByteView key);
    HmacSha256(const HmacSha256&) = default;
    HmacSha256& operator=(const HmacSha256&) = default;
    ~HmacSha256();

    [[nodiscard]] Sha256 tag(ByteView message) const;
    /// The tag of the parts one after the other.
    [[nodiscard]] Sha256 tag(std::initializer_list<ByteView> parts) const;
    /// In constant time. False too when `expected` is not 32 bytes.
    [[nodiscard]] bool verify(ByteView message, ByteView expected) const;

private:
    static constexpr std::size_t block_size = 64;
    [[nodiscard]] Sha256 finish(Sha256 inner) const;
    std::array<std::uint8_t, block_size> inner_{};
    std::array<std::uint8_t, block_size> outer_{};
};

inline constexpr std::size_t max_hkdf_bytes = 255UL * 32;  // RFC 5869 2.3

struct HkdfInput {
    ByteView key;   // input keying material
    ByteView salt;  // empty = 32 zero bytes (RFC 5869 2.2)
    std::string_view info;
};
/// `length` bytes, at most max_hkdf_bytes (more is a bug and is cut there).
[[nodiscard]] Secret hkdf_sha256(const HkdfInput& input, std::size_t length = 32);

/// RFC 5869 2.3 for one block: 32 bytes under a pseudorandom key that is kept keyed.
[[nodiscard]] Secret hkdf_expand(const HmacSha256& pseudorandom_key, std::string_view info);

}  // namespace latchkey::crypto
