#include "keys/key_ring.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "crypto/aead.hpp"
#include "crypto/hmac.hpp"
#include "jose/jwk.hpp"
#include "keys/purposes.hpp"
#include "keys/ring_store.hpp"
#include "keys/wrapping.hpp"

namespace latchkey::keys {
namespace {

constexpr std::int64_t max_version = 255;  // a sealed box has one byte for it

// One version of a purpose's key, parted by use: what one use reveals tells nothing of another.
struct SealingKey {
    std::uint8_t version;
    crypto::XChaCha20Poly1305 cipher;
    crypto::HmacSha256 hash;
    crypto::HmacSha256 derivation;  // the pseudorandom key of RFC 5869 2.2
};

Result<SealingKey> prepare(const RingKey& ring_key) {
    const ByteView key = ring_key.key.reveal_bytes();
    if (key.size() != KeyRing::key_size) {
        return fail(ErrorCode::storage_failed, "The key ring is damaged.", ring_key.purpose);
    }
    const auto part = [key](std::string_view use) {
        return crypto::hkdf_sha256({.key = key, .salt = {}, .info = use});
    };
    const Secret sealing = part("seal");
    const auto cipher = TRY(crypto::AeadKey::from_bytes(sealing.reveal_bytes()));
    return SealingKey{.version = static_cast<std::uint8_t>(ring_key.version),
                      .cipher = crypto::XChaCha20Poly1305(cipher),
                      .hash = crypto::HmacSha256(part("hash").reveal_bytes()),
                      .derivation = crypto::HmacSha256(part("derive").reveal_bytes())};
}

}  // namespace

// Never changes once it is loaded, so that many threads read it without a lock. Versions stand
// oldest first: the newest seals and signs, any opens and verifies.
class KeyRing::State {
public:
    explicit State(Random& source) : random(source) {}

    [[nodiscard]] const SealingKey& newest(Purpose purpose) const {
        return sealing[index_of(purpose)].back();
    }
    [[nodiscard]] const SealingKey* find(Purpose purpose, std::uint8_t version) const {
        const auto& versions = sealing[index_of(purpose)];
        const auto found = std::ranges::find(versions, version, &SealingKey::version);
        return found == versions.end() ? nullptr : &*found;
    }

    Result<void> add(const RingKey& key) {
        if (key.version < 1 || key.version > max_version) {
            return fail(ErrorCode::storage_failed, "The key ring is damaged.", key.purpose);
        }
        if (key.purpose == consent_signing_name) return add_consent_key(key);
        const auto named = std::ranges::find(sealing_purposes, key.purpose, &NamedPurpose::name);
        // A newer program beside this one may know more purposes.
        if (named == sealing_purposes.end()) return {};
        sealing[index_of(named->purpose)].push_back(TRY(prepare(key)));
        return {};
    }

    Random& random;
    std::array<std::vector<SealingKey>, sealing_purposes.size()> sealing;
    std::vector<SigningKey> consent;
    jose::KeySet consent_verification;

private:
    Result<void> add_consent_key(const RingKey& key) {
        auto rsa = TRY(crypto::RsaPrivateKey::from_pkcs8(key.key.reveal_bytes()));
        consent.push_back(SigningKey::with_thumbprint(std::move(rsa)));
        return consent_verification.add(consent.back().verification_key());
    }
};

KeyRing::KeyRing(std::unique_ptr<State> state) : state_(std::move(state)) {}
KeyRing::~KeyRing() = default;

Result<std::unique_ptr<KeyRing>> KeyRing::load(const Secret& master_key,
                                               database::Database& database, Random& random,
                                               Timestamp now) {
    const Wrapping wrapping = TRY(Wrapping::under(master_key));
    auto keys = TRY(load_or_make_keys(wrapping, database, random, now));
    std::ranges::sort(keys, {}, &RingKey::version);
    auto state = std::make_unique<State>(random);
    for (const RingKey& key : keys) TRY(state->add(key));
    return std::unique_ptr<KeyRing>(new KeyRing(std::move(state)));
}

void KeyRing::seal(Purpose purpose, ByteView plain, ByteView associated, std::string& out) const {
    const SealingKey& key = state_->newest(purpose);
    out.push_back(static_cast<char>(key.version));
    key.cipher.seal(state_->random, plain, {associated}, out);
}

Result<Secret> KeyRing::open(Purpose purpose, ByteView sealed, ByteView associated) const {
    if (sealed.size() < sealed_overhead) {
        return fail(ErrorCode::malformed, "The sealed data is damaged.", "short");
    }
    const SealingKey* key = state_->find(purpose, sealed[0]);
    if (key == nullptr) {
        return fail(ErrorCode::malformed, "The sealed data is damaged.", "unknown key version");
    }
    return key->cipher.open(sealed.subspan(1), {associated});
}

Bytes KeyRing::keyed_hash(Purpose purpose, ByteView message) const {
    const crypto::Sha256 tag = state_->newest(purpose).hash.tag(message);
    return Bytes(tag.begin(), tag.end());
}

Secret KeyRing::derive(Purpose purpose, std::string_view info) const {
    return crypto::hkdf_expand(state_->newest(purpose).derivation, info);
}

const SigningKey& KeyRing::consent_signing_key() const { return state_->consent.back(); }

const SigningKey* KeyRing::find_consent_signing_key(std::string_view kid) const {
    const auto found = std::ranges::find(state_->consent, kid, &SigningKey::kid);
    return found == state_->consent.end() ? nullptr : &*found;
}

const jose::KeySet& KeyRing::consent_verification_keys() const {
    return state_->consent_verification;
}

std::string KeyRing::consent_jwks() const {
    return jose::to_jwks(state_->consent_verification.keys());
}

}  // namespace latchkey::keys
