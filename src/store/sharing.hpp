#pragma once

// Namespaces, grants, aliases and role groups: who shares what with whom.

#include <optional>
#include <string_view>
#include <vector>

#include "database/database.hpp"
#include "model/custom_data.hpp"

namespace latchkey::store {

/// Errors: conflict when the parent has a namespace of this key.
[[nodiscard]] Result<void> insert_namespace(database::WriteTransaction& tx,
                                            const NamespaceRecord& name_space);
[[nodiscard]] Result<std::optional<NamespaceRecord>> find_namespace(database::ReadTransaction& tx,
                                                                    NamespaceId id);
/// `parent` is all zero for one at the top.
[[nodiscard]] Result<std::optional<NamespaceRecord>> find_namespace(database::ReadTransaction& tx,
                                                                    NamespaceId parent,
                                                                    std::string_view key);
/// Those that an app owns, at most `limit`.
[[nodiscard]] Result<std::vector<NamespaceRecord>> list_namespaces(database::ReadTransaction& tx,
                                                                   ClientId client_id, int limit);
/// Those directly inside another, at most `limit`.
[[nodiscard]] Result<std::vector<NamespaceRecord>> list_nested(database::ReadTransaction& tx,
                                                               NamespaceId parent, int limit);
/// Replaces key, name, description and updated_at. Errors: not_found; conflict (key taken).
[[nodiscard]] Result<void> update_namespace(database::WriteTransaction& tx,
                                            const NamespaceRecord& name_space);
/// Also deletes what it grants and what is granted to it.
[[nodiscard]] Result<void> delete_namespace(database::WriteTransaction& tx, NamespaceId id);

/// Inserts a grant, or gives the one that is there another level (its member key stays).
/// Errors: conflict when another resource has the member key in that namespace.
[[nodiscard]] Result<void> put_grant(database::WriteTransaction& tx, const GrantRecord& grant);
/// False: there was none.
[[nodiscard]] Result<bool> delete_grant(database::WriteTransaction& tx, const Resource& resource,
                                        const Grantee& grantee);
[[nodiscard]] Result<std::vector<GrantRecord>> list_grants(database::ReadTransaction& tx,
                                                           const Resource& resource);
/// Whether anybody shares anything, which most servers never do.
[[nodiscard]] Result<bool> has_grants(database::ReadTransaction& tx);
/// What was granted to one grantee, at most `limit`.
[[nodiscard]] Result<std::vector<GrantRecord>> list_granted(database::ReadTransaction& tx,
                                                            const Grantee& grantee, int limit);
/// The definition that is a namespace's member under this key.
[[nodiscard]] Result<std::optional<GrantRecord>> find_member(database::ReadTransaction& tx,
                                                             NamespaceId name_space,
                                                             std::string_view key);
/// Errors: conflict when the key is another member's.
[[nodiscard]] Result<void> rename_member(database::WriteTransaction& tx, NamespaceId name_space,
                                         DefinitionId member, std::string_view key);

/// Sets the one alias that an app has for a definition. Errors: conflict when the key is taken.
[[nodiscard]] Result<void> put_alias(database::WriteTransaction& tx, const AliasRecord& alias);
[[nodiscard]] Result<std::optional<DefinitionId>> find_alias(database::ReadTransaction& tx,
                                                             ClientId client_id,
                                                             std::string_view key);
[[nodiscard]] Result<std::vector<AliasRecord>> list_aliases(database::ReadTransaction& tx,
                                                            ClientId client_id);
[[nodiscard]] Result<void> delete_alias(database::WriteTransaction& tx, ClientId client_id,
                                        DefinitionId definition_id);
[[nodiscard]] Result<void> delete_alias(database::WriteTransaction& tx, ClientId client_id,
                                        std::string_view key);

/// False: it was a member already.
[[nodiscard]] Result<bool> add_role_member(database::WriteTransaction& tx,
                                           const RoleMemberRecord& member);
[[nodiscard]] Result<bool> remove_role_member(database::WriteTransaction& tx, std::string_view role,
                                              ClientId client_id);
[[nodiscard]] Result<std::vector<std::string>> list_roles(database::ReadTransaction& tx,
                                                          ClientId client_id);
/// Every group's members, by role and client.
[[nodiscard]] Result<std::vector<RoleMemberRecord>> list_role_members(
    database::ReadTransaction& tx);
[[nodiscard]] Result<bool> has_members(database::ReadTransaction& tx, std::string_view role);

/// What an app leaves behind: its namespaces, grants, aliases and memberships.
[[nodiscard]] Result<void> delete_sharing_of(database::WriteTransaction& tx, ClientId client_id);

}  // namespace latchkey::store
