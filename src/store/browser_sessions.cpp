#include "store/browser_sessions.hpp"

#include "store/rows.hpp"
#include "store/statement.hpp"

namespace latchkey::store {
namespace {

constexpr Part session_columns =
    "session_hash, id, user_id, created_at, last_seen_at, expires_at, browser, system";

BrowserSessionRecord read_session(const Row& row) {
    RowReader in(row);
    return {.session_hash = in.bytes(),
            .id = in.id<SessionId>(),
            .user_id = in.id<UserId>(),
            .created_at = in.time(),
            .last_seen_at = in.time(),
            .expires_at = in.time(),
            .label = {.browser = in.number_of(Browser::safari, Browser::unknown),
                      .system = in.number_of(System::windows, System::unknown)}};
}

constexpr database::Sql insert_session_sql =
    R"(INSERT INTO browser_sessions
           (session_hash, id, user_id, created_at, last_seen_at, expires_at, browser, system)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))";
constexpr database::Sql find_session_sql = sql<"SELECT ", session_columns, R"( FROM browser_sessions
         WHERE session_hash = ?1
             AND EXISTS (SELECT 1 FROM users u WHERE u.id = user_id AND u.realm_id = ?2))">;
constexpr database::Sql delete_session_sql =
    R"(DELETE FROM browser_sessions
       WHERE session_hash = ?1
           AND EXISTS (SELECT 1 FROM users u WHERE u.id = user_id AND u.realm_id = ?2))";
constexpr database::Sql list_sessions_sql =
    sql<"SELECT ", session_columns, R"( FROM browser_sessions
         WHERE user_id = ?1 AND expires_at > ?2 ORDER BY session_hash LIMIT ?3)">;
constexpr database::Sql delete_session_of_sql =
    "DELETE FROM browser_sessions WHERE user_id = ?1 AND id = ?2";
constexpr database::Sql delete_other_sessions_sql =
    "DELETE FROM browser_sessions WHERE user_id = ?1 AND session_hash <> ?2";
constexpr database::Sql delete_expired_sessions_sql =
    R"(DELETE FROM browser_sessions WHERE session_hash IN
           (SELECT session_hash FROM browser_sessions
            WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2))";

}  // namespace

Result<void> insert_session(database::WriteTransaction& tx, const BrowserSessionRecord& session) {
    TRY(tx.execute(insert_session_sql,
                   {session.session_hash, session.id, session.user_id, to_unix(session.created_at),
                    to_unix(session.last_seen_at), to_unix(session.expires_at),
                    static_cast<std::int64_t>(session.label.browser),
                    static_cast<std::int64_t>(session.label.system)}));
    return {};
}

Result<std::optional<BrowserSessionRecord>> find_session(database::ReadTransaction& tx,
                                                         RealmId realm, ByteView session_hash) {
    return tx.find(find_session_sql, {session_hash, realm}, read_session);
}

Result<bool> delete_session(database::WriteTransaction& tx, RealmId realm, ByteView session_hash) {
    return changes_one(tx, delete_session_sql, {session_hash, realm});
}

Result<std::vector<BrowserSessionRecord>> list_sessions(database::ReadTransaction& tx,
                                                        UserId user_id, Timestamp now, int limit) {
    return collect(tx, list_sessions_sql, {user_id, to_unix(now), limit}, read_session);
}

Result<bool> delete_session_of(database::WriteTransaction& tx, UserId user_id, SessionId id) {
    return changes_one(tx, delete_session_of_sql, {user_id, id});
}

Result<std::int64_t> delete_other_sessions(database::WriteTransaction& tx, UserId user_id,
                                           ByteView kept_hash) {
    return tx.execute(delete_other_sessions_sql, {user_id, kept_hash});
}

Result<std::int64_t> delete_expired_sessions(database::WriteTransaction& tx, Timestamp now,
                                             int limit) {
    return tx.execute(delete_expired_sessions_sql, {to_unix(now), limit});
}

}  // namespace latchkey::store
