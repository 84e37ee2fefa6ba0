#include "store/connections.hpp"

#include "store/logo_columns.hpp"
#include "store/refresh_families.hpp"
#include "store/removals.hpp"
#include "store/rows.hpp"
#include "store/statement.hpp"
#include "store/user_columns.hpp"
#include "store/webhook_deliveries.hpp"

namespace latchkey::store {
namespace {

constexpr Part connection_columns =
    "connections.user_id, connections.client_id, connections.state, connections.revocations, "
    "connections.scopes, connections.created_at, connections.updated_at, connections.ended_marks";

ConnectionRecord read_connection(RowReader& in) {
    return {.user_id = in.id<UserId>(),
            .client_id = in.id<ClientId>(),
            // Anything but the live mark is not live.
            .state = in.integer() == static_cast<int>(ConnectionState::live)
                         ? ConnectionState::live
                         : ConnectionState::revoked,
            .revocations = in.integer(),
            .scopes = in.scopes(),
            .created_at = in.time(),
            .updated_at = in.time(),
            .ended_marks = in.bytes()};
}

ConnectionRecord read_connection_row(const Row& row) {
    RowReader in(row);
    return read_connection(in);
}

ConnectedUser read_connected_user(const Row& row) {
    RowReader in(row);
    return {.connection = read_connection(in), .user = read_user(in)};
}

// The statements below write these values out.
static_assert(static_cast<int>(ConnectionState::live) == 1);
static_assert(static_cast<int>(ConnectionState::revoked) == 2);
static_assert(static_cast<int>(Removed::client) == 1);

constexpr database::Sql find_connected_user_sql =
    sql<"SELECT ", connection_columns, ", ", user_columns, R"(
         FROM connections JOIN users u ON u.id = connections.user_id
         WHERE connections.user_id = ?1 AND connections.client_id = ?2)">;
// An app that was deleted has a row in `removals` until its connections are swept.
constexpr database::Sql find_readable_user_sql =
    sql<"SELECT ", connection_columns, ", ", user_columns, R"(
         FROM connections JOIN users u ON u.id = connections.user_id
         WHERE connections.user_id = ?1 AND connections.client_id = ?2 AND NOT EXISTS
             (SELECT 1 FROM removals WHERE kind = 1 AND removals.id = connections.client_id))">;
constexpr database::Sql find_connection_sql =
    sql<"SELECT ", connection_columns, R"( FROM connections
         WHERE user_id = ?1 AND client_id = ?2)">;
constexpr database::Sql list_connections_of_user_sql =
    sql<"SELECT ", connection_columns, R"( FROM connections
         WHERE user_id = ?1 AND client_id > ?2 ORDER BY client_id LIMIT ?3)">;
constexpr database::Sql list_connections_of_client_sql =
    sql<"SELECT ", connection_columns, R"( FROM connections
         WHERE client_id = ?1 AND user_id > ?2 ORDER BY user_id LIMIT ?3)">;
constexpr database::Sql list_connected_apps_sql =
    sql<"SELECT ", connection_columns, ", connections.last_read_at, a.name, a.origins, ",
        logo_label_columns, R"(
         FROM connections JOIN clients a ON a.id = connections.client_id
         LEFT JOIN client_logos l ON l.client_id = connections.client_id
         WHERE connections.user_id = ?1 AND connections.client_id > ?2 AND connections.state = 1
         ORDER BY connections.client_id LIMIT ?3)">;
constexpr database::Sql upsert_connection_sql = sql<R"(INSERT INTO connections
               (user_id, client_id, state, revocations, scopes, created_at, updated_at)
           VALUES (?1, ?2, 1, 0, ?3, ?4, ?4)
           ON CONFLICT (user_id, client_id) DO UPDATE SET
               state = 1, scopes = excluded.scopes, updated_at = excluded.updated_at
           RETURNING )",
                                                    connection_columns>;
// Set only where nobody changed it meanwhile: ?4 is what was read, ?5 the empty blob.
constexpr database::Sql replace_ended_marks_sql =
    R"(UPDATE connections SET ended_marks = ?3
       WHERE user_id = ?1 AND client_id = ?2 AND coalesce(ended_marks, ?5) = ?4)";
constexpr database::Sql revoke_connection_sql =
    R"(UPDATE connections SET state = 2, revocations = revocations + 1, updated_at = ?3
       WHERE user_id = ?1 AND client_id = ?2 AND state = 1)";
constexpr database::Sql note_read_sql =
    R"(UPDATE connections SET last_read_at = ?3
       WHERE user_id = ?1 AND client_id = ?2 AND coalesce(last_read_at, 0) < ?3)";

}  // namespace

Result<std::optional<ConnectedUser>> find_connected_user(database::ReadTransaction& tx,
                                                         UserId user_id, ClientId client_id) {
    return tx.find(find_connected_user_sql, {user_id, client_id}, read_connected_user);
}

Result<std::optional<ConnectedUser>> find_readable_user(database::ReadTransaction& tx,
                                                        UserId user_id, ClientId client_id) {
    return tx.find(find_readable_user_sql, {user_id, client_id}, read_connected_user);
}

Result<std::optional<ConnectionRecord>> find_connection(database::ReadTransaction& tx,
                                                        UserId user_id, ClientId client_id) {
    return tx.find(find_connection_sql, {user_id, client_id}, read_connection_row);
}

Result<std::vector<ConnectionRecord>> list_connections_of_user(database::ReadTransaction& tx,
                                                               UserId user_id,
                                                               std::optional<ClientId> after,
                                                               int limit) {
    return collect(tx, list_connections_of_user_sql, {user_id, page_start(after), limit},
                   read_connection_row);
}

Result<std::vector<ConnectionRecord>> list_connections_of_client(database::ReadTransaction& tx,
                                                                 ClientId client_id,
                                                                 std::optional<UserId> after,
                                                                 int limit) {
    return collect(tx, list_connections_of_client_sql, {client_id, page_start(after), limit},
                   read_connection_row);
}

Result<std::vector<ConnectedApp>> list_connected_apps(database::ReadTransaction& tx, UserId user_id,
                                                      std::optional<ClientId> after, int limit) {
    CorruptRows corrupt;
    auto apps = TRY(collect(tx, list_connected_apps_sql, {user_id, page_start(after), limit},
                            [&corrupt](const Row& row) {
                                RowReader in(row);
                                ConnectedApp app{.connection = read_connection(in),
                                                 .last_read_at = in.optional_time(),
                                                 .name = in.text(),
                                                 .origins = in.list(corrupt),
                                                 .logo = std::nullopt};
                                if (!in.at_null()) app.logo = read_logo_label(in);
                                return app;
                            }));
    TRY(corrupt.check());
    return apps;
}

Result<ConnectionRecord> upsert_connection(database::WriteTransaction& tx, UserId user_id,
                                           ClientId client_id, const ScopeNames& scopes,
                                           Timestamp now) {
    const auto row =
        TRY(tx.find(upsert_connection_sql, {user_id, client_id, scopes.text, to_unix(now)},
                    read_connection_row));
    if (!row) return fail(ErrorCode::internal, "Internal error.", "an upsert returned no row");
    return *row;
}

Result<bool> replace_ended_marks(database::WriteTransaction& tx, const ConnectionRecord& read,
                                 ByteView marks) {
    return changes_one(tx, replace_ended_marks_sql,
                       {read.user_id, read.client_id, marks, read.ended_marks, ByteView{}});
}

Result<bool> revoke_connection(database::WriteTransaction& tx, UserId user_id, ClientId client_id,
                               Timestamp now) {
    const bool revoked =
        TRY(changes_one(tx, revoke_connection_sql, {user_id, client_id, to_unix(now)}));
    if (!revoked) return false;
    TRY(delete_refresh_families(tx, user_id, client_id));
    const Change change{.client_id = client_id,
                        .user_id = user_id,
                        .topic = ChangeTopic::connection_revoked,
                        .keys = {}};
    TRY(record_change(tx, change, now));
    return true;
}

Result<void> note_read(database::WriteTransaction& tx, UserId user_id, ClientId client_id,
                       Timestamp at) {
    TRY(tx.execute(note_read_sql, {user_id, client_id, to_unix(at)}));
    return {};
}

}  // namespace latchkey::store
