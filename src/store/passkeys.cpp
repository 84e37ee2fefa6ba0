#include "store/passkeys.hpp"

#include "store/columns.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql insert_sql =
    R"(INSERT INTO passkeys
           (user_id, credential_id, public_key, sealed_name, sign_count, created_at, last_used_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7))";
constexpr database::Sql find_sql =
    R"(SELECT user_id, credential_id, public_key, sealed_name, sign_count, created_at, last_used_at
       FROM passkeys WHERE user_id = ?1 AND credential_id = ?2)";
constexpr database::Sql list_sql =
    R"(SELECT user_id, credential_id, public_key, sealed_name, sign_count, created_at, last_used_at
       FROM passkeys WHERE user_id = ?1 ORDER BY created_at, credential_id LIMIT ?2)";
constexpr database::Sql use_sql =
    R"(UPDATE passkeys SET sign_count = ?3, last_used_at = ?4
       WHERE user_id = ?1 AND credential_id = ?2
           AND (sign_count < ?3 OR (sign_count = 0 AND ?3 = 0)))";
constexpr database::Sql rename_sql =
    "UPDATE passkeys SET sealed_name = ?3 WHERE user_id = ?1 AND credential_id = ?2";
constexpr database::Sql delete_sql =
    "DELETE FROM passkeys WHERE user_id = ?1 AND credential_id = ?2";
constexpr database::Sql consume_sql =
    R"(INSERT INTO consumed_passkey_challenges (expires_at, challenge) VALUES (?1, ?2)
       ON CONFLICT (expires_at, challenge) DO NOTHING)";
constexpr database::Sql delete_expired_sql =
    R"(DELETE FROM consumed_passkey_challenges WHERE (expires_at, challenge) IN
           (SELECT expires_at, challenge FROM consumed_passkey_challenges
            WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2))";

PasskeyRecord read_passkey(const Row& row) {
    return {.user_id = row.id<UserId>(0),
            .credential_id = bytes_column(row, 1),
            .public_key = bytes_column(row, 2),
            .sealed_name = bytes_column(row, 3),
            .sign_count = row.integer(4),
            .created_at = time_column(row, 5),
            .last_used_at = optional_time_column(row, 6)};
}

}  // namespace

Result<void> insert_passkey(database::WriteTransaction& tx, const PasskeyRecord& passkey) {
    TRY(tx.execute(insert_sql, {passkey.user_id, passkey.credential_id, passkey.public_key,
                                passkey.sealed_name, passkey.sign_count,
                                to_unix(passkey.created_at), to_column(passkey.last_used_at)}));
    return {};
}

Result<std::optional<PasskeyRecord>> find_passkey(database::ReadTransaction& tx, UserId user_id,
                                                  ByteView credential_id) {
    return tx.find(find_sql, {user_id, credential_id}, read_passkey);
}

Result<std::vector<PasskeyRecord>> list_passkeys(database::ReadTransaction& tx, UserId user_id,
                                                 int limit) {
    return collect(tx, list_sql, {user_id, limit}, read_passkey);
}

Result<bool> use_passkey(database::WriteTransaction& tx, const PasskeyRecord& passkey) {
    const std::int64_t changed =
        TRY(tx.execute(use_sql, {passkey.user_id, passkey.credential_id, passkey.sign_count,
                                 to_column(passkey.last_used_at)}));
    return changed == 1;
}

Result<bool> rename_passkey(database::WriteTransaction& tx, const PasskeyRecord& passkey) {
    const std::int64_t changed =
        TRY(tx.execute(rename_sql, {passkey.user_id, passkey.credential_id, passkey.sealed_name}));
    return changed == 1;
}

Result<bool> delete_passkey(database::WriteTransaction& tx, UserId user_id,
                            ByteView credential_id) {
    const std::int64_t deleted = TRY(tx.execute(delete_sql, {user_id, credential_id}));
    return deleted == 1;
}

Result<bool> consume_passkey_challenge(database::WriteTransaction& tx, ByteView challenge,
                                       Timestamp expires_at) {
    const std::int64_t inserted = TRY(tx.execute(consume_sql, {to_unix(expires_at), challenge}));
    return inserted == 1;
}

Result<std::int64_t> delete_expired_passkey_challenges(database::WriteTransaction& tx,
                                                       Timestamp now, int limit) {
    return tx.execute(delete_expired_sql, {to_unix(now), limit});
}

}  // namespace latchkey::store
