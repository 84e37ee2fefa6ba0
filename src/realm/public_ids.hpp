#pragma once

// Public ids: how one client names one user, `sub` and `publicId` alike. Pairwise: the 128-bit user
// id goes through one block-cipher call under a key derived per client, so the id needs no look-up
// table, leads back to the user, and tells another client nothing.
//
// Text form: one key-version character, then the block in base62, always 22 digits.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "keys/key_ring.hpp"

namespace latchkey::realm {

/// Keeps the ciphers of recently seen clients, within a fixed bound. Thread-safe.
class PublicIds {
public:
    static constexpr std::size_t text_size = 23;
    static constexpr std::size_t cached_clients = 256;

    explicit PublicIds(const keys::KeyRing& keys);
    ~PublicIds();
    PublicIds(const PublicIds&) = delete;
    PublicIds& operator=(const PublicIds&) = delete;

    [[nodiscard]] std::string public_id(ClientId client, UserId user) const;

    /// The user a public id leads to; absent when `text` is not of the form. Another client's id
    /// leads to a user id that does not exist: the caller looks the user up and finds nobody.
    [[nodiscard]] std::optional<UserId> find_user(ClientId client, std::string_view text) const;

private:
    class Cache;
    std::unique_ptr<Cache> cache_;
};

}  // namespace latchkey::realm
