#include "store/refresh_families.hpp"

#include "store/rows.hpp"
#include "store/statement.hpp"

namespace latchkey::store {
namespace {

constexpr Part family_columns =
    "user_id, client_id, family_id, generation, connection_revocations, scopes, current_hash, "
    "previous_hash, sealed_successor, rotated_at, expires_at, session_id, auth_time";
constexpr Part family_key_columns = "user_id, client_id, family_id";

RefreshFamilyRecord read_family(const Row& row) {
    RowReader in(row);
    return {.user_id = in.id<UserId>(),
            .client_id = in.id<ClientId>(),
            .family_id = in.id<FamilyId>(),
            .generation = in.integer(),
            .connection_revocations = in.integer(),
            .scopes = in.scopes(),
            .current_hash = in.bytes(),
            .previous_hash = in.bytes(),
            .sealed_successor = in.bytes(),
            .rotated_at = in.time(),
            .expires_at = in.time(),
            .session_id = in.optional_id<SessionId>(),
            .auth_time = in.optional_time()};
}

FamilyKey read_family_key(RowReader& in) {
    return {
        .user_id = in.id<UserId>(), .client_id = in.id<ClientId>(), .family_id = in.id<FamilyId>()};
}

constexpr database::Sql find_family_sql = sql<"SELECT ", family_columns, R"( FROM refresh_families
         WHERE user_id = ?1 AND client_id = ?2 AND family_id = ?3)">;
constexpr database::Sql insert_family_sql =
    R"(INSERT INTO refresh_families
           (user_id, client_id, family_id, generation, connection_revocations, scopes,
            current_hash, previous_hash, sealed_successor, rotated_at, expires_at,
            session_id, auth_time)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13))";
// All but the newest ?3.
constexpr database::Sql make_room_sql =
    R"(DELETE FROM refresh_families
       WHERE user_id = ?1 AND client_id = ?2 AND family_id <=
           (SELECT family_id FROM refresh_families WHERE user_id = ?1 AND client_id = ?2
            ORDER BY family_id DESC LIMIT 1 OFFSET ?3))";
constexpr database::Sql rotate_family_sql =
    R"(UPDATE refresh_families
       SET generation = ?5, current_hash = ?6, previous_hash = ?7, sealed_successor = ?8,
           rotated_at = ?9, expires_at = ?10
       WHERE user_id = ?1 AND client_id = ?2 AND family_id = ?3 AND generation = ?4)";
constexpr database::Sql delete_family_sql =
    "DELETE FROM refresh_families WHERE user_id = ?1 AND client_id = ?2 AND family_id = ?3";
constexpr database::Sql delete_families_sql =
    "DELETE FROM refresh_families WHERE user_id = ?1 AND client_id = ?2";
constexpr database::Sql list_app_sessions_sql =
    R"(SELECT rotated_at, expires_at FROM refresh_families
       WHERE user_id = ?1 AND client_id = ?2 AND expires_at > ?3 ORDER BY family_id)";
constexpr database::Sql list_families_of_session_sql =
    sql<"SELECT ", family_key_columns, R"( FROM refresh_families
         WHERE user_id = ?1 AND session_id = ?2 ORDER BY client_id, family_id)">;
constexpr database::Sql walk_families_sql =
    sql<"SELECT ", family_key_columns, R"(, expires_at FROM refresh_families
         WHERE (user_id, client_id, family_id) > (?1, ?2, ?3)
         ORDER BY user_id, client_id, family_id LIMIT ?4)">;
constexpr database::Sql delete_expired_family_sql =
    R"(DELETE FROM refresh_families
       WHERE user_id = ?1 AND client_id = ?2 AND family_id = ?3 AND expires_at < ?4)";

}  // namespace

Result<std::optional<RefreshFamilyRecord>> find_refresh_family(database::ReadTransaction& tx,
                                                               UserId user_id, ClientId client_id,
                                                               FamilyId family_id) {
    return tx.find(find_family_sql, {user_id, client_id, family_id}, read_family);
}

Result<void> insert_refresh_family(database::WriteTransaction& tx,
                                   const RefreshFamilyRecord& family, int max_live) {
    // Before the insertion: the new one stays even where a clock that was set back made it look
    // old.
    TRY(tx.execute(make_room_sql, {family.user_id, family.client_id, max_live - 1}));
    TRY(tx.execute(insert_family_sql,
                   {family.user_id, family.client_id, family.family_id, family.generation,
                    family.connection_revocations, family.scopes.text, family.current_hash,
                    family.previous_hash, family.sealed_successor, to_unix(family.rotated_at),
                    to_unix(family.expires_at), family.session_id, to_column(family.auth_time)}));
    return {};
}

Result<bool> rotate_refresh_family(database::WriteTransaction& tx, const RefreshFamilyRecord& next,
                                   std::int64_t expected_generation) {
    return changes_one(tx, rotate_family_sql,
                       {next.user_id, next.client_id, next.family_id, expected_generation,
                        next.generation, next.current_hash, next.previous_hash,
                        next.sealed_successor, to_unix(next.rotated_at), to_unix(next.expires_at)});
}

Result<bool> delete_refresh_family(database::WriteTransaction& tx, UserId user_id,
                                   ClientId client_id, FamilyId family_id) {
    return changes_one(tx, delete_family_sql, {user_id, client_id, family_id});
}

Result<std::int64_t> delete_refresh_families(database::WriteTransaction& tx, UserId user_id,
                                             ClientId client_id) {
    return tx.execute(delete_families_sql, {user_id, client_id});
}

Result<std::vector<AppSession>> list_app_sessions(database::ReadTransaction& tx, UserId user_id,
                                                  ClientId client_id, Timestamp now) {
    return collect(tx, list_app_sessions_sql, {user_id, client_id, to_unix(now)},
                   [](const Row& row) {
                       RowReader in(row);
                       return AppSession{.tokens_issued_at = in.time(), .expires_at = in.time()};
                   });
}

Result<std::vector<FamilyKey>> list_families_of_session(database::ReadTransaction& tx,
                                                        UserId user_id, SessionId session_id) {
    return collect(tx, list_families_of_session_sql, {user_id, session_id}, [](const Row& row) {
        RowReader in(row);
        return read_family_key(in);
    });
}

Result<FamilyScan> find_expired_families(database::ReadTransaction& tx, const FamilyKey& after,
                                         Timestamp now, int rows) {
    FamilyScan scan;
    TRY(tx.each(walk_families_sql, {after.user_id, after.client_id, after.family_id, rows},
                [&scan, now](const Row& row) {
                    RowReader in(row);
                    ++scan.rows;
                    scan.last = read_family_key(in);
                    if (in.time() < now) scan.expired.push_back(scan.last);
                }));
    return scan;
}

Result<std::int64_t> delete_expired_families(database::WriteTransaction& tx, const FamilyScan& scan,
                                             Timestamp now) {
    std::int64_t total = 0;
    for (const FamilyKey& key : scan.expired) {
        const std::int64_t deleted = TRY(tx.execute(
            delete_expired_family_sql, {key.user_id, key.client_id, key.family_id, to_unix(now)}));
        total += deleted;
    }
    return total;
}

}  // namespace latchkey::store
