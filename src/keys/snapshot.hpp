#pragma once

// The ring at one moment: keys ready for use, and which of them are current. Never changes, so
// that many threads read it without a lock. For key_ring.cpp alone.

#include <array>
#include <vector>

#include "crypto/aead.hpp"
#include "crypto/hmac.hpp"
#include "keys/purposes.hpp"
#include "keys/ring_store.hpp"

namespace latchkey::keys {

/// One version of a purpose's key, parted by use: what one use reveals tells nothing of another.
struct SealingKey {
    std::uint8_t version;
    Timestamp use_from;
    crypto::XChaCha20Poly1305 cipher;
    crypto::HmacSha256 hash;
    crypto::HmacSha256 derivation;  // the pseudorandom key of RFC 5869 2.2
};

/// The place of the current key among `keys`, oldest first: the newest whose time has come, or the
/// oldest when the time of none has (a clock that was set back).
template <class Keys>
[[nodiscard]] std::size_t current_of(const Keys& keys, Timestamp now) {
    std::size_t current = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].use_from <= now) current = i;
    }
    return current;
}

class Snapshot {
public:
    /// `keys` in the order of their versions. Errors: storage_failed (a damaged key).
    [[nodiscard]] static Result<std::unique_ptr<const Snapshot>> of(
        const std::vector<RingKey>& keys, Timestamp now);

    [[nodiscard]] const SealingKey& current(Purpose purpose) const {
        const Versions& versions = sealing_[index_of(purpose)];
        return versions.keys[versions.current];
    }
    [[nodiscard]] std::size_t count(Purpose purpose) const {
        return sealing_[index_of(purpose)].keys.size();
    }
    /// Null when there is no such version.
    [[nodiscard]] const SealingKey* find(Purpose purpose, std::uint8_t version) const;

    [[nodiscard]] const SigningKey& consent_signing_key() const {
        return consent_[current_consent_].key;
    }
    [[nodiscard]] const SigningKey* find_consent_signing_key(std::string_view kid) const;
    [[nodiscard]] const jose::KeySet& consent_verification() const { return verification_; }

private:
    struct Versions {
        std::vector<SealingKey> keys;
        std::size_t current = 0;
    };
    struct ConsentKey {
        SigningKey key;
        Timestamp use_from;
    };

    Snapshot() = default;
    [[nodiscard]] Result<void> add(const RingKey& key);
    [[nodiscard]] Result<void> add_consent_key(const RingKey& key);

    std::array<Versions, sealing_purposes.size()> sealing_;
    std::vector<ConsentKey> consent_;
    std::size_t current_consent_ = 0;
    jose::KeySet verification_;
};

}  // namespace latchkey::keys
