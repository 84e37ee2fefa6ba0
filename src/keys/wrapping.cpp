#include "keys/wrapping.hpp"

#include "crypto/hmac.hpp"
#include "keys/key_ring.hpp"

namespace latchkey::keys {
namespace {

constexpr std::string_view derivation = "latchkey key ring v1";

std::string associated_text(Wrapping::Place place) {
    std::string text(derivation);
    text.push_back('\0');
    text += as_text(place.realm.span());
    text.append(place.purpose).push_back('\0');
    return text += std::to_string(place.version);
}

}  // namespace

Result<Wrapping> Wrapping::under(const Secret& master_key) {
    if (master_key.size() != KeyRing::key_size) {
        return fail(ErrorCode::invalid_argument, "The master key is not 32 bytes.");
    }
    const Secret derived =
        crypto::hkdf_sha256({.key = master_key.reveal_bytes(), .salt = {}, .info = derivation});
    auto key = TRY(crypto::AeadKey::from_bytes(derived.reveal_bytes()));
    return Wrapping(key);
}

store::KeyRecord Wrapping::wrap(const Secret& key, Place place, Random& random,
                                Timestamp now) const {
    const std::string associated = associated_text(place);
    std::string wrapped;
    cipher_.seal(random, key.reveal_bytes(), {as_bytes(associated)}, wrapped);
    return {.realm_id = place.realm,
            .purpose = std::string(place.purpose),
            .version = place.version,
            .wrapped_key = Bytes(wrapped.begin(), wrapped.end()),
            .created_at = now,
            .use_from = now};
}

Result<Secret> Wrapping::unwrap(const store::KeyRecord& record) const {
    const std::string associated =
        associated_text({record.realm_id, record.purpose, record.version});
    auto key = cipher_.open(record.wrapped_key, {as_bytes(associated)});
    if (!key) {
        return fail(ErrorCode::invalid_argument, "The master key does not open this store.",
                    "key " + record.purpose + " " + std::to_string(record.version) +
                        ": wrapped under another master key, or damaged");
    }
    return key;
}

}  // namespace latchkey::keys
