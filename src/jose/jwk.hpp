#pragma once

// JSON Web Keys (RFC 7517, 7518 6, 8037 2): RSA, EC P-256, OKP Ed25519 and oct, for signatures.
// Reading is strict: numbers have their exact length, points are on their curve, weak keys are
// refused, and a key published together with its private half is refused as compromised.

#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "jose/key.hpp"
#include "json/value.hpp"

namespace latchkey::jose {

inline constexpr std::size_t max_jwks_bytes = 64U * 1024;

/// A key that verifies. The algorithm is the one its type allows; a member `alg` must agree.
/// Errors: unsupported (a kty, crv, alg, use or key_ops that is not for these signatures),
/// malformed (a member missing or of the wrong form), invalid_argument (a weak or impossible key).
[[nodiscard]] Result<VerificationKey> read_jwk(const json::Value& jwk);
[[nodiscard]] Result<VerificationKey> parse_jwk(std::string_view text);

/// A key that signs: RSA with all its numbers, OKP with its seed, oct.
[[nodiscard]] Result<SigningKey> read_private_jwk(const json::Value& jwk);

/// RFC 7517 5: keys that are unsupported are left out; broken ones refuse the whole set.
/// Errors: malformed, invalid_argument, conflict (duplicate kid), too_large.
[[nodiscard]] Result<KeySet> parse_jwks(std::string_view text);

/// Appends the public form with kid, alg and use. An HMAC key has none: nothing is appended.
void append_jwk(std::string& out, const VerificationKey& key);
/// {"keys":[…]}
[[nodiscard]] std::string to_jwks(std::span<const VerificationKey> keys);

/// RFC 7638 with SHA-256, base64url: 43 characters. Empty for an HMAC key.
[[nodiscard]] std::string thumbprint(const VerificationKey::Material& material);

}  // namespace latchkey::jose
