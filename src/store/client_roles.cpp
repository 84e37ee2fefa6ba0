#include "store/client_roles.hpp"

#include "store/rows.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql add_role_member_sql =
    R"(INSERT INTO client_roles (realm_id, role, client_id, created_at) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT (realm_id, role, client_id) DO NOTHING)";
constexpr database::Sql remove_role_member_sql =
    "DELETE FROM client_roles WHERE realm_id = ?1 AND role = ?2 AND client_id = ?3";
constexpr database::Sql list_roles_sql =
    "SELECT role FROM client_roles WHERE client_id = ?1 ORDER BY role";
constexpr database::Sql list_role_members_sql =
    R"(SELECT realm_id, role, client_id, created_at FROM client_roles
       WHERE realm_id = ?1 ORDER BY role, client_id)";
constexpr database::Sql any_role_member_sql =
    "SELECT 1 FROM client_roles WHERE realm_id = ?1 AND role = ?2 LIMIT 1";
constexpr database::Sql delete_roles_sql = "DELETE FROM client_roles WHERE client_id = ?1";

RoleMemberRecord read_role_member(const Row& row) {
    RowReader in(row);
    return {.realm_id = in.id<RealmId>(),
            .role = in.text(),
            .client_id = in.id<ClientId>(),
            .created_at = in.time()};
}

}  // namespace

Result<bool> add_role_member(database::WriteTransaction& tx, const RoleMemberRecord& member) {
    return changes_one(
        tx, add_role_member_sql,
        {member.realm_id, member.role, member.client_id, to_unix(member.created_at)});
}

Result<bool> remove_role_member(database::WriteTransaction& tx, RealmId realm,
                                std::string_view role, ClientId client_id) {
    return changes_one(tx, remove_role_member_sql, {realm, role, client_id});
}

Result<std::vector<std::string>> list_roles(database::ReadTransaction& tx, ClientId client_id) {
    return collect(tx, list_roles_sql, {client_id},
                   [](const Row& row) { return RowReader(row).text(); });
}

Result<std::vector<RoleMemberRecord>> list_role_members(database::ReadTransaction& tx,
                                                        RealmId realm) {
    return collect(tx, list_role_members_sql, {realm}, read_role_member);
}

Result<bool> has_members(database::ReadTransaction& tx, RealmId realm, std::string_view role) {
    return exists(tx, any_role_member_sql, {realm, role});
}

Result<void> delete_roles_of(database::WriteTransaction& tx, ClientId client_id) {
    TRY(tx.execute(delete_roles_sql, {client_id}));
    return {};
}

}  // namespace latchkey::store
