#include "keys/snapshot.hpp"

#include <algorithm>

namespace latchkey::keys {
namespace {

constexpr std::int64_t max_version = 255;  // a sealed box has one byte for it

Failure damaged(const RingKey& key) {
    return fail(ErrorCode::storage_failed, "The key ring is damaged.", key.purpose);
}

Result<SealingKey> prepare(const RingKey& ring_key) {
    const ByteView key = ring_key.key.reveal_bytes();
    if (key.size() != KeyRing::key_size) return damaged(ring_key);
    const auto part = [key](std::string_view use) {
        return crypto::hkdf_sha256({.key = key, .salt = {}, .info = use});
    };
    const Secret sealing = part("seal");
    const auto cipher = TRY(crypto::AeadKey::from_bytes(sealing.reveal_bytes()));
    return SealingKey{.version = static_cast<std::uint8_t>(ring_key.version),
                      .use_from = ring_key.use_from,
                      .cipher = crypto::XChaCha20Poly1305(cipher),
                      .hash = crypto::HmacSha256(part("hash").reveal_bytes()),
                      .derivation = crypto::HmacSha256(part("derive").reveal_bytes())};
}

}  // namespace

Result<std::unique_ptr<const Snapshot>> Snapshot::of(const std::vector<RingKey>& keys,
                                                     Timestamp now) {
    std::unique_ptr<Snapshot> snapshot(new Snapshot);
    for (const RingKey& key : keys) TRY(snapshot->add(key));
    for (Versions& versions : snapshot->sealing_) {
        if (versions.keys.empty()) {
            return fail(ErrorCode::storage_failed, "The key ring is damaged.", "a purpose is gone");
        }
        versions.current = current_of(versions.keys, now);
    }
    if (snapshot->consent_.empty()) {
        return fail(ErrorCode::storage_failed, "The key ring is damaged.", "no signing key");
    }
    snapshot->current_consent_ = current_of(snapshot->consent_, now);
    return std::unique_ptr<const Snapshot>(std::move(snapshot));
}

const SealingKey* Snapshot::find(Purpose purpose, std::uint8_t version) const {
    const auto& keys = sealing_[index_of(purpose)].keys;
    const auto found = std::ranges::find(keys, version, &SealingKey::version);
    return found == keys.end() ? nullptr : &*found;
}

const SigningKey* Snapshot::find_consent_signing_key(std::string_view kid) const {
    for (const ConsentKey& consent : consent_) {
        if (consent.key.kid() == kid) return &consent.key;
    }
    return nullptr;
}

Result<void> Snapshot::add(const RingKey& key) {
    if (key.version < 1 || key.version > max_version) return damaged(key);
    if (key.purpose == consent_signing.name) return add_consent_key(key);
    const auto named = std::ranges::find(sealing_purposes, key.purpose, &PurposePolicy::name);
    // A newer program beside this one may know more purposes.
    if (named == sealing_purposes.end()) return {};
    const auto index = static_cast<std::size_t>(named - sealing_purposes.begin());
    sealing_[index].keys.push_back(TRY(prepare(key)));
    return {};
}

Result<void> Snapshot::add_consent_key(const RingKey& key) {
    auto rsa = TRY(crypto::RsaPrivateKey::from_pkcs8(key.key.reveal_bytes()));
    consent_.push_back({SigningKey::with_thumbprint(std::move(rsa)), key.use_from});
    return verification_.add(consent_.back().key.verification_key());
}

}  // namespace latchkey::keys
