#include "keys/key_ring.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <tuple>
#include <utility>
#include <vector>

#include "database/run_write.hpp"
#include "jose/jwk.hpp"
#include "keys/ring_store.hpp"
#include "keys/snapshot.hpp"
#include "keys/wrapping.hpp"

namespace latchkey::keys {
namespace {

/// Which keys there are and which of them are in use: what a reload compares.
using Signature = std::vector<std::tuple<std::string, std::int64_t, bool>>;

template <class Keys>
Signature signature_of(const Keys& keys, Timestamp now) {
    Signature signature;
    for (const auto& key : keys) {
        signature.emplace_back(key.purpose, key.version, key.use_from <= now);
    }
    std::ranges::sort(signature);
    return signature;
}

}  // namespace

// Snapshots are kept for as long as the ring lives, since others hold references into them. There
// is a new one only when an operator, or a quarter of a year, brings a new key.
class KeyRing::State {
public:
    State(Wrapping wrap, RealmId whose, Random& source)
        : wrapping(std::move(wrap)), realm(whose), random(source) {}

    [[nodiscard]] const Snapshot& now() const { return *current_.load(std::memory_order_acquire); }
    [[nodiscard]] bool is_as(const Signature& signature) {
        const std::lock_guard lock(mutex_);
        return signature == signature_;
    }

    Result<void> switch_to(std::vector<RingKey> keys, Timestamp now) {
        std::ranges::sort(keys, {}, &RingKey::version);
        auto snapshot = TRY(Snapshot::of(keys, now));
        const std::lock_guard lock(mutex_);
        signature_ = signature_of(keys, now);
        snapshots_.push_back(std::move(snapshot));
        current_.store(snapshots_.back().get(), std::memory_order_release);
        return {};
    }

    const Wrapping wrapping;
    const RealmId realm;
    Random& random;

private:
    std::mutex mutex_;
    Signature signature_;
    std::vector<std::unique_ptr<const Snapshot>> snapshots_;
    std::atomic<const Snapshot*> current_{nullptr};
};

KeyRing::KeyRing(std::unique_ptr<State> state) : state_(std::move(state)) {}
KeyRing::~KeyRing() = default;

namespace {

constexpr int max_load_attempts = 3;  // one to lose the race, one to read what the winner wrote

Result<std::vector<store::KeyRecord>> read_keys(database::Database& database, RealmId realm) {
    const auto tx = TRY(database.read());
    return store::list_keys(*tx, realm);
}

/// Every purpose has at least one key when this succeeds. Two processes that start at once agree:
/// the later one finds the rows of the first and takes those.
Result<std::vector<RingKey>> load_or_make_keys(const Wrapping& wrapping,
                                               database::Database& database, RealmId realm,
                                               Random& random, Timestamp now) {
    for (int attempt = 0; attempt < max_load_attempts; ++attempt) {
        const auto records = TRY(read_keys(database, realm));
        auto keys = TRY(unwrap_all(wrapping, records));
        const auto made = TRY(make_missing_keys(wrapping, realm, records, random, now));
        if (made.empty()) return keys;
        const auto inserted = database::run_write(database, [&](database::WriteTransaction& tx) {
            return insert_keys(wrapping, tx, made);
        });
        if (!inserted && inserted.error().code != ErrorCode::conflict) {
            return Failure(inserted.error());
        }
    }
    return fail(ErrorCode::unavailable, "The key ring is being changed. Try again.");
}

}  // namespace

Result<std::unique_ptr<KeyRing>> KeyRing::load(const Secret& master_key,
                                               database::Database& database, RealmId realm,
                                               Random& random, Timestamp now) {
    const Wrapping wrapping = TRY(Wrapping::under(master_key));
    auto keys = TRY(load_or_make_keys(wrapping, database, realm, random, now));
    auto state = std::make_unique<State>(wrapping, realm, random);
    TRY(state->switch_to(std::move(keys), now));
    return std::unique_ptr<KeyRing>(new KeyRing(std::move(state)));
}

Result<Reload> KeyRing::reload(database::Database& database, Timestamp now) {
    const auto tx = TRY(database.read());
    const auto records = TRY(store::list_keys(*tx, state_->realm));
    if (state_->is_as(signature_of(records, now))) return Reload::unchanged;
    auto keys = TRY(unwrap_all(state_->wrapping, records));
    TRY(state_->switch_to(std::move(keys), now));
    return Reload::changed;
}

void KeyRing::seal(Purpose purpose, ByteView plain, ByteView associated, std::string& out) const {
    const SealingKey& key = state_->now().current(purpose);
    out.push_back(static_cast<char>(key.version));
    key.cipher.seal(state_->random, plain, {associated}, out);
}

Result<Secret> KeyRing::open(Purpose purpose, ByteView sealed, ByteView associated) const {
    if (sealed.size() < sealed_overhead) {
        return fail(ErrorCode::malformed, "The sealed data is damaged.", "short");
    }
    const SealingKey* key = state_->now().find(purpose, sealed[0]);
    if (key == nullptr) {
        return fail(ErrorCode::malformed, "The sealed data is damaged.", "unknown key version");
    }
    return key->cipher.open(sealed.subspan(1), {associated});
}

KeyRing::Current KeyRing::current(Purpose purpose) const {
    const Snapshot& snapshot = state_->now();
    const SealingKey& key = snapshot.current(purpose);
    return {key.version, key.use_from, snapshot.count(purpose) - 1};
}

Bytes KeyRing::keyed_hash(Purpose purpose, ByteView message) const {
    const crypto::Sha256 tag = state_->now().current(purpose).hash.tag(message);
    return Bytes(tag.begin(), tag.end());
}

Secret KeyRing::derive(Purpose purpose, std::string_view info) const {
    return crypto::hkdf_expand(state_->now().current(purpose).derivation, info);
}

const SigningKey& KeyRing::consent_signing_key() const {
    return state_->now().consent_signing_key();
}

const SigningKey* KeyRing::find_consent_signing_key(std::string_view kid) const {
    return state_->now().find_consent_signing_key(kid);
}

const jose::KeySet& KeyRing::consent_verification_keys() const {
    return state_->now().consent_verification();
}

std::string KeyRing::consent_jwks() const {
    return jose::to_jwks(consent_verification_keys().keys());
}

RealmId KeyRing::realm() const noexcept { return state_->realm; }

const Wrapping& KeyRing::wrapping() const { return state_->wrapping; }

}  // namespace latchkey::keys
