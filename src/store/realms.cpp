#include "store/realms.hpp"

#include "store/rows.hpp"
#include "store/statement.hpp"

namespace latchkey::store {
namespace {

constexpr Part realm_columns = "id, name, public_url, created_at";

RealmRecord read_realm(const Row& row) {
    RowReader in(row);
    return {.id = in.id<RealmId>(),
            .name = in.text(),
            .public_url = in.text(),
            .created_at = in.time()};
}

constexpr database::Sql insert_realm_sql =
    R"(INSERT INTO realms (id, name, public_url, created_at)
       VALUES (?1, ?2, ?3, ?4))";
constexpr database::Sql find_realm_sql =
    sql<"SELECT ", realm_columns, " FROM realms WHERE id = ?1">;
constexpr database::Sql find_realm_by_name_sql =
    sql<"SELECT ", realm_columns, " FROM realms WHERE name = ?1">;
constexpr database::Sql list_realms_sql =
    sql<"SELECT ", realm_columns, " FROM realms ORDER BY name">;

constexpr std::string_view default_realm_name;

}  // namespace

Result<void> insert_realm(database::WriteTransaction& tx, const RealmRecord& realm) {
    TRY(tx.execute(insert_realm_sql,
                   {realm.id, realm.name, realm.public_url, to_unix(realm.created_at)}));
    return {};
}

Result<std::optional<RealmRecord>> find_realm(database::ReadTransaction& tx, RealmId id) {
    return tx.find(find_realm_sql, {id}, read_realm);
}

Result<std::optional<RealmRecord>> find_realm(database::ReadTransaction& tx,
                                              std::string_view name) {
    return tx.find(find_realm_by_name_sql, {name}, read_realm);
}

Result<RealmRecord> get_default_realm(database::ReadTransaction& tx) {
    auto realm = TRY(find_realm(tx, default_realm_name));
    if (!realm) return fail(ErrorCode::storage_failed, "The storage failed.", "no first realm");
    return std::move(*realm);
}

Result<std::vector<RealmRecord>> list_realms(database::ReadTransaction& tx) {
    return collect(tx, list_realms_sql, {}, read_realm);
}

}  // namespace latchkey::store
