// Grants and aliases. The namespaces and roles of the same header are in namespaces.cpp.

#include "store/sharing.hpp"

#include <array>

#include "store/columns.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql put_grant_sql =
    R"(INSERT INTO metafield_grants
           (resource_id, grantee_kind, grantee, resource_kind, level, member_key, created_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
       ON CONFLICT (resource_id, grantee_kind, grantee) DO UPDATE SET level = excluded.level)";
constexpr database::Sql delete_grant_sql =
    R"(DELETE FROM metafield_grants
       WHERE resource_id = ?1 AND grantee_kind = ?2 AND grantee = ?3)";
constexpr database::Sql list_grants_sql =
    R"(SELECT resource_id, grantee_kind, grantee, resource_kind, level, member_key, created_at
       FROM metafield_grants WHERE resource_id = ?1 ORDER BY grantee_kind, grantee)";
constexpr database::Sql list_granted_sql =
    R"(SELECT resource_id, grantee_kind, grantee, resource_kind, level, member_key, created_at
       FROM metafield_grants WHERE grantee_kind = ?1 AND grantee = ?2
       ORDER BY resource_id LIMIT ?3)";
constexpr database::Sql any_grant_sql = "SELECT 1 FROM metafield_grants LIMIT 1";
constexpr database::Sql find_member_sql =
    R"(SELECT resource_id, grantee_kind, grantee, resource_kind, level, member_key, created_at
       FROM metafield_grants WHERE grantee_kind = 3 AND grantee = ?1 AND member_key = ?2)";
constexpr database::Sql rename_member_sql =
    R"(UPDATE metafield_grants SET member_key = ?3
       WHERE resource_id = ?2 AND grantee_kind = 3 AND grantee = ?1)";

constexpr database::Sql insert_alias_sql =
    "INSERT INTO metafield_aliases (client_id, key, definition_id) VALUES (?1, ?2, ?3)";
constexpr database::Sql find_alias_sql =
    "SELECT definition_id FROM metafield_aliases WHERE client_id = ?1 AND key = ?2";
constexpr database::Sql list_aliases_sql =
    "SELECT client_id, key, definition_id FROM metafield_aliases WHERE client_id = ?1";
constexpr database::Sql delete_alias_key_sql =
    "DELETE FROM metafield_aliases WHERE client_id = ?1 AND key = ?2";
constexpr database::Sql delete_alias_sql =
    "DELETE FROM metafield_aliases WHERE definition_id = ?2 AND client_id = ?1";

// What others granted to the app, by the text of its id.
constexpr database::Sql delete_granted_to_app_sql =
    "DELETE FROM metafield_grants WHERE grantee_kind = 2 AND grantee = ?1";
constexpr std::array<database::Sql, 5> delete_of_client_sql = {
    R"(DELETE FROM metafield_grants WHERE resource_id IN
           (SELECT id FROM metafield_definitions WHERE client_id = ?1))",
    R"(DELETE FROM metafield_grants WHERE resource_id IN
           (SELECT id FROM metafield_namespaces WHERE client_id = ?1))",
    R"(DELETE FROM metafield_aliases WHERE definition_id IN
           (SELECT id FROM metafield_definitions WHERE client_id = ?1))",
    "DELETE FROM metafield_aliases WHERE client_id = ?1",
    "DELETE FROM client_roles WHERE client_id = ?1",
};

static_assert(static_cast<int>(GranteeKind::app) == 2);
static_assert(static_cast<int>(GranteeKind::name_space) == 3);

std::int64_t to_column(GranteeKind kind) { return static_cast<std::int64_t>(kind); }

/// A level that this program does not know allows nothing.
AccessLevel read_level(std::int64_t column) {
    switch (column) {
        case static_cast<int>(AccessLevel::read): return AccessLevel::read;
        case static_cast<int>(AccessLevel::write): return AccessLevel::write;
        case static_cast<int>(AccessLevel::admin): return AccessLevel::admin;
        default: return AccessLevel::none;  // NOLINT: a column, not an enum
    }
}

GrantRecord read_grant(const Row& row) {
    const bool is_namespace = row.integer(3) == static_cast<int>(ResourceKind::name_space);
    return {.resource = {is_namespace ? ResourceKind::name_space : ResourceKind::definition,
                         row.id<ResourceId>(0)},
            .grantee = {static_cast<GranteeKind>(row.integer(1)), text_column(row, 2)},
            .level = read_level(row.integer(4)),
            .member_key = text_column(row, 5),
            .created_at = time_column(row, 6)};
}

AliasRecord read_alias(const Row& row) {
    return {.client_id = row.id<ClientId>(0),
            .key = text_column(row, 1),
            .definition_id = row.id<DefinitionId>(2)};
}

}  // namespace

Result<void> put_grant(database::WriteTransaction& tx, const GrantRecord& grant) {
    TRY(tx.execute(
        put_grant_sql,
        {grant.resource.id, to_column(grant.grantee.kind), grant.grantee.name,
         static_cast<std::int64_t>(grant.resource.kind), static_cast<std::int64_t>(grant.level),
         grant.member_key, to_unix(grant.created_at)}));
    return {};
}

Result<bool> delete_grant(database::WriteTransaction& tx, const Resource& resource,
                          const Grantee& grantee) {
    const std::int64_t deleted =
        TRY(tx.execute(delete_grant_sql, {resource.id, to_column(grantee.kind), grantee.name}));
    return deleted == 1;
}

Result<std::vector<GrantRecord>> list_grants(database::ReadTransaction& tx,
                                             const Resource& resource) {
    return collect(tx, list_grants_sql, {resource.id}, read_grant);
}

Result<bool> has_grants(database::ReadTransaction& tx) {
    const auto found = TRY(tx.find(any_grant_sql, {}, [](const Row&) { return true; }));
    return found.has_value();
}

Result<std::vector<GrantRecord>> list_granted(database::ReadTransaction& tx, const Grantee& grantee,
                                              int limit) {
    return collect(tx, list_granted_sql, {to_column(grantee.kind), grantee.name, limit},
                   read_grant);
}

Result<std::optional<GrantRecord>> find_member(database::ReadTransaction& tx,
                                               NamespaceId name_space, std::string_view key) {
    return tx.find(find_member_sql, {name_space.text(), key}, read_grant);
}

Result<void> rename_member(database::WriteTransaction& tx, NamespaceId name_space,
                           DefinitionId member, std::string_view key) {
    TRY(tx.execute(rename_member_sql, {name_space.text(), member, key}));
    return {};
}

Result<void> put_alias(database::WriteTransaction& tx, const AliasRecord& alias) {
    TRY(tx.execute(delete_alias_sql, {alias.client_id, alias.definition_id}));
    TRY(tx.execute(insert_alias_sql, {alias.client_id, alias.key, alias.definition_id}));
    return {};
}

Result<std::optional<DefinitionId>> find_alias(database::ReadTransaction& tx, ClientId client_id,
                                               std::string_view key) {
    return tx.find(find_alias_sql, {client_id, key},
                   [](const Row& row) { return row.id<DefinitionId>(0); });
}

Result<std::vector<AliasRecord>> list_aliases(database::ReadTransaction& tx, ClientId client_id) {
    return collect(tx, list_aliases_sql, {client_id}, read_alias);
}

Result<void> delete_alias(database::WriteTransaction& tx, ClientId client_id,
                          DefinitionId definition_id) {
    TRY(tx.execute(delete_alias_sql, {client_id, definition_id}));
    return {};
}

Result<void> delete_alias(database::WriteTransaction& tx, ClientId client_id,
                          std::string_view key) {
    TRY(tx.execute(delete_alias_key_sql, {client_id, key}));
    return {};
}

Result<void> delete_sharing_of(database::WriteTransaction& tx, ClientId client_id) {
    for (const database::Sql& sql : delete_of_client_sql) TRY(tx.execute(sql, {client_id}));
    TRY(tx.execute(delete_granted_to_app_sql, {client_id.text()}));
    for (;;) {
        constexpr int at_a_time = 100;
        const auto own = TRY(list_namespaces(tx, client_id, at_a_time));
        if (own.empty()) return {};
        for (const NamespaceRecord& name_space : own) {
            TRY(delete_namespace(tx, name_space.id));
        }
    }
}

}  // namespace latchkey::store
