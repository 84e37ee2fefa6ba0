#pragma once

// grants::Access tokens: opaque to partners, sealed by us. Opening one needs no database; the
// connection's generation and ended marks are checked afterwards, in the read that fetches the
// profile (see access.hpp), so that a revoked connection's tokens stop at the next request.
//
// Text form: lk_at_ + base64url of the sealed content and a CRC-32, so that scanners find it and a
// mistyped one fails before any cryptography.

#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "keys/key_ring.hpp"
#include "model/scopes.hpp"
#include "tokens/ended_marks.hpp"

namespace latchkey::tokens {

struct AccessToken {
    ClientId client_id;
    std::optional<UserId> user_id;           // absent: a client-credentials token
    std::int64_t connection_generation = 0;  // 0 without a user
    Mark session{};                          // of its refresh-token family; zero without one
    ScopeSet scopes;
    Timestamp issued_at;
    Timestamp expires_at;
};

[[nodiscard]] Secret mint_access_token(const keys::KeyRing& keys, const AccessToken& token);

/// Errors: invalid_token (mistyped, forged, of another kind, expired).
[[nodiscard]] Result<AccessToken> open_access_token(const keys::KeyRing& keys,
                                                    std::string_view text, Timestamp now);

}  // namespace latchkey::tokens
