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
constexpr database::Sql set_default_url_sql = "UPDATE realms SET public_url = ?1 WHERE name = ''";
constexpr database::Sql find_other_realm_sql = "SELECT 1 FROM realms WHERE name > '' LIMIT 1";
constexpr database::Sql count_residents_sql =
    R"(SELECT (SELECT count(*) FROM users WHERE realm_id = ?1),
              (SELECT count(*) FROM clients WHERE realm_id = ?1))";
constexpr database::Sql delete_keys_sql = "DELETE FROM keys WHERE realm_id = ?1";
constexpr database::Sql delete_mail_of_realm_sql = "DELETE FROM outgoing_mail WHERE realm_id = ?1";
constexpr database::Sql delete_realm_sql = "DELETE FROM realms WHERE id = ?1 AND name <> ''";

constexpr std::string_view default_realm_name;

int read_one(const Row&) { return 1; }

Residents read_residents(const Row& row) {
    RowReader in(row);
    return {.people = in.integer(), .apps = in.integer()};
}

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

Result<void> set_default_realm_url(database::WriteTransaction& tx, std::string_view public_url) {
    TRY(tx.execute(set_default_url_sql, {public_url}));
    return {};
}

Result<bool> has_other_realms(database::ReadTransaction& tx) {
    const auto found = TRY(tx.find(find_other_realm_sql, {}, read_one));
    return found.has_value();
}

Result<Residents> count_residents(database::ReadTransaction& tx, RealmId id) {
    const auto counted = TRY(tx.find(count_residents_sql, {id}, read_residents));
    return counted.value_or(Residents{});
}

Result<bool> delete_realm(database::WriteTransaction& tx, RealmId id) {
    const auto deleted = TRY(tx.execute(delete_realm_sql, {id}));
    if (deleted == 0) return false;
    TRY(tx.execute(delete_keys_sql, {id}));
    TRY(tx.execute(delete_mail_of_realm_sql, {id}));
    return true;
}

Result<std::vector<RealmRecord>> list_realms(database::ReadTransaction& tx) {
    return collect(tx, list_realms_sql, {}, read_realm);
}

}  // namespace latchkey::store
