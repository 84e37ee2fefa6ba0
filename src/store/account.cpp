#include "store/account.hpp"

#include "store/columns.hpp"
#include "store/packed_list.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql list_apps_sql =
    R"(SELECT c.client_id, c.generation, c.scopes, c.created_at, c.updated_at, c.last_read_at,
              a.name, a.origins, l.version, l.width, l.height
       FROM connections c JOIN clients a ON a.id = c.client_id
       LEFT JOIN client_logos l ON l.client_id = c.client_id
       WHERE c.user_id = ?1 AND c.client_id > ?2 AND c.state = 1
       ORDER BY c.client_id LIMIT ?3)";
constexpr database::Sql note_read_sql =
    R"(UPDATE connections SET last_read_at = ?3
       WHERE user_id = ?1 AND client_id = ?2 AND coalesce(last_read_at, 0) < ?3)";
constexpr database::Sql list_sessions_sql =
    R"(SELECT session_hash, user_id, created_at, last_seen_at, expires_at, label
       FROM browser_sessions WHERE user_id = ?1 AND expires_at > ?2
       ORDER BY session_hash LIMIT ?3)";
constexpr database::Sql delete_session_sql =
    "DELETE FROM browser_sessions WHERE user_id = ?1 AND session_hash = ?2";
constexpr database::Sql delete_other_sessions_sql =
    "DELETE FROM browser_sessions WHERE user_id = ?1 AND session_hash <> ?2";
constexpr database::Sql audit_sql =
    R"(SELECT at, actor, action, user_id, client_id, request_id, origin
       FROM audit WHERE user_id = ?1 AND action <> 'tokens.issued'
       ORDER BY at DESC, ordinal DESC, request_id DESC LIMIT ?2)";
constexpr database::Sql app_sessions_sql =
    R"(SELECT rotated_at, expires_at FROM refresh_families
       WHERE user_id = ?1 AND client_id = ?2 AND expires_at > ?3 ORDER BY family_id)";
constexpr database::Sql kept_values_sql =
    R"(SELECT d.client_id, d.name_space, d.key, v.value, v.updated_at
       FROM metafield_values v JOIN metafield_definitions d ON d.id = v.definition_id
       WHERE v.user_id = ?1 ORDER BY v.client_id, v.definition_id LIMIT ?2)";

// The person first: a deletion that stops half-way has shredded the key already.
constexpr database::Sql delete_user_sql = "DELETE FROM users WHERE id = ?1";
constexpr database::Sql delete_rest_sql[] = {
    "DELETE FROM browser_sessions WHERE user_id = ?1", "DELETE FROM passkeys WHERE user_id = ?1",
    "DELETE FROM refresh_families WHERE user_id = ?1", "DELETE FROM connections WHERE user_id = ?1",
    "DELETE FROM metafield_values WHERE user_id = ?1",
};

}  // namespace

Result<std::vector<ConnectedApp>> list_connected_apps(database::ReadTransaction& tx, UserId user_id,
                                                      std::optional<ClientId> after, int limit) {
    return collect(tx, list_apps_sql, {user_id, page_start(after), limit},
                   [user_id](const Row& row) {
                       ConnectedApp app;
                       app.connection = {.user_id = user_id,
                                         .client_id = row.id<ClientId>(0),
                                         .state = ConnectionState::live,
                                         .generation = row.integer(1),
                                         .scopes = scopes_column(row, 2),
                                         .created_at = time_column(row, 3),
                                         .updated_at = time_column(row, 4)};
                       app.last_read_at = optional_time_column(row, 5);
                       app.name = text_column(row, 6);
                       app.origins = unpack_list(row.text(7)).value_or(std::vector<std::string>{});
                       if (!row.is_null(8)) app.logo = logo_label_columns(row, 8);
                       return app;
                   });
}

Result<void> note_read(database::WriteTransaction& tx, UserId user_id, ClientId client_id,
                       Timestamp at) {
    TRY(tx.execute(note_read_sql, {user_id, client_id, to_unix(at)}));
    return {};
}

Result<std::vector<BrowserSessionRecord>> list_sessions(database::ReadTransaction& tx,
                                                        UserId user_id, Timestamp now, int limit) {
    return collect(tx, list_sessions_sql, {user_id, to_unix(now), limit},
                   [](const Row& row) -> BrowserSessionRecord {
                       return {.session_hash = bytes_column(row, 0),
                               .user_id = row.id<UserId>(1),
                               .created_at = time_column(row, 2),
                               .last_seen_at = time_column(row, 3),
                               .expires_at = time_column(row, 4),
                               .label = text_column(row, 5)};
                   });
}

Result<bool> delete_session_of(database::WriteTransaction& tx, UserId user_id,
                               ByteView session_hash) {
    const std::int64_t deleted = TRY(tx.execute(delete_session_sql, {user_id, session_hash}));
    return deleted == 1;
}

Result<std::int64_t> delete_other_sessions(database::WriteTransaction& tx, UserId user_id,
                                           ByteView kept_hash) {
    return tx.execute(delete_other_sessions_sql, {user_id, kept_hash});
}

Result<std::vector<AppSession>> list_app_sessions(database::ReadTransaction& tx, UserId user_id,
                                                  ClientId client_id, Timestamp now) {
    return collect(tx, app_sessions_sql, {user_id, client_id, to_unix(now)}, [](const Row& row) {
        return AppSession{.tokens_issued_at = time_column(row, 0),
                          .expires_at = time_column(row, 1)};
    });
}

Result<std::vector<AuditRecord>> list_audit_of_user(database::ReadTransaction& tx, UserId user_id,
                                                    int limit) {
    return collect(tx, audit_sql, {user_id, limit}, [](const Row& row) -> AuditRecord {
        return {.at = time_column(row, 0),
                .actor = text_column(row, 1),
                .action = text_column(row, 2),
                .user_id = optional_id_column<UserId>(row, 3),
                .client_id = optional_id_column<ClientId>(row, 4),
                .request_id = text_column(row, 5),
                .origin = text_column(row, 6)};
    });
}

Result<std::vector<KeptValue>> list_kept_values(database::ReadTransaction& tx, UserId user_id,
                                                int limit) {
    return collect(tx, kept_values_sql, {user_id, limit}, [](const Row& row) -> KeptValue {
        return {.client_id = row.id<ClientId>(0),
                .name_space = text_column(row, 1),
                .key = text_column(row, 2),
                .value = text_column(row, 3),
                .updated_at = time_column(row, 4)};
    });
}

Result<bool> delete_user(database::WriteTransaction& tx, UserId user_id) {
    const std::int64_t deleted = TRY(tx.execute(delete_user_sql, {user_id}));
    for (const database::Sql& sql : delete_rest_sql) TRY(tx.execute(sql, {user_id}));
    return deleted == 1;
}

}  // namespace latchkey::store
