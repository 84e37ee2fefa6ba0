#pragma once

// Access tokens: opaque to partners, sealed by us. Opening one needs no database; the connection's
// revocations and ended marks are checked afterwards, in the read that fetches the profile
// (grants/access.hpp), so that a revoked connection's tokens stop at the next request.
//
// Text form: lk_at_ + base64url of the sealed content and a CRC-32, so that scanners find it and a
// mistyped one fails before any cryptography: some 180 characters, at most
// crypto::max_minted_characters. The content is fields (fields.hpp); docs/tokens.md lists their
// tags. It names no realm: each realm seals with a key of its own.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time/clock.hpp"
#include "keys/key_ring.hpp"
#include "model/scopes.hpp"
#include "tokens/ended_marks.hpp"

namespace latchkey::tokens {

/// The longest audience that a token holds.
inline constexpr std::size_t max_audience_bytes = 160;

/// A key that who presents the token must hold (RFC 7800 `cnf`).
struct Confirmation {
    enum class Method : std::uint8_t {
        jwk_thumbprint,          // `jkt`: SHA-256 of a JWK (RFC 7638, RFC 9449 6.1)
        certificate_thumbprint,  // `x5t#S256`: of a TLS certificate (RFC 8705 3.1)
    };
    Method method = Method::jwk_thumbprint;
    std::array<std::uint8_t, 32> thumbprint{};

    bool operator==(const Confirmation&) const = default;
};

struct AccessToken {
    ClientId client_id;
    std::optional<UserId> user_id;            // absent: a client-credentials token
    std::int64_t connection_revocations = 0;  // 0 without a user
    Mark family{};                            // of its refresh tokens; zero without one
    ScopeNames scopes;
    Timestamp issued_at;
    Timestamp expires_at;
    std::optional<Timestamp> auth_time = std::nullopt;  // when the person proved who they are
    std::string audience = {};                          // empty: the realm's own APIs
    std::optional<Confirmation> confirmation = std::nullopt;
};

[[nodiscard]] Secret mint_access_token(const keys::KeyRing& keys, const AccessToken& token);

/// Errors: invalid_token (mistyped, forged, of another kind, expired, or with a critical field that
/// this program does not know).
[[nodiscard]] Result<AccessToken> open_access_token(const keys::KeyRing& keys,
                                                    std::string_view text, Timestamp now);

/// What was sealed, as it is inside. Errors: invalid_token.
[[nodiscard]] Result<AccessToken> read_access_token(ByteView content);

}  // namespace latchkey::tokens
