#pragma once

// The browsers in which people are signed in to Latchkey itself. The cookie's secret finds a
// session; its public id names it on pages and in the refresh families that came from it.

#include <optional>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

/// Errors: conflict when the hash is there.
[[nodiscard]] Result<void> insert_session(database::WriteTransaction& tx,
                                          const BrowserSessionRecord& session);
/// Absent if it is of another realm's person.
[[nodiscard]] Result<std::optional<BrowserSessionRecord>> find_session(
    database::ReadTransaction& tx, RealmId realm, ByteView session_hash);
/// False: there is no such session, or it is of another realm's person. Of several that end one,
/// one is told true.
[[nodiscard]] Result<bool> delete_session(database::WriteTransaction& tx, RealmId realm,
                                          ByteView session_hash);

/// A person's sessions that have not expired, in order of their hashes.
[[nodiscard]] Result<std::vector<BrowserSessionRecord>> list_sessions(database::ReadTransaction& tx,
                                                                      UserId user_id, Timestamp now,
                                                                      int limit);
/// One of this person's sessions. False: there is no such session.
[[nodiscard]] Result<bool> delete_session_of(database::WriteTransaction& tx, UserId user_id,
                                             SessionId id);
/// All of a person's sessions but one; how many went.
[[nodiscard]] Result<std::int64_t> delete_other_sessions(database::WriteTransaction& tx,
                                                         UserId user_id, ByteView kept_hash);

/// Removes at most `limit` that expired before `now`; how many went.
[[nodiscard]] Result<std::int64_t> delete_expired_sessions(database::WriteTransaction& tx,
                                                           Timestamp now, int limit);

}  // namespace latchkey::store
