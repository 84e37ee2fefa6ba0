#pragma once

// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 8.2): RS256. Keys are shared values: copying one
// copies a pointer. Thread-safe.

#include <memory>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/text/text.hpp"

namespace latchkey::crypto {

class EvpKey;

inline constexpr int min_rsa_bits = 2048;
inline constexpr int max_rsa_bits = 4096;

class RsaPublicKey {
public:
    struct Components {
        ByteView modulus;   // big-endian, no leading zero byte
        ByteView exponent;  // likewise
    };
    /// Errors: invalid_argument: size out of bounds, even modulus, exponent below 3, even or over
    /// 32 bits, a leading zero, or a modulus with the ROCA fingerprint (CVE-2017-15361).
    [[nodiscard]] static Result<RsaPublicKey> from_components(const Components& components);

    [[nodiscard]] bool verify(ByteView message, ByteView signature) const;
    [[nodiscard]] Bytes modulus() const;
    [[nodiscard]] Bytes exponent() const;

private:
    friend class RsaPrivateKey;
    explicit RsaPublicKey(std::shared_ptr<const EvpKey> key) : key_(std::move(key)) {}
    std::shared_ptr<const EvpKey> key_;
};

class RsaPrivateKey {
public:
    /// A new key of 2048 bits, exponent 65537. Takes a tenth of a second to a second.
    [[nodiscard]] static Result<RsaPrivateKey> generate();
    /// Errors: malformed (not an RSA key in PKCS#8 DER), invalid_argument (size out of bounds).
    [[nodiscard]] static Result<RsaPrivateKey> from_pkcs8(ByteView der);

    /// All eight numbers of RFC 8017 3.2, big-endian.
    struct Components {
        RsaPublicKey::Components public_half;
        ByteView d, p, q, dp, dq, qi;
    };
    /// Errors: invalid_argument when they do not make a key.
    [[nodiscard]] static Result<RsaPrivateKey> from_components(const Components& components);

    [[nodiscard]] Result<Secret> to_pkcs8() const;
    /// Errors: internal.
    [[nodiscard]] Result<Bytes> sign(ByteView message) const;
    [[nodiscard]] RsaPublicKey public_key() const { return RsaPublicKey(key_); }

private:
    explicit RsaPrivateKey(std::shared_ptr<const EvpKey> key) : key_(std::move(key)) {}
    std::shared_ptr<const EvpKey> key_;
};

}  // namespace latchkey::crypto
