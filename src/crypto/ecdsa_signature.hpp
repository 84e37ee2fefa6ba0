#pragma once

// The two spellings of an ECDSA signature on P-256: r and s side by side, 32 bytes each (JOSE, our
// value types), and ASN.1's DER (OpenSSL, WebAuthn L2 6.5.6).

#include <array>
#include <optional>

#include "base/bytes/bytes.hpp"
#include "crypto/ec_p256.hpp"

namespace latchkey::crypto {

using P256Signature = std::array<std::uint8_t, p256_signature_size>;

/// Of 64 bytes.
[[nodiscard]] Bytes p256_signature_to_der(ByteView signature);

/// Absent unless `der` is the one canonical spelling.
[[nodiscard]] std::optional<P256Signature> p256_signature_from_der(ByteView der);

}  // namespace latchkey::crypto
