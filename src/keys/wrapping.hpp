#pragma once

// How the master key wraps the ring's keys for the store: XChaCha20-Poly1305 under a key derived
// from it, bound to realm, purpose and version, so that no row opens in another's place.

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/aead.hpp"
#include "store/keys.hpp"

namespace latchkey::keys {

class Wrapping {
public:
    /// Errors: invalid_argument unless the master key is 32 bytes.
    [[nodiscard]] static Result<Wrapping> under(const Secret& master_key);

    struct Place {
        RealmId realm;
        std::string_view purpose;
        std::int64_t version;
    };
    [[nodiscard]] store::KeyRecord wrap(const Secret& key, Place place, Random& random,
                                        Timestamp now) const;
    /// Errors: invalid_argument when it was wrapped under another master key or has changed.
    [[nodiscard]] Result<Secret> unwrap(const store::KeyRecord& record) const;

private:
    explicit Wrapping(const crypto::AeadKey& key) : cipher_(key) {}
    crypto::XChaCha20Poly1305 cipher_;
};

}  // namespace latchkey::keys
