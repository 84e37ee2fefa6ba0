#pragma once

// Who may do what with definitions and namespaces. A grant counts in its resource's realm alone:
// "everyone" and the names of role groups mean that realm's.

#include <optional>
#include <string_view>
#include <vector>

#include "database/database.hpp"
#include "model/custom_data.hpp"

namespace latchkey::store {

/// Inserts a grant, or gives the one that is there another level (its member key stays).
/// Errors: conflict when another resource has the member key in that namespace.
[[nodiscard]] Result<void> put_grant(database::WriteTransaction& tx,
                                     const MetafieldGrantRecord& grant);
/// False: there was none.
[[nodiscard]] Result<bool> delete_grant(database::WriteTransaction& tx, const Resource& resource,
                                        const Grantee& grantee);
[[nodiscard]] Result<std::vector<MetafieldGrantRecord>> list_grants(database::ReadTransaction& tx,
                                                                    const Resource& resource);
/// Whether anybody shares anything, which most servers never do.
[[nodiscard]] Result<bool> has_grants(database::ReadTransaction& tx);
/// What was granted to one grantee, at most `limit`.
[[nodiscard]] Result<std::vector<MetafieldGrantRecord>> list_granted(database::ReadTransaction& tx,
                                                                     RealmId realm,
                                                                     const Grantee& grantee,
                                                                     int limit);
/// The definition that is a namespace's member under this key.
[[nodiscard]] Result<std::optional<MetafieldGrantRecord>> find_member(database::ReadTransaction& tx,
                                                                      NamespaceId name_space,
                                                                      std::string_view key);
/// Errors: conflict when the key is another member's.
[[nodiscard]] Result<void> rename_member(database::WriteTransaction& tx, NamespaceId name_space,
                                         DefinitionId member, std::string_view key);

}  // namespace latchkey::store
