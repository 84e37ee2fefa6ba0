#pragma once

// The public key of a passkey: a COSE_Key (RFC 9052 7) with one of the algorithms we ask for.

#include <array>
#include <cstdint>
#include <variant>

#include "base/result.hpp"
#include "base/text/text.hpp"
#include "crypto/ec_p256.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/rsa.hpp"

namespace latchkey::webauthn {

/// IANA COSE algorithms, in the order in which we prefer them: EdDSA, ES256, RS256.
inline constexpr std::array<std::int64_t, 3> passkey_algorithms{-8, -7, -257};

class CoseKey {
public:
    /// Reads one key at the front of `input` and moves `input` behind it. Members that we do not
    /// know are ignored. Errors: malformed (no canonical map, a duplicate or missing member);
    /// unsupported (algorithm or curve); invalid_argument (not a point, a weak RSA key).
    [[nodiscard]] static Result<CoseKey> parse(ByteView& input);

    /// ES256 signatures are DER here (WebAuthn L2 6.5.6), in its one canonical form.
    [[nodiscard]] bool verify(ByteView message, ByteView signature) const;

private:
    using Material =
        std::variant<crypto::EcP256PublicKey, crypto::Ed25519PublicKey, crypto::RsaPublicKey>;
    explicit CoseKey(Material material) : material_(std::move(material)) {}
    Material material_;
};

}  // namespace latchkey::webauthn
