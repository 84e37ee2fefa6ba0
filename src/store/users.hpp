#pragma once

// Users, sealed as they are: this layer never sees a profile in the clear.

#include <optional>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

/// Errors: conflict when the e-mail hash is taken.
[[nodiscard]] Result<void> insert_user(database::WriteTransaction& tx, const UserRecord& user);
[[nodiscard]] Result<std::optional<UserRecord>> find_user(database::ReadTransaction& tx, UserId id);
[[nodiscard]] Result<std::optional<UserRecord>> find_user_by_email(database::ReadTransaction& tx,
                                                                   ByteView email_hash);
/// Replaces email_hash, sealed_profile and updated_at. Errors: not_found, conflict.
[[nodiscard]] Result<void> update_user(database::WriteTransaction& tx, const UserRecord& user);
/// Keyset page in id order after `after`, at most `limit` rows.
[[nodiscard]] Result<std::vector<UserRecord>> list_users(database::ReadTransaction& tx,
                                                         std::optional<UserId> after, int limit);

}  // namespace latchkey::store
