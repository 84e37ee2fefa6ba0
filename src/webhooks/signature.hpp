#pragma once

// How a receiver knows that a webhook is ours and not an old one played again: the scheme of the
// Standard Webhooks specification (standardwebhooks.com), for which most languages have a library.
//
//     webhook-id: names the event, the same in every attempt
//     webhook-timestamp: seconds since the epoch, when this attempt was made
//     webhook-signature: "v1," and the base64 of HMAC-SHA-256(secret, id "." timestamp "." body)

#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time/clock.hpp"

namespace latchkey::webhooks {

/// How far a receiver's clock and ours may be apart, and so how long a copy could be played again
/// to a receiver that does not remember ids.
inline constexpr Seconds replay_window{300};

inline constexpr std::size_t secret_bytes = 32;

/// A new secret in its written form, "whsec_" and base64.
[[nodiscard]] Secret make_secret(Random& random);

struct Message {
    std::string_view id;
    Timestamp sent_at;
    std::string_view body;
};

/// The value of webhook-signature. Errors: malformed (not a secret of ours).
[[nodiscard]] Result<std::string> sign(const Secret& secret, const Message& message);

/// What a receiver does: whether one of the space-separated signatures is right, and the message
/// within the replay window of `now`.
[[nodiscard]] bool verify(const Secret& secret, const Message& message, std::string_view signatures,
                          Timestamp now);

}  // namespace latchkey::webhooks
