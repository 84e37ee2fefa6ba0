#include "store/metafield_namespaces.hpp"

#include "store/removals.hpp"
#include "store/rows.hpp"
#include "store/statement.hpp"

namespace latchkey::store {
namespace {

constexpr Part namespace_columns =
    "id, realm_id, client_id, parent_id, key, name, description, created_at, updated_at";

NamespaceRecord read_namespace(const Row& row) {
    RowReader in(row);
    return {.id = in.id<NamespaceId>(),
            .realm_id = in.id<RealmId>(),
            .client_id = in.id<ClientId>(),
            .parent_id = in.id<NamespaceId>(),
            .key = in.text(),
            .name = in.text(),
            .description = in.text(),
            .created_at = in.time(),
            .updated_at = in.time()};
}

constexpr database::Sql insert_namespace_sql =
    R"(INSERT INTO metafield_namespaces
           (id, realm_id, client_id, parent_id, key, name, description, created_at, updated_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9))";
constexpr database::Sql find_namespace_sql =
    sql<"SELECT ", namespace_columns, " FROM metafield_namespaces WHERE id = ?1">;
constexpr database::Sql find_namespace_by_key_sql =
    sql<"SELECT ", namespace_columns, R"( FROM metafield_namespaces
         WHERE realm_id = ?1 AND parent_id = ?2 AND key = ?3)">;
constexpr database::Sql list_namespaces_sql =
    sql<"SELECT ", namespace_columns, R"( FROM metafield_namespaces
         WHERE client_id = ?1 ORDER BY id LIMIT ?2)">;
constexpr database::Sql list_nested_sql =
    sql<"SELECT ", namespace_columns, R"( FROM metafield_namespaces
         WHERE realm_id = ?1 AND parent_id = ?2 ORDER BY key LIMIT ?3)">;
constexpr database::Sql update_namespace_sql =
    R"(UPDATE metafield_namespaces SET key = ?2, name = ?3, description = ?4, updated_at = ?5
       WHERE id = ?1)";
constexpr database::Sql delete_namespace_sql = "DELETE FROM metafield_namespaces WHERE id = ?1";
constexpr database::Sql delete_grants_of_namespace_sql =
    "DELETE FROM metafield_grants WHERE resource_id = ?1";
constexpr database::Sql delete_members_sql =
    "DELETE FROM metafield_grants WHERE grantee_kind = 3 AND grantee = ?1";
constexpr database::Sql note_namespaces_sql =
    R"(INSERT INTO removals (kind, id)
       SELECT 4, id FROM metafield_namespaces WHERE client_id = ?1)";
constexpr database::Sql delete_namespaces_sql =
    "DELETE FROM metafield_namespaces WHERE client_id = ?1";

static_assert(static_cast<int>(GranteeKind::name_space) == 3, "the statements write it out");
static_assert(static_cast<int>(Removed::name_space) == 4, "the statement writes it out");

}  // namespace

Result<void> insert_namespace(database::WriteTransaction& tx, const NamespaceRecord& name_space) {
    TRY(tx.execute(insert_namespace_sql,
                   {name_space.id, name_space.realm_id, name_space.client_id, name_space.parent_id,
                    name_space.key, name_space.name, name_space.description,
                    to_unix(name_space.created_at), to_unix(name_space.updated_at)}));
    return {};
}

Result<std::optional<NamespaceRecord>> find_namespace(database::ReadTransaction& tx,
                                                      NamespaceId id) {
    return tx.find(find_namespace_sql, {id}, read_namespace);
}

Result<std::optional<NamespaceRecord>> find_namespace(database::ReadTransaction& tx, RealmId realm,
                                                      NamespaceId parent, std::string_view key) {
    return tx.find(find_namespace_by_key_sql, {realm, parent, key}, read_namespace);
}

Result<std::vector<NamespaceRecord>> list_namespaces(database::ReadTransaction& tx,
                                                     ClientId client_id, int limit) {
    return collect(tx, list_namespaces_sql, {client_id, limit}, read_namespace);
}

Result<std::vector<NamespaceRecord>> list_nested(database::ReadTransaction& tx,
                                                 const NamespaceRecord& parent, int limit) {
    return collect(tx, list_nested_sql, {parent.realm_id, parent.id, limit}, read_namespace);
}

Result<void> update_namespace(database::WriteTransaction& tx, const NamespaceRecord& name_space) {
    const bool changed = TRY(changes_one(tx, update_namespace_sql,
                                         {name_space.id, name_space.key, name_space.name,
                                          name_space.description, to_unix(name_space.updated_at)}));
    if (!changed) return fail(ErrorCode::not_found, "There is no such namespace.");
    return {};
}

Result<void> delete_namespace(database::WriteTransaction& tx, NamespaceId id) {
    TRY(tx.execute(delete_namespace_sql, {id}));
    TRY(tx.execute(delete_grants_of_namespace_sql, {id}));
    TRY(tx.execute(delete_members_sql, {id.text()}));
    return {};
}

Result<void> delete_namespaces_of(database::WriteTransaction& tx, ClientId client_id) {
    TRY(tx.execute(note_namespaces_sql, {client_id}));
    TRY(tx.execute(delete_namespaces_sql, {client_id}));
    return {};
}

}  // namespace latchkey::store
