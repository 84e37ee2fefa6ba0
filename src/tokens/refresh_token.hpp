#pragma once

// Refresh tokens as text: sealed routing (whose, of which family and generation), 256 random bits
// and a CRC-32, as lk_rt_ + base64url: some 190 characters. The server stores only the SHA-256 of
// the whole text. The routing is fields (fields.hpp), sealed with the random bits as associated
// data, so that no part of a token fits another.

#include <string_view>

#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/text/text.hpp"
#include "base/time/clock.hpp"
#include "keys/key_ring.hpp"

namespace latchkey::tokens {

/// Where a refresh token leads. Authentic once opened, but says nothing about being live.
struct RefreshRouting {
    UserId user_id;
    ClientId client_id;
    FamilyId family_id;
    std::int64_t generation = 1;  // of rotation, within the family
    Timestamp family_expires_at;  // absolute; the row's own expiry moves with use
};

[[nodiscard]] Secret mint_refresh_token(const keys::KeyRing& keys, Random& random,
                                        const RefreshRouting& routing);

/// Errors: invalid_token (mistyped, forged, of another kind, or with a critical field that this
/// program does not know).
[[nodiscard]] Result<RefreshRouting> open_refresh_token(const keys::KeyRing& keys,
                                                        std::string_view text);

/// What was sealed, as it is inside. Errors: invalid_token.
[[nodiscard]] Result<RefreshRouting> read_refresh_routing(ByteView content);

/// SHA-256 of the whole token: what the store keeps.
[[nodiscard]] Bytes hash_refresh_token(std::string_view text);

struct Succession {
    std::string_view parent;
    std::string_view successor;
};
/// The successor sealed so that only who presents the parent again can have it: the key is derived
/// from the parent's text, which the store does not know.
[[nodiscard]] Bytes seal_successor(Random& random, const Succession& succession);
/// Errors: internal (a damaged row).
[[nodiscard]] Result<Secret> open_successor(std::string_view parent, ByteView sealed);

}  // namespace latchkey::tokens
