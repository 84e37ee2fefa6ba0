#include "store/keys.hpp"

#include "store/rows.hpp"
#include "store/statement.hpp"

namespace latchkey::store {
namespace {

constexpr Part key_columns = "realm_id, purpose, version, wrapped_key, created_at, use_from";

KeyRecord read_key(const Row& row) {
    RowReader in(row);
    return {.realm_id = in.id<RealmId>(),
            .purpose = in.text(),
            .version = in.integer(),
            .wrapped_key = in.bytes(),
            .created_at = in.time(),
            .use_from = in.time()};
}

constexpr database::Sql list_keys_sql =
    sql<"SELECT ", key_columns, " FROM keys WHERE realm_id = ?1 ORDER BY purpose, version">;
constexpr database::Sql list_all_keys_sql =
    sql<"SELECT ", key_columns, " FROM keys ORDER BY realm_id, purpose, version">;
constexpr database::Sql insert_key_sql =
    R"(INSERT INTO keys (realm_id, purpose, version, wrapped_key, created_at, use_from)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6))";
constexpr database::Sql replace_key_sql =
    R"(UPDATE keys SET wrapped_key = ?5
       WHERE realm_id = ?1 AND purpose = ?2 AND version = ?3 AND wrapped_key = ?4)";
constexpr database::Sql delete_key_sql =
    "DELETE FROM keys WHERE realm_id = ?1 AND purpose = ?2 AND version = ?3";

}  // namespace

Result<std::vector<KeyRecord>> list_keys(database::ReadTransaction& tx, RealmId realm) {
    return collect(tx, list_keys_sql, {realm}, read_key);
}

Result<std::vector<KeyRecord>> list_all_keys(database::ReadTransaction& tx) {
    return collect(tx, list_all_keys_sql, {}, read_key);
}

Result<void> insert_key(database::WriteTransaction& tx, const KeyRecord& key) {
    TRY(tx.execute(insert_key_sql, {key.realm_id, key.purpose, key.version, key.wrapped_key,
                                    to_unix(key.created_at), to_unix(key.use_from)}));
    return {};
}

Result<void> replace_wrapped_key(database::WriteTransaction& tx, const KeyRecord& read,
                                 ByteView next) {
    const bool changed = TRY(changes_one(
        tx, replace_key_sql, {read.realm_id, read.purpose, read.version, read.wrapped_key, next}));
    if (changed) return {};
    return fail(ErrorCode::conflict, "The key ring is being changed. Try again.");
}

Result<bool> delete_key(database::WriteTransaction& tx, RealmId realm, std::string_view purpose,
                        std::int64_t version) {
    return changes_one(tx, delete_key_sql, {realm, purpose, version});
}

}  // namespace latchkey::store
