#pragma once

// Which rows are sealed under which version of a ring key: their first byte says so. For sealing
// rows again under a newer key, and for not throwing away a key that something still needs.

#include <optional>
#include <string_view>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

/// How many rows are sealed under `version` of the purpose of this name (keys/purposes.hpp). Zero
/// for purposes that seal no rows. Reads whole tables: for commands, not for requests.
[[nodiscard]] Result<std::int64_t> count_sealed_rows(database::ReadTransaction& tx,
                                                     std::string_view purpose,
                                                     std::int64_t version);

struct WrappedUserKey {
    UserId user_id;
    Bytes wrapped_key;
};
/// A keyset page of users' keys, in the order of ids, whatever wraps them.
[[nodiscard]] Result<std::vector<WrappedUserKey>> list_wrapped_user_keys(
    database::ReadTransaction& tx, std::optional<UserId> after, int limit);
/// Compare-and-set. False: it changed meanwhile, or the person is gone.
[[nodiscard]] Result<bool> replace_wrapped_user_key(database::WriteTransaction& tx,
                                                    const WrappedUserKey& read, ByteView next);

}  // namespace latchkey::store
