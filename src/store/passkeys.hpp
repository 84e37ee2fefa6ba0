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
/// Absent if it is of another realm's person.
[[nodiscard]] Result<std::optional<PasskeyRecord>> find_passkey(database::ReadTransaction& tx,
                                                                RealmId realm, UserId user_id,
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

struct SealedPasskeyName {
    UserId user_id;
    Bytes credential_id;
    Bytes sealed_name;
};
struct PasskeyPage {
    UserId user_id;  // behind this person's passkey …
    ByteView credential_id;
    int limit = 0;
};
/// A keyset page of the names of a realm's passkeys, in the order of users and credentials; all
/// zero: the first.
[[nodiscard]] Result<std::vector<SealedPasskeyName>> list_sealed_passkey_names(
    database::ReadTransaction& tx, RealmId realm, const PasskeyPage& page);
/// Compare-and-set. False: it changed meanwhile, or the passkey is gone.
[[nodiscard]] Result<bool> replace_sealed_passkey_name(database::WriteTransaction& tx,
                                                       const SealedPasskeyName& read,
                                                       ByteView next);
/// How many of a realm's passkeys have a name under this version of a ring key.
[[nodiscard]] Result<std::int64_t> count_passkey_names_under(database::ReadTransaction& tx,
                                                             RealmId realm, std::int64_t version);

/// Remembers an answered challenge until it expires. False: it was answered before.
[[nodiscard]] Result<bool> consume_passkey_challenge(database::WriteTransaction& tx,
                                                     ByteView challenge, Timestamp expires_at);

/// Removes at most `limit` challenges that expired before `now`; how many went.
[[nodiscard]] Result<std::int64_t> delete_expired_passkey_challenges(database::WriteTransaction& tx,
                                                                     Timestamp now, int limit);

}  // namespace latchkey::store
