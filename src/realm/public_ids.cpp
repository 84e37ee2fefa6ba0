#include "realm/public_ids.hpp"

#include <array>
#include <mutex>

#include "base/text/base62.hpp"
#include "crypto/block_cipher.hpp"

namespace latchkey::realm {
namespace {

/// Names the key that made the id. The purpose has one key for as long as ids must stay stable.
constexpr char key_version = '1';

}  // namespace

/// Direct-mapped: a client id, being random, picks its own slot, and the newcomer stays.
class PublicIds::Cache {
public:
    explicit Cache(const keys::KeyRing& keys) : keys_(keys) {}

    crypto::BlockCipher cipher(ClientId client) {
        Slot& slot = slots_[client.bytes[0] % cached_clients];
        const std::lock_guard lock(slot.mutex);
        if (!slot.cipher || slot.client != client) {
            slot.cipher.emplace(derive(client));
            slot.client = client;
        }
        return *slot.cipher;
    }

private:
    struct Slot {
        std::mutex mutex;
        ClientId client;
        std::optional<crypto::BlockCipher> cipher;
    };

    crypto::BlockCipher derive(ClientId client) const {
        const Secret key = keys_.derive(keys::Purpose::public_id, as_text(client.bytes));
        // The ring derives 32 bytes, always: .value() cannot throw.
        return crypto::BlockCipher(crypto::AeadKey::from_bytes(key.reveal_bytes()).value());
    }

    const keys::KeyRing& keys_;
    std::array<Slot, cached_clients> slots_;
};

PublicIds::PublicIds(const keys::KeyRing& keys) : cache_(std::make_unique<Cache>(keys)) {}
PublicIds::~PublicIds() = default;

std::string PublicIds::public_id(ClientId client, UserId user) const {
    return key_version + to_base62(cache_->cipher(client).encrypt(user.bytes));
}

std::optional<UserId> PublicIds::find_user(ClientId client, std::string_view text) const {
    if (text.size() != text_size || text.front() != key_version) return std::nullopt;
    const auto block = from_base62(text.substr(1));
    if (!block) return std::nullopt;
    return UserId{cache_->cipher(client).decrypt(*block)};
}

}  // namespace latchkey::realm
