#include "webauthn/passkey_challenge.hpp"

#include <array>

#include "crypto/constant_time.hpp"
#include "store/passkeys.hpp"

namespace latchkey::webauthn {
namespace {

constexpr std::size_t random_bytes = 16;
constexpr std::size_t time_bytes = 8;
constexpr std::size_t tag_bytes = 32;

Bytes tag_of(const keys::KeyRing& keys, const ChallengePlace& place, ByteView head) {
    std::string message = "passkey-challenge\n";
    message += place.ceremony;
    message.push_back('\n');
    message += place.browser_secret;
    message.push_back('\n');
    message += as_text(head);
    return keys.keyed_hash(keys::Purpose::cookie, as_bytes(message));
}

}  // namespace

std::string make_passkey_challenge(const keys::KeyRing& keys, Random& random,
                                   const ChallengePlace& place, Timestamp now) {
    std::array<std::uint8_t, random_bytes + time_bytes> head{};
    random.fill(std::span(head).first(random_bytes));
    auto expiry = static_cast<std::uint64_t>(to_unix(now + passkey_challenge_lifetime));
    for (std::size_t i = head.size(); i-- > random_bytes; expiry >>= 8U) {
        head[i] = static_cast<std::uint8_t>(expiry & 0xFFU);
    }
    Bytes challenge(head.begin(), head.end());
    const Bytes tag = tag_of(keys, place, head);
    challenge.insert(challenge.end(), tag.begin(), tag.end());
    return to_base64url(challenge);
}

Result<void> consume_passkey_challenge(database::WriteTransaction& tx, const keys::KeyRing& keys,
                                       const ChallengePlace& place, ByteView challenge,
                                       Timestamp now) {
    if (challenge.size() != random_bytes + time_bytes + tag_bytes) {
        return fail(ErrorCode::invalid_token, "This passkey answer is not for this page.");
    }
    const ByteView head = challenge.first(random_bytes + time_bytes);
    if (!crypto::equal_constant_time(tag_of(keys, place, head), challenge.last(tag_bytes))) {
        return fail(ErrorCode::invalid_token, "This passkey answer is not for this page.");
    }
    std::uint64_t expiry = 0;
    for (const std::uint8_t digit : head.last(time_bytes)) expiry = (expiry << 8U) | digit;
    const Timestamp expires_at = from_unix(static_cast<std::int64_t>(expiry));
    if (expires_at <= now) return fail(ErrorCode::expired, "This page was open for too long.");
    const bool first =
        TRY(store::consume_passkey_challenge(tx, head.first(random_bytes), expires_at));
    if (!first) return fail(ErrorCode::invalid_token, "This passkey answer was used before.");
    return {};
}

}  // namespace latchkey::webauthn
