#include "store/users.hpp"

#include "store/columns.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql insert_sql =
    R"(INSERT INTO users (id, email_hash, wrapped_key, sealed_profile, created_at, updated_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6))";
constexpr database::Sql find_sql =
    R"(SELECT id, email_hash, wrapped_key, sealed_profile, created_at, updated_at
       FROM users WHERE id = ?1)";
constexpr database::Sql find_by_email_sql =
    R"(SELECT id, email_hash, wrapped_key, sealed_profile, created_at, updated_at
       FROM users WHERE email_hash = ?1)";
constexpr database::Sql update_sql =
    R"(UPDATE users SET email_hash = ?2, sealed_profile = ?3, updated_at = ?4 WHERE id = ?1)";
constexpr database::Sql list_sql =
    R"(SELECT id, email_hash, wrapped_key, sealed_profile, created_at, updated_at
       FROM users WHERE id > ?1 ORDER BY id LIMIT ?2)";

UserRecord read_user(const Row& row) {
    return {.id = row.id<UserId>(0),
            .email_hash = bytes_column(row, 1),
            .wrapped_key = bytes_column(row, 2),
            .sealed_profile = bytes_column(row, 3),
            .created_at = time_column(row, 4),
            .updated_at = time_column(row, 5)};
}

}  // namespace

Result<void> insert_user(database::WriteTransaction& tx, const UserRecord& user) {
    TRY(tx.execute(insert_sql, {user.id, user.email_hash, user.wrapped_key, user.sealed_profile,
                                to_unix(user.created_at), to_unix(user.updated_at)}));
    return {};
}

Result<std::optional<UserRecord>> find_user(database::ReadTransaction& tx, UserId id) {
    return tx.find(find_sql, {id}, read_user);
}

Result<std::optional<UserRecord>> find_user_by_email(database::ReadTransaction& tx,
                                                     ByteView email_hash) {
    return tx.find(find_by_email_sql, {email_hash}, read_user);
}

Result<void> update_user(database::WriteTransaction& tx, const UserRecord& user) {
    const std::int64_t changed = TRY(tx.execute(
        update_sql, {user.id, user.email_hash, user.sealed_profile, to_unix(user.updated_at)}));
    if (changed == 0) return fail(ErrorCode::not_found, "There is no such user.");
    return {};
}

Result<std::vector<UserRecord>> list_users(database::ReadTransaction& tx,
                                           std::optional<UserId> after, int limit) {
    return collect(tx, list_sql, {page_start(after), limit}, read_user);
}

}  // namespace latchkey::store
