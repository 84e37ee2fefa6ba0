#pragma once

// People. A profile is sealed under a random key of its own, and the key ring wraps that key: who
// shreds the wrapped key has deleted the person. Look-up by e-mail goes through a keyed hash.

#include <optional>
#include <string_view>

#include "base/random.hpp"
#include "base/result.hpp"
#include "database/database.hpp"
#include "keys/key_ring.hpp"
#include "model/records.hpp"

namespace latchkey::people {

struct User {
    UserId id;
    Profile profile;
    Timestamp created_at;
    Timestamp updated_at;
};

/// Opens a record's profile: two symmetric decryptions, no database. Errors: invalid_token when
/// the record was tampered with or belongs to another user; malformed.
[[nodiscard]] Result<Profile> open_profile(const keys::KeyRing& keys, const UserRecord& record);

/// Checks every field (contact.hpp) and brings it to its one form. Errors: invalid_argument.
[[nodiscard]] Result<Profile> check_profile(Profile profile);

/// Creates a person. Errors: invalid_argument (check_profile), conflict when the address is taken.
[[nodiscard]] Result<User> create_user(database::WriteTransaction& tx, const keys::KeyRing& keys,
                                       Random& random, Profile profile, Timestamp now);

/// The keyed hash that an address is looked up by, the same for every spelling of it.
[[nodiscard]] Bytes hash_email(const keys::KeyRing& keys, std::string_view email);

[[nodiscard]] Result<std::optional<User>> find_user(database::ReadTransaction& tx,
                                                    const keys::KeyRing& keys, UserId id);
/// Any spelling of the address (case). Errors: invalid_argument when it is not an address.
[[nodiscard]] Result<std::optional<User>> find_user_by_email(database::ReadTransaction& tx,
                                                             const keys::KeyRing& keys,
                                                             std::string_view email);

/// Replaces the profile. Errors: not_found, invalid_argument, conflict (address of another).
[[nodiscard]] Result<User> update_user(database::WriteTransaction& tx, const keys::KeyRing& keys,
                                       Random& random, UserId id, Profile profile, Timestamp now);

}  // namespace latchkey::people
