#include "store/connections.hpp"

#include "store/columns.hpp"
#include "store/webhooks.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql find_connected_user_sql =
    R"(SELECT c.user_id, c.client_id, c.state, c.generation, c.scopes, c.created_at, c.updated_at,
              c.ended_marks, u.email_hash, u.wrapped_key, u.sealed_profile, u.created_at, u.updated_at
       FROM connections c JOIN users u ON u.id = c.user_id
       WHERE c.user_id = ?1 AND c.client_id = ?2)";
constexpr database::Sql find_sql =
    R"(SELECT user_id, client_id, state, generation, scopes, created_at, updated_at, ended_marks
       FROM connections WHERE user_id = ?1 AND client_id = ?2)";
constexpr database::Sql list_of_user_sql =
    R"(SELECT user_id, client_id, state, generation, scopes, created_at, updated_at, ended_marks
       FROM connections WHERE user_id = ?1 AND client_id > ?2 ORDER BY client_id LIMIT ?3)";
constexpr database::Sql list_of_client_sql =
    R"(SELECT user_id, client_id, state, generation, scopes, created_at, updated_at, ended_marks
       FROM connections WHERE client_id = ?1 AND user_id > ?2 ORDER BY user_id LIMIT ?3)";
// state 1 = live, 2 = revoked.
constexpr database::Sql upsert_sql =
    R"(INSERT INTO connections
           (user_id, client_id, state, generation, scopes, created_at, updated_at)
       VALUES (?1, ?2, 1, 1, ?3, ?4, ?4)
       ON CONFLICT (user_id, client_id) DO UPDATE SET
           generation = connections.generation
               + CASE WHEN connections.state = 1 THEN 0 ELSE 1 END,
           state = 1, scopes = excluded.scopes, updated_at = excluded.updated_at
       RETURNING user_id, client_id, state, generation, scopes, created_at, updated_at,
                 ended_marks)";
// Set only where nobody changed it meanwhile: ?4 is what was read, ?5 the empty blob.
constexpr database::Sql end_marks_sql =
    R"(UPDATE connections SET ended_marks = ?3
       WHERE user_id = ?1 AND client_id = ?2 AND coalesce(ended_marks, ?5) = ?4)";
constexpr database::Sql revoke_sql =
    R"(UPDATE connections SET state = 2, generation = generation + 1, updated_at = ?3
       WHERE user_id = ?1 AND client_id = ?2 AND state = 1)";
constexpr database::Sql delete_families_sql =
    "DELETE FROM refresh_families WHERE user_id = ?1 AND client_id = ?2";

// The statements above write these values out.
static_assert(static_cast<int>(ConnectionState::live) == 1);
static_assert(static_cast<int>(ConnectionState::revoked) == 2);

ConnectionRecord read_connection(const Row& row) {
    // Anything but the live mark is not live.
    const bool live = row.integer(2) == static_cast<int>(ConnectionState::live);
    return {.user_id = row.id<UserId>(0),
            .client_id = row.id<ClientId>(1),
            .state = live ? ConnectionState::live : ConnectionState::revoked,
            .generation = row.integer(3),
            .scopes = scopes_column(row, 4),
            .created_at = time_column(row, 5),
            .updated_at = time_column(row, 6),
            .ended_marks = bytes_column(row, 7)};
}

ConnectedUser read_connected_user(const Row& row) {
    return {.connection = read_connection(row),
            .user = {.id = row.id<UserId>(0),
                     .email_hash = bytes_column(row, 8),
                     .wrapped_key = bytes_column(row, 9),
                     .sealed_profile = bytes_column(row, 10),
                     .created_at = time_column(row, 11),
                     .updated_at = time_column(row, 12)}};
}

}  // namespace

Result<std::optional<ConnectedUser>> find_connected_user(database::ReadTransaction& tx,
                                                         UserId user_id, ClientId client_id) {
    return tx.find(find_connected_user_sql, {user_id, client_id}, read_connected_user);
}

Result<std::optional<ConnectionRecord>> find_connection(database::ReadTransaction& tx,
                                                        UserId user_id, ClientId client_id) {
    return tx.find(find_sql, {user_id, client_id}, read_connection);
}

Result<std::vector<ConnectionRecord>> list_connections_of_user(database::ReadTransaction& tx,
                                                               UserId user_id,
                                                               std::optional<ClientId> after,
                                                               int limit) {
    return collect(tx, list_of_user_sql, {user_id, page_start(after), limit}, read_connection);
}

Result<std::vector<ConnectionRecord>> list_connections_of_client(database::ReadTransaction& tx,
                                                                 ClientId client_id,
                                                                 std::optional<UserId> after,
                                                                 int limit) {
    return collect(tx, list_of_client_sql, {client_id, page_start(after), limit}, read_connection);
}

Result<ConnectionRecord> upsert_connection(database::WriteTransaction& tx, UserId user_id,
                                           ClientId client_id, ScopeSet scopes, Timestamp now) {
    const auto row = TRY(tx.find(upsert_sql, {user_id, client_id, to_column(scopes), to_unix(now)},
                                 read_connection));
    if (!row) return fail(ErrorCode::internal, "Internal error.", "an upsert returned no row");
    return *row;
}

Result<bool> replace_ended_marks(database::WriteTransaction& tx, const ConnectionRecord& read,
                                 ByteView marks) {
    const std::int64_t changed = TRY(tx.execute(
        end_marks_sql, {read.user_id, read.client_id, marks, read.ended_marks, ByteView{}}));
    return changed == 1;
}

Result<bool> revoke_connection(database::WriteTransaction& tx, UserId user_id, ClientId client_id,
                               Timestamp now) {
    const std::int64_t revoked = TRY(tx.execute(revoke_sql, {user_id, client_id, to_unix(now)}));
    if (revoked == 0) return false;
    TRY(tx.execute(delete_families_sql, {user_id, client_id}));
    const Change change{.client_id = client_id,
                        .user_id = user_id,
                        .topic = ChangeTopic::connection_revoked,
                        .keys = {}};
    TRY(record_change(tx, change, now));
    return true;
}

}  // namespace latchkey::store
