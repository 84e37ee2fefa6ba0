#pragma once

// Challenges of passkeys without a row for each page that was only looked at: 16 random bytes, an
// expiry, and a keyed hash of both with the browser and the ceremony they were made for. Only the
// first answer to one is taken: the answered ones are written down until they expire.

#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/text/text.hpp"
#include "base/time/clock.hpp"
#include "database/database.hpp"
#include "keys/key_ring.hpp"

namespace latchkey::webauthn {

inline constexpr Seconds passkey_challenge_lifetime = std::chrono::minutes(10);

/// What a challenge is good for, and where.
struct ChallengePlace {
    std::string_view ceremony;        // "sign-in", or "register" and the person's id
    std::string_view browser_secret;  // the browser's sign-in cookie
};

/// In base64url, as the browser's script wants it.
[[nodiscard]] std::string make_passkey_challenge(const keys::KeyRing& keys, Random& random,
                                                 const ChallengePlace& place, Timestamp now);

/// Takes the challenge that an answer names. The caller commits even if the rest of the answer is
/// refused: a challenge has one try. Errors: invalid_token (made up, of another place, answered
/// before), expired, storage errors.
[[nodiscard]] Result<void> consume_passkey_challenge(database::WriteTransaction& tx,
                                                     const keys::KeyRing& keys,
                                                     const ChallengePlace& place,
                                                     ByteView challenge, Timestamp now);

}  // namespace latchkey::webauthn
