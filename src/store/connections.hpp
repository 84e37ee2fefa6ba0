#pragma once

// Connections, the ids of consent tokens already used, and refresh-token families. Every state
// change is one statement that checks and sets, so that no two requests can both win.

#include <optional>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

/// A connection and the user's sealed profile in one read: the Users API's hot path.
struct ConnectedUser {
    ConnectionRecord connection;
    UserRecord user;
};
[[nodiscard]] Result<std::optional<ConnectedUser>> find_connected_user(
    database::ReadTransaction& tx, UserId user_id, ClientId client_id);

[[nodiscard]] Result<std::optional<ConnectionRecord>> find_connection(database::ReadTransaction& tx,
                                                                      UserId user_id,
                                                                      ClientId client_id);
/// Keyset pages: of one user's connections by client id, of one client's by user id.
[[nodiscard]] Result<std::vector<ConnectionRecord>> list_connections_of_user(
    database::ReadTransaction& tx, UserId user_id, std::optional<ClientId> after, int limit);
[[nodiscard]] Result<std::vector<ConnectionRecord>> list_connections_of_client(
    database::ReadTransaction& tx, ClientId client_id, std::optional<UserId> after, int limit);

/// Creates the connection, or sets its scopes and makes it live again (a revoked one comes back
/// with a higher generation, so that nothing issued before works). The row as it is afterwards.
[[nodiscard]] Result<ConnectionRecord> upsert_connection(database::WriteTransaction& tx,
                                                         UserId user_id, ClientId client_id,
                                                         ScopeSet scopes, Timestamp now);
/// Compare-and-set of `read.ended_marks`. False: someone else changed them meanwhile.
[[nodiscard]] Result<bool> replace_ended_marks(database::WriteTransaction& tx,
                                               const ConnectionRecord& read, ByteView marks);
/// Marks it revoked, raises its generation and deletes its refresh families. False: none live.
[[nodiscard]] Result<bool> revoke_connection(database::WriteTransaction& tx, UserId user_id,
                                             ClientId client_id, Timestamp now);

/// Remembers a consent token's jti until it expires. False: it was used before. `expires_at` is
/// the token's own `exp`: the two go together in the key, so that the table stays in time order.
[[nodiscard]] Result<bool> consume_consent_token(database::WriteTransaction& tx, ConsentTokenId jti,
                                                 Timestamp expires_at);

[[nodiscard]] Result<std::optional<RefreshFamilyRecord>> find_refresh_family(
    database::ReadTransaction& tx, UserId user_id, ClientId client_id, FamilyId family_id);
/// Inserts a family; when more than `max_live` are there for this (user, client), the ones that
/// began first go.
[[nodiscard]] Result<void> insert_refresh_family(database::WriteTransaction& tx,
                                                 const RefreshFamilyRecord& family, int max_live);
/// Compare-and-set: replaces current/previous hash, successor, generation, rotated_at and
/// expires_at only where the generation is still `expected_generation`. False: someone else was
/// first.
[[nodiscard]] Result<bool> rotate_refresh_family(database::WriteTransaction& tx,
                                                 const RefreshFamilyRecord& next,
                                                 std::int64_t expected_generation);
[[nodiscard]] Result<bool> delete_refresh_family(database::WriteTransaction& tx, UserId user_id,
                                                 ClientId client_id, FamilyId family_id);

/// Removes at most `limit` rows that expired before `now` from each table above. How many rows it
/// dealt with, those that turned out to live on included: at `limit` or more there is more to do.
[[nodiscard]] Result<std::int64_t> delete_expired(database::WriteTransaction& tx, Timestamp now,
                                                  int limit);

}  // namespace latchkey::store
