#pragma once

// Users, sealed as they are: this layer never sees a profile in the clear.

#include <optional>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

/// Errors: conflict when the realm has a user of this e-mail hash, or the id is taken.
[[nodiscard]] Result<void> insert_user(database::WriteTransaction& tx, const UserRecord& user);
/// Absent if it is another realm's.
[[nodiscard]] Result<std::optional<UserRecord>> find_user(database::ReadTransaction& tx,
                                                          RealmId realm, UserId id);
[[nodiscard]] Result<std::optional<UserRecord>> find_user_by_email(database::ReadTransaction& tx,
                                                                   RealmId realm,
                                                                   ByteView email_hash);
/// Replaces email_hash, sealed_profile and updated_at. Errors: not_found, conflict.
[[nodiscard]] Result<void> update_user(database::WriteTransaction& tx, const UserRecord& user);
/// Deletes the person, whose wrapped key goes with the row, and with them their browsers, passkeys,
/// connections and refresh families. The values that apps keep on them are out of sight with the
/// connections and go by sweep_removals; the audit trail stays and holds no personal data.
/// False: there is no such person.
[[nodiscard]] Result<bool> delete_user(database::WriteTransaction& tx, UserId id);

struct WrappedUserKey {
    UserId user_id;
    Bytes wrapped_key;
};
/// A keyset page of a realm's users' keys, in the order of ids, whatever wraps them.
[[nodiscard]] Result<std::vector<WrappedUserKey>> list_wrapped_user_keys(
    database::ReadTransaction& tx, RealmId realm, std::optional<UserId> after, int limit);
/// Compare-and-set. False: it changed meanwhile, or the person is gone.
[[nodiscard]] Result<bool> replace_wrapped_user_key(database::WriteTransaction& tx,
                                                    const WrappedUserKey& read, ByteView next);
/// How many of a realm's users' keys are wrapped under this version of a ring key, which their
/// first byte says. Reads them all: for commands, not for requests.
[[nodiscard]] Result<std::int64_t> count_user_keys_under(database::ReadTransaction& tx,
                                                         RealmId realm, std::int64_t version);

}  // namespace latchkey::store
