#include "store/metafield_grants.hpp"

#include "store/rows.hpp"
#include "store/statement.hpp"

namespace latchkey::store {
namespace {

constexpr Part grant_columns =
    "realm_id, resource_kind, resource_id, grantee_kind, grantee, level, member_key, created_at";

ResourceKind read_resource_kind(RowReader& in) {
    const bool is_namespace = in.integer() == static_cast<int>(ResourceKind::name_space);
    return is_namespace ? ResourceKind::name_space : ResourceKind::definition;
}

MetafieldGrantRecord read_grant(const Row& row) {
    RowReader in(row);
    return {.realm_id = in.id<RealmId>(),
            .resource = {.kind = read_resource_kind(in), .id = in.id<ResourceId>()},
            .grantee = {.kind = static_cast<GranteeKind>(in.integer()), .name = in.text()},
            // A level that this program does not know allows nothing.
            .level = in.number_of(AccessLevel::admin, AccessLevel::none),
            .member_key = in.text(),
            .created_at = in.time()};
}

constexpr database::Sql put_grant_sql =
    R"(INSERT INTO metafield_grants
           (realm_id, resource_kind, resource_id, grantee_kind, grantee, level, member_key,
            created_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
       ON CONFLICT (resource_id, grantee_kind, grantee) DO UPDATE SET level = excluded.level)";
constexpr database::Sql delete_grant_sql =
    R"(DELETE FROM metafield_grants
       WHERE resource_id = ?1 AND grantee_kind = ?2 AND grantee = ?3)";
constexpr database::Sql list_grants_sql = sql<"SELECT ", grant_columns, R"( FROM metafield_grants
         WHERE resource_id = ?1 ORDER BY grantee_kind, grantee)">;
constexpr database::Sql any_grant_sql = "SELECT 1 FROM metafield_grants LIMIT 1";
constexpr database::Sql list_granted_sql = sql<"SELECT ", grant_columns, R"( FROM metafield_grants
         WHERE grantee_kind = ?1 AND grantee = ?2 AND realm_id = ?3
         ORDER BY resource_id LIMIT ?4)">;
constexpr database::Sql find_member_sql = sql<"SELECT ", grant_columns, R"( FROM metafield_grants
         WHERE grantee_kind = 3 AND grantee = ?1 AND member_key = ?2)">;
constexpr database::Sql rename_member_sql =
    R"(UPDATE metafield_grants SET member_key = ?3
       WHERE resource_id = ?2 AND grantee_kind = 3 AND grantee = ?1)";

static_assert(static_cast<int>(GranteeKind::name_space) == 3, "the statements write it out");

std::int64_t number_of(GranteeKind kind) { return static_cast<std::int64_t>(kind); }

}  // namespace

Result<void> put_grant(database::WriteTransaction& tx, const MetafieldGrantRecord& grant) {
    TRY(tx.execute(put_grant_sql, {grant.realm_id, static_cast<std::int64_t>(grant.resource.kind),
                                   grant.resource.id, number_of(grant.grantee.kind),
                                   grant.grantee.name, static_cast<std::int64_t>(grant.level),
                                   grant.member_key, to_unix(grant.created_at)}));
    return {};
}

Result<bool> delete_grant(database::WriteTransaction& tx, const Resource& resource,
                          const Grantee& grantee) {
    return changes_one(tx, delete_grant_sql, {resource.id, number_of(grantee.kind), grantee.name});
}

Result<std::vector<MetafieldGrantRecord>> list_grants(database::ReadTransaction& tx,
                                                      const Resource& resource) {
    return collect(tx, list_grants_sql, {resource.id}, read_grant);
}

Result<bool> has_grants(database::ReadTransaction& tx) { return exists(tx, any_grant_sql, {}); }

Result<std::vector<MetafieldGrantRecord>> list_granted(database::ReadTransaction& tx, RealmId realm,
                                                       const Grantee& grantee, int limit) {
    return collect(tx, list_granted_sql, {number_of(grantee.kind), grantee.name, realm, limit},
                   read_grant);
}

Result<std::optional<MetafieldGrantRecord>> find_member(database::ReadTransaction& tx,
                                                        NamespaceId name_space,
                                                        std::string_view key) {
    return tx.find(find_member_sql, {name_space.text(), key}, read_grant);
}

Result<void> rename_member(database::WriteTransaction& tx, NamespaceId name_space,
                           DefinitionId member, std::string_view key) {
    TRY(tx.execute(rename_member_sql, {name_space.text(), member, key}));
    return {};
}

}  // namespace latchkey::store
