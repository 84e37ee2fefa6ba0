#pragma once

// Metafield definitions.

#include <optional>
#include <string_view>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

struct DefinitionKey {
    ClientId client_id;
    std::string_view name_space;  // "" = reserved
    std::string_view key;
};

/// Errors: conflict when (client, namespace, key) is taken.
[[nodiscard]] Result<void> insert_definition(database::WriteTransaction& tx,
                                             const MetafieldDefinitionRecord& definition);
[[nodiscard]] Result<std::optional<MetafieldDefinitionRecord>> find_definition(
    database::ReadTransaction& tx, const DefinitionKey& key);
[[nodiscard]] Result<std::optional<MetafieldDefinitionRecord>> find_definition(
    database::ReadTransaction& tx, DefinitionId id);
/// Replaces key, name, description, validations and updated_at.
/// Errors: not_found; conflict when the key is taken.
[[nodiscard]] Result<void> update_definition(database::WriteTransaction& tx,
                                             const MetafieldDefinitionRecord& definition);
/// Deletes the definition, its grants and aliases. Its values are out of sight at once and go by
/// sweep_removals.
[[nodiscard]] Result<void> delete_definition(database::WriteTransaction& tx, DefinitionId id);
/// Deletes all of an app's; their grants, aliases and values go by sweep_removals.
[[nodiscard]] Result<void> delete_definitions_of(database::WriteTransaction& tx,
                                                 ClientId client_id);
[[nodiscard]] Result<std::int64_t> count_definitions(database::ReadTransaction& tx,
                                                     ClientId client_id);

enum class Direction : std::uint8_t { forward, backward };
/// A keyset page in the order of ids. `limit` rows at most, in the order of `direction`.
struct Page {
    std::optional<DefinitionId> after;
    std::optional<DefinitionId> before;
    Direction direction = Direction::forward;
    int limit = 0;
};
[[nodiscard]] Result<std::vector<MetafieldDefinitionRecord>> list_definitions(
    database::ReadTransaction& tx, ClientId client_id, const Page& page);

}  // namespace latchkey::store
