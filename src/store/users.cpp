#include "store/users.hpp"

#include <array>

#include "store/removals.hpp"
#include "store/rows.hpp"
#include "store/sealed_version.hpp"
#include "store/statement.hpp"
#include "store/user_columns.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql insert_user_sql =
    R"(INSERT INTO users
           (id, realm_id, email_hash, wrapped_key, sealed_profile, created_at, updated_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7))";
constexpr database::Sql find_user_sql =
    sql<"SELECT ", user_columns, " FROM users u WHERE u.id = ?1 AND u.realm_id = ?2">;
constexpr database::Sql find_user_by_email_sql =
    sql<"SELECT ", user_columns, " FROM users u WHERE u.realm_id = ?1 AND u.email_hash = ?2">;
constexpr database::Sql update_user_sql =
    R"(UPDATE users SET email_hash = ?2, sealed_profile = ?3, updated_at = ?4 WHERE id = ?1)";
constexpr database::Sql delete_user_sql = "DELETE FROM users WHERE id = ?1";
constexpr std::array<database::Sql, 4> delete_rest_of_user_sql = {
    "DELETE FROM browser_sessions WHERE user_id = ?1",
    "DELETE FROM passkeys WHERE user_id = ?1",
    "DELETE FROM refresh_families WHERE user_id = ?1",
    "DELETE FROM connections WHERE user_id = ?1",
};

constexpr database::Sql list_user_keys_sql =
    R"(SELECT id, wrapped_key FROM users WHERE realm_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3)";
constexpr database::Sql replace_user_key_sql =
    "UPDATE users SET wrapped_key = ?3 WHERE id = ?1 AND wrapped_key = ?2";
constexpr database::Sql count_user_keys_sql =
    "SELECT count(*) FROM users WHERE realm_id = ?1 AND substr(wrapped_key, 1, 1) = ?2";

UserRecord read_user_row(const Row& row) {
    RowReader in(row);
    return read_user(in);
}

WrappedUserKey read_user_key(const Row& row) {
    RowReader in(row);
    return {.user_id = in.id<UserId>(), .wrapped_key = in.bytes()};
}

}  // namespace

Result<void> insert_user(database::WriteTransaction& tx, const UserRecord& user) {
    TRY(tx.execute(insert_user_sql,
                   {user.id, user.realm_id, user.email_hash, user.wrapped_key, user.sealed_profile,
                    to_unix(user.created_at), to_unix(user.updated_at)}));
    return {};
}

Result<std::optional<UserRecord>> find_user(database::ReadTransaction& tx, RealmId realm,
                                            UserId id) {
    return tx.find(find_user_sql, {id, realm}, read_user_row);
}

Result<std::optional<UserRecord>> find_user_by_email(database::ReadTransaction& tx, RealmId realm,
                                                     ByteView email_hash) {
    return tx.find(find_user_by_email_sql, {realm, email_hash}, read_user_row);
}

Result<void> update_user(database::WriteTransaction& tx, const UserRecord& user) {
    const bool changed =
        TRY(changes_one(tx, update_user_sql,
                        {user.id, user.email_hash, user.sealed_profile, to_unix(user.updated_at)}));
    if (!changed) return fail(ErrorCode::not_found, "There is no such user.");
    return {};
}

Result<bool> delete_user(database::WriteTransaction& tx, UserId id) {
    const bool deleted = TRY(changes_one(tx, delete_user_sql, {id}));
    if (!deleted) return false;
    for (const database::Sql& rest : delete_rest_of_user_sql) TRY(tx.execute(rest, {id}));
    TRY(note_removal(tx, Removed::user, id));
    return true;
}

Result<std::vector<WrappedUserKey>> list_wrapped_user_keys(database::ReadTransaction& tx,
                                                           RealmId realm,
                                                           std::optional<UserId> after, int limit) {
    return collect(tx, list_user_keys_sql, {realm, page_start(after), limit}, read_user_key);
}

Result<bool> replace_wrapped_user_key(database::WriteTransaction& tx, const WrappedUserKey& read,
                                      ByteView next) {
    return changes_one(tx, replace_user_key_sql, {read.user_id, read.wrapped_key, next});
}

Result<std::int64_t> count_user_keys_under(database::ReadTransaction& tx, RealmId realm,
                                           std::int64_t version) {
    const auto byte = sealed_version(version);
    return count(tx, count_user_keys_sql, {realm, ByteView(byte)});
}

}  // namespace latchkey::store
