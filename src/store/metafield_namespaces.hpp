#pragma once

// Namespaces of metafields: an app's, nested, with keys that are unique within a realm's parent.

#include <optional>
#include <string_view>
#include <vector>

#include "database/database.hpp"
#include "model/custom_data.hpp"

namespace latchkey::store {

/// Errors: conflict when the realm's parent has a namespace of this key.
[[nodiscard]] Result<void> insert_namespace(database::WriteTransaction& tx,
                                            const NamespaceRecord& name_space);
/// Whichever realm it is of: the record says.
[[nodiscard]] Result<std::optional<NamespaceRecord>> find_namespace(database::ReadTransaction& tx,
                                                                    NamespaceId id);
/// `parent` is all zero for one at the top.
[[nodiscard]] Result<std::optional<NamespaceRecord>> find_namespace(database::ReadTransaction& tx,
                                                                    RealmId realm,
                                                                    NamespaceId parent,
                                                                    std::string_view key);
/// Those that an app owns, at most `limit`.
[[nodiscard]] Result<std::vector<NamespaceRecord>> list_namespaces(database::ReadTransaction& tx,
                                                                   ClientId client_id, int limit);
/// Those directly inside another, at most `limit`.
[[nodiscard]] Result<std::vector<NamespaceRecord>> list_nested(database::ReadTransaction& tx,
                                                               const NamespaceRecord& parent,
                                                               int limit);
/// Replaces key, name, description and updated_at. Errors: not_found; conflict (key taken).
[[nodiscard]] Result<void> update_namespace(database::WriteTransaction& tx,
                                            const NamespaceRecord& name_space);
/// Also deletes what it grants and what is granted to it.
[[nodiscard]] Result<void> delete_namespace(database::WriteTransaction& tx, NamespaceId id);
/// Deletes all of an app's; their grants go by sweep_removals.
[[nodiscard]] Result<void> delete_namespaces_of(database::WriteTransaction& tx, ClientId client_id);

}  // namespace latchkey::store
