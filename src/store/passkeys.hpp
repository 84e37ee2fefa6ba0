#pragma once

// Passkeys: a person's WebAuthn credentials, and the challenges that were answered.

#include <optional>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

/// Errors: conflict when the person has this credential already.
[[nodiscard]] Result<void> insert_passkey(database::WriteTransaction& tx,
                                          const PasskeyRecord& passkey);
[[nodiscard]] Result<std::optional<PasskeyRecord>> find_passkey(database::ReadTransaction& tx,
                                                                UserId user_id,
                                                                ByteView credential_id);
/// Oldest first, at most `limit`.
[[nodiscard]] Result<std::vector<PasskeyRecord>> list_passkeys(database::ReadTransaction& tx,
                                                               UserId user_id, int limit);
/// Compare-and-set of a use: sets sign_count and last_used_at only where the stored count is still
/// below the new one, or both are zero (an authenticator without a counter). False: it was not.
[[nodiscard]] Result<bool> use_passkey(database::WriteTransaction& tx,
                                       const PasskeyRecord& passkey);
/// False: there is no such passkey.
[[nodiscard]] Result<bool> rename_passkey(database::WriteTransaction& tx,
                                          const PasskeyRecord& passkey);
[[nodiscard]] Result<bool> delete_passkey(database::WriteTransaction& tx, UserId user_id,
                                          ByteView credential_id);

/// Remembers an answered challenge until it expires. False: it was answered before.
[[nodiscard]] Result<bool> consume_passkey_challenge(database::WriteTransaction& tx,
                                                     ByteView challenge, Timestamp expires_at);

/// Removes at most `limit` challenges that expired before `now`; how many went.
[[nodiscard]] Result<std::int64_t> delete_expired_passkey_challenges(database::WriteTransaction& tx,
                                                                     Timestamp now, int limit);

}  // namespace latchkey::store
