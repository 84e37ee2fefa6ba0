#pragma once

// ECDSA on P-256 with SHA-256 (FIPS 186-5), signatures as r and s of 32 bytes each: ES256
// (RFC 7518 3.4). Keys are shared values. Thread-safe.

#include <array>
#include <memory>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/text/text.hpp"

namespace latchkey::crypto {

class EvpKey;

inline constexpr std::size_t p256_coordinate_size = 32;
inline constexpr std::size_t p256_signature_size = 64;

class EcP256PublicKey {
public:
    struct Point {
        std::array<std::uint8_t, p256_coordinate_size> x{};
        std::array<std::uint8_t, p256_coordinate_size> y{};
    };
    /// Errors: invalid_argument when the point is not on the curve.
    [[nodiscard]] static Result<EcP256PublicKey> from_point(const Point& point);

    /// False too when `signature` is not 64 bytes.
    [[nodiscard]] bool verify(ByteView message, ByteView signature) const;
    [[nodiscard]] const Point& point() const noexcept { return point_; }

private:
    EcP256PublicKey(std::shared_ptr<const EvpKey> key, const Point& point)
        : key_(std::move(key)), point_(point) {}
    std::shared_ptr<const EvpKey> key_;
    Point point_;
};

class EcP256PrivateKey {
public:
    [[nodiscard]] static Result<EcP256PrivateKey> generate();
    /// Errors: malformed (not a P-256 key in PKCS#8 DER).
    [[nodiscard]] static Result<EcP256PrivateKey> from_pkcs8(ByteView der);
    [[nodiscard]] Result<Secret> to_pkcs8() const;

    /// 64 bytes. Errors: internal.
    [[nodiscard]] Result<Bytes> sign(ByteView message) const;
    [[nodiscard]] const EcP256PublicKey& public_key() const noexcept { return public_key_; }

private:
    EcP256PrivateKey(std::shared_ptr<const EvpKey> key, EcP256PublicKey public_key)
        : key_(std::move(key)), public_key_(std::move(public_key)) {}
    std::shared_ptr<const EvpKey> key_;
    EcP256PublicKey public_key_;
};

}  // namespace latchkey::crypto
