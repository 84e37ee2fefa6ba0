#pragma once

// Authenticated encryption with associated data: XChaCha20-Poly1305, whose 24 random nonce bytes
// have no message budget to mind. Sealed form: nonce, ciphertext, 16 bytes tag.

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/text/text.hpp"

namespace latchkey::crypto {

/// What a box is bound to and does not contain: it opens only with the same bytes.
struct AssociatedData {
    ByteView bytes;
};

inline constexpr std::size_t aead_key_size = 32;
inline constexpr std::size_t aead_tag_size = 16;

/// 32 bytes that are zeroed when they go.
class AeadKey {
public:
    /// Errors: invalid_argument unless `key` is 32 bytes.
    [[nodiscard]] static Result<AeadKey> from_bytes(ByteView key);
    AeadKey(const AeadKey&) = default;
    AeadKey& operator=(const AeadKey&) = default;
    ~AeadKey();
    [[nodiscard]] const std::array<std::uint8_t, aead_key_size>& bytes() const noexcept {
        return bytes_;
    }

private:
    AeadKey() = default;
    std::array<std::uint8_t, aead_key_size> bytes_{};
};

/// Thread-safe.
class XChaCha20Poly1305 {
public:
    static constexpr std::size_t nonce_size = 24;
    static constexpr std::size_t overhead = nonce_size + aead_tag_size;
    using Nonce = std::span<const std::uint8_t, nonce_size>;

    explicit XChaCha20Poly1305(const AeadKey& key) : key_(key) {}

    /// Appends overhead + plain.size() bytes to `out`, under a random nonce.
    void seal(Random& random, ByteView plain, AssociatedData associated, std::string& out) const;
    /// The same under a nonce that the caller never uses twice with this key.
    void seal(Nonce nonce, ByteView plain, AssociatedData associated, std::string& out) const;
    /// Errors: malformed (too short), invalid_token (does not authenticate).
    [[nodiscard]] Result<Secret> open(ByteView sealed, AssociatedData associated) const;

private:
    AeadKey key_;
};

}  // namespace latchkey::crypto
