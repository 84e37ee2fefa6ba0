// Namespaces and role groups (declared in store/sharing.hpp).

#include "store/columns.hpp"
#include "store/sharing.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql insert_sql =
    R"(INSERT INTO metafield_namespaces
           (id, client_id, parent_id, key, name, description, created_at, updated_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))";
constexpr database::Sql find_sql =
    R"(SELECT id, client_id, parent_id, key, name, description, created_at, updated_at
       FROM metafield_namespaces WHERE id = ?1)";
constexpr database::Sql find_by_key_sql =
    R"(SELECT id, client_id, parent_id, key, name, description, created_at, updated_at
       FROM metafield_namespaces WHERE parent_id = ?1 AND key = ?2)";
constexpr database::Sql list_of_client_sql =
    R"(SELECT id, client_id, parent_id, key, name, description, created_at, updated_at
       FROM metafield_namespaces WHERE client_id = ?1 ORDER BY id LIMIT ?2)";
constexpr database::Sql list_nested_sql =
    R"(SELECT id, client_id, parent_id, key, name, description, created_at, updated_at
       FROM metafield_namespaces WHERE parent_id = ?1 ORDER BY key LIMIT ?2)";
constexpr database::Sql update_sql =
    R"(UPDATE metafield_namespaces SET key = ?2, name = ?3, description = ?4, updated_at = ?5
       WHERE id = ?1)";
constexpr database::Sql delete_sql = "DELETE FROM metafield_namespaces WHERE id = ?1";
constexpr database::Sql delete_grants_sql = "DELETE FROM metafield_grants WHERE resource_id = ?1";
constexpr database::Sql delete_members_sql =
    "DELETE FROM metafield_grants WHERE grantee_kind = 3 AND grantee = ?1";

constexpr database::Sql add_member_sql =
    R"(INSERT INTO client_roles (role, client_id, created_at) VALUES (?1, ?2, ?3)
       ON CONFLICT (role, client_id) DO NOTHING)";
constexpr database::Sql remove_member_sql =
    "DELETE FROM client_roles WHERE role = ?1 AND client_id = ?2";
constexpr database::Sql roles_of_client_sql =
    "SELECT role FROM client_roles WHERE client_id = ?1 ORDER BY role";
constexpr database::Sql list_members_sql =
    "SELECT role, client_id, created_at FROM client_roles ORDER BY role, client_id";
constexpr database::Sql any_member_sql = "SELECT 1 FROM client_roles WHERE role = ?1 LIMIT 1";

static_assert(static_cast<int>(GranteeKind::name_space) == 3, "the statements write it out");

NamespaceRecord read_namespace(const Row& row) {
    return {.id = row.id<NamespaceId>(0),
            .client_id = row.id<ClientId>(1),
            .parent_id = row.id<NamespaceId>(2),
            .key = text_column(row, 3),
            .name = text_column(row, 4),
            .description = text_column(row, 5),
            .created_at = time_column(row, 6),
            .updated_at = time_column(row, 7)};
}

RoleMemberRecord read_member(const Row& row) {
    return {.role = text_column(row, 0),
            .client_id = row.id<ClientId>(1),
            .created_at = time_column(row, 2)};
}

}  // namespace

Result<void> insert_namespace(database::WriteTransaction& tx, const NamespaceRecord& name_space) {
    TRY(tx.execute(insert_sql, {name_space.id, name_space.client_id, name_space.parent_id,
                                name_space.key, name_space.name, name_space.description,
                                to_unix(name_space.created_at), to_unix(name_space.updated_at)}));
    return {};
}

Result<std::optional<NamespaceRecord>> find_namespace(database::ReadTransaction& tx,
                                                      NamespaceId id) {
    return tx.find(find_sql, {id}, read_namespace);
}

Result<std::optional<NamespaceRecord>> find_namespace(database::ReadTransaction& tx,
                                                      NamespaceId parent, std::string_view key) {
    return tx.find(find_by_key_sql, {parent, key}, read_namespace);
}

Result<std::vector<NamespaceRecord>> list_namespaces(database::ReadTransaction& tx,
                                                     ClientId client_id, int limit) {
    return collect(tx, list_of_client_sql, {client_id, limit}, read_namespace);
}

Result<std::vector<NamespaceRecord>> list_nested(database::ReadTransaction& tx, NamespaceId parent,
                                                 int limit) {
    return collect(tx, list_nested_sql, {parent, limit}, read_namespace);
}

Result<void> update_namespace(database::WriteTransaction& tx, const NamespaceRecord& name_space) {
    const std::int64_t changed =
        TRY(tx.execute(update_sql, {name_space.id, name_space.key, name_space.name,
                                    name_space.description, to_unix(name_space.updated_at)}));
    if (changed == 0) return fail(ErrorCode::not_found, "There is no such namespace.");
    return {};
}

Result<void> delete_namespace(database::WriteTransaction& tx, NamespaceId id) {
    TRY(tx.execute(delete_sql, {id}));
    TRY(tx.execute(delete_grants_sql, {id}));
    TRY(tx.execute(delete_members_sql, {id.text()}));
    return {};
}

Result<bool> add_role_member(database::WriteTransaction& tx, const RoleMemberRecord& member) {
    const std::int64_t added = TRY(
        tx.execute(add_member_sql, {member.role, member.client_id, to_unix(member.created_at)}));
    return added == 1;
}

Result<bool> remove_role_member(database::WriteTransaction& tx, std::string_view role,
                                ClientId client_id) {
    const std::int64_t removed = TRY(tx.execute(remove_member_sql, {role, client_id}));
    return removed == 1;
}

Result<std::vector<std::string>> list_roles(database::ReadTransaction& tx, ClientId client_id) {
    return collect(tx, roles_of_client_sql, {client_id},
                   [](const Row& row) { return text_column(row, 0); });
}

Result<std::vector<RoleMemberRecord>> list_role_members(database::ReadTransaction& tx) {
    return collect(tx, list_members_sql, {}, read_member);
}

Result<bool> has_members(database::ReadTransaction& tx, std::string_view role) {
    const auto found = TRY(tx.find(any_member_sql, {role}, [](const Row&) { return true; }));
    return found.has_value();
}

}  // namespace latchkey::store
