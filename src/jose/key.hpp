#pragma once

// Keys of JSON Object Signing. Each has exactly one algorithm, fixed when it is made: the `alg`
// of a token chooses nothing, it can only agree (RFC 8725 3.1).

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "crypto/ec_p256.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/hmac.hpp"
#include "crypto/rsa.hpp"

namespace latchkey::jose {

/// RFC 7518 3.1 and RFC 8037 3.1; named as on the wire.
enum class Algorithm : std::uint8_t { RS256, ES256, EdDSA, HS256 };

[[nodiscard]] std::string_view to_string(Algorithm algorithm) noexcept;

inline constexpr std::size_t max_kid_bytes = 64;       // a kid is an opaque map key
inline constexpr std::size_t min_hmac_key_bytes = 32;  // RFC 7518 3.2
inline constexpr std::size_t max_keys_in_set = 32;

class VerificationKey {
public:
    using Material = std::variant<crypto::RsaPublicKey, crypto::EcP256PublicKey,
                                  crypto::Ed25519PublicKey, crypto::HmacSha256>;
    VerificationKey(std::string kid, Material material)
        : kid_(std::move(kid)), material_(std::move(material)) {}

    [[nodiscard]] Algorithm algorithm() const noexcept;
    /// Empty when the key has none.
    [[nodiscard]] const std::string& kid() const noexcept { return kid_; }
    [[nodiscard]] bool verify(ByteView message, ByteView signature) const;
    [[nodiscard]] const Material& material() const noexcept { return material_; }

private:
    std::string kid_;
    Material material_;
};

class SigningKey {
public:
    using Material = std::variant<crypto::RsaPrivateKey, crypto::EcP256PrivateKey,
                                  crypto::Ed25519PrivateKey, crypto::HmacSha256>;
    SigningKey(std::string kid, Material material)
        : kid_(std::move(kid)), material_(std::move(material)) {}
    /// The same with its RFC 7638 thumbprint as kid. Not for HMAC keys: theirs would tell of them.
    [[nodiscard]] static SigningKey with_thumbprint(Material material);

    [[nodiscard]] Algorithm algorithm() const noexcept;
    [[nodiscard]] const std::string& kid() const noexcept { return kid_; }
    /// Errors: internal.
    [[nodiscard]] Result<Bytes> sign(ByteView message) const;
    /// The half that verifies, with the same kid. An HMAC key is its own.
    [[nodiscard]] VerificationKey verification_key() const;

private:
    std::string kid_;
    Material material_;
};

/// Keys by kid. Symmetric and public keys never share a set (RFC 8725 2.1).
class KeySet {
public:
    /// Errors: conflict (the kid is there), invalid_argument (kid too long, or empty beside other
    /// keys; a symmetric key among public ones or the reverse), too_large (max_keys_in_set).
    [[nodiscard]] Result<void> add(VerificationKey key);
    /// Null when absent. An empty `kid` finds the key of a set of one.
    [[nodiscard]] const VerificationKey* find(std::string_view kid) const noexcept;
    [[nodiscard]] const std::vector<VerificationKey>& keys() const noexcept { return keys_; }

private:
    std::vector<VerificationKey> keys_;
};

}  // namespace latchkey::jose
