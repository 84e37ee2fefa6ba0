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

/// Removes at most `limit` used ids of consent tokens that expired before `now`; how many went.
[[nodiscard]] Result<std::int64_t> delete_expired_consent_tokens(database::WriteTransaction& tx,
                                                                 Timestamp now, int limit);

struct FamilyKey {
    UserId user_id;
    ClientId client_id;
    FamilyId family_id;

    bool operator==(const FamilyKey&) const = default;
};
/// A stretch of the walk over all families that finds the expired ones: no index leads to them,
/// since each exchange and refresh would have to write it.
struct FamilyStretch {
    int rows = 0;    // that were looked at; fewer than asked for: the table ends here
    FamilyKey last;  // the next stretch begins behind it
    std::vector<FamilyKey> expired;
};
/// Looks at `rows` families from behind `after` on, which at the start of a walk is FamilyKey{}.
[[nodiscard]] Result<FamilyStretch> find_expired_families(database::ReadTransaction& tx,
                                                          const FamilyKey& after, Timestamp now,
                                                          int rows);
/// Removes those of the stretch that are still expired at `now`; how many went.
[[nodiscard]] Result<std::int64_t> delete_expired_families(database::WriteTransaction& tx,
                                                           const FamilyStretch& stretch,
                                                           Timestamp now);

}  // namespace latchkey::store
