#include "store/passkeys.hpp"

#include "store/rows.hpp"
#include "store/sealed_version.hpp"
#include "store/statement.hpp"

namespace latchkey::store {
namespace {

constexpr Part passkey_columns =
    "user_id, credential_id, public_key, sealed_name, sign_count, created_at, last_used_at";

PasskeyRecord read_passkey(const Row& row) {
    RowReader in(row);
    return {.user_id = in.id<UserId>(),
            .credential_id = in.bytes(),
            .public_key = in.bytes(),
            .sealed_name = in.bytes(),
            .sign_count = in.integer(),
            .created_at = in.time(),
            .last_used_at = in.optional_time()};
}

constexpr database::Sql insert_passkey_sql =
    R"(INSERT INTO passkeys
           (user_id, credential_id, public_key, sealed_name, sign_count, created_at, last_used_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7))";
constexpr database::Sql find_passkey_sql = sql<"SELECT ", passkey_columns, R"( FROM passkeys
         WHERE user_id = ?1 AND credential_id = ?2
             AND EXISTS (SELECT 1 FROM users u WHERE u.id = user_id AND u.realm_id = ?3))">;
constexpr database::Sql list_passkeys_sql = sql<"SELECT ", passkey_columns, R"( FROM passkeys
         WHERE user_id = ?1 ORDER BY created_at, credential_id LIMIT ?2)">;
constexpr database::Sql use_passkey_sql =
    R"(UPDATE passkeys SET sign_count = ?3, last_used_at = ?4
       WHERE user_id = ?1 AND credential_id = ?2
           AND (sign_count < ?3 OR (sign_count = 0 AND ?3 = 0)))";
constexpr database::Sql rename_passkey_sql =
    "UPDATE passkeys SET sealed_name = ?3 WHERE user_id = ?1 AND credential_id = ?2";
constexpr database::Sql delete_passkey_sql =
    "DELETE FROM passkeys WHERE user_id = ?1 AND credential_id = ?2";

// Along the primary key, whatever the realm: a join would sort all that is left each time.
constexpr database::Sql list_passkey_names_sql =
    R"(SELECT p.user_id, p.credential_id, p.sealed_name
       FROM passkeys p
       WHERE (p.user_id, p.credential_id) > (?2, ?3)
           AND EXISTS (SELECT 1 FROM users u WHERE u.id = p.user_id AND u.realm_id = ?1)
       ORDER BY p.user_id, p.credential_id LIMIT ?4)";
constexpr database::Sql replace_passkey_name_sql =
    R"(UPDATE passkeys SET sealed_name = ?4
       WHERE user_id = ?1 AND credential_id = ?2 AND sealed_name = ?3)";
constexpr database::Sql count_passkey_names_sql =
    R"(SELECT count(*) FROM passkeys p JOIN users u ON u.id = p.user_id
       WHERE u.realm_id = ?1 AND substr(p.sealed_name, 1, 1) = ?2)";

constexpr database::Sql consume_passkey_challenge_sql =
    R"(INSERT INTO consumed_passkey_challenges (expires_at, challenge) VALUES (?1, ?2)
       ON CONFLICT (expires_at, challenge) DO NOTHING)";
constexpr database::Sql delete_expired_passkey_challenges_sql =
    R"(DELETE FROM consumed_passkey_challenges WHERE (expires_at, challenge) IN
           (SELECT expires_at, challenge FROM consumed_passkey_challenges
            WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2))";

SealedPasskeyName read_passkey_name(const Row& row) {
    RowReader in(row);
    return {.user_id = in.id<UserId>(), .credential_id = in.bytes(), .sealed_name = in.bytes()};
}

}  // namespace

Result<void> insert_passkey(database::WriteTransaction& tx, const PasskeyRecord& passkey) {
    TRY(tx.execute(
        insert_passkey_sql,
        {passkey.user_id, passkey.credential_id, passkey.public_key, passkey.sealed_name,
         passkey.sign_count, to_unix(passkey.created_at), to_column(passkey.last_used_at)}));
    return {};
}

Result<std::optional<PasskeyRecord>> find_passkey(database::ReadTransaction& tx, RealmId realm,
                                                  UserId user_id, ByteView credential_id) {
    return tx.find(find_passkey_sql, {user_id, credential_id, realm}, read_passkey);
}

Result<std::vector<PasskeyRecord>> list_passkeys(database::ReadTransaction& tx, UserId user_id,
                                                 int limit) {
    return collect(tx, list_passkeys_sql, {user_id, limit}, read_passkey);
}

Result<bool> use_passkey(database::WriteTransaction& tx, const PasskeyRecord& passkey) {
    return changes_one(tx, use_passkey_sql,
                       {passkey.user_id, passkey.credential_id, passkey.sign_count,
                        to_column(passkey.last_used_at)});
}

Result<bool> rename_passkey(database::WriteTransaction& tx, const PasskeyRecord& passkey) {
    return changes_one(tx, rename_passkey_sql,
                       {passkey.user_id, passkey.credential_id, passkey.sealed_name});
}

Result<bool> delete_passkey(database::WriteTransaction& tx, UserId user_id,
                            ByteView credential_id) {
    return changes_one(tx, delete_passkey_sql, {user_id, credential_id});
}

Result<std::vector<SealedPasskeyName>> list_sealed_passkey_names(database::ReadTransaction& tx,
                                                                 RealmId realm,
                                                                 const PasskeyPage& page) {
    return collect(tx, list_passkey_names_sql,
                   {realm, page.user_id, page.credential_id, page.limit}, read_passkey_name);
}

Result<bool> replace_sealed_passkey_name(database::WriteTransaction& tx,
                                         const SealedPasskeyName& read, ByteView next) {
    return changes_one(tx, replace_passkey_name_sql,
                       {read.user_id, read.credential_id, read.sealed_name, next});
}

Result<std::int64_t> count_passkey_names_under(database::ReadTransaction& tx, RealmId realm,
                                               std::int64_t version) {
    const auto byte = sealed_version(version);
    return count(tx, count_passkey_names_sql, {realm, ByteView(byte)});
}

Result<bool> consume_passkey_challenge(database::WriteTransaction& tx, ByteView challenge,
                                       Timestamp expires_at) {
    return changes_one(tx, consume_passkey_challenge_sql, {to_unix(expires_at), challenge});
}

Result<std::int64_t> delete_expired_passkey_challenges(database::WriteTransaction& tx,
                                                       Timestamp now, int limit) {
    return tx.execute(delete_expired_passkey_challenges_sql, {to_unix(now), limit});
}

}  // namespace latchkey::store
