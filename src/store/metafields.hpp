#pragma once

// Metafield definitions and values.

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
/// Deletes the definition, its grants and aliases. Its values are out of sight at once, and
/// remove_orphaned_values removes them a few at a time.
[[nodiscard]] Result<void> delete_definition(database::WriteTransaction& tx,
                                             const MetafieldDefinitionRecord& definition);
/// Removes at most `limit` values of definitions that are gone; how many went.
[[nodiscard]] Result<std::int64_t> remove_orphaned_values(database::WriteTransaction& tx,
                                                          int limit);
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

struct DefinedValue {
    MetafieldDefinitionRecord definition;
    MetafieldValueRecord value;
};
[[nodiscard]] Result<std::optional<DefinedValue>> find_value(database::ReadTransaction& tx,
                                                             UserId user_id,
                                                             const DefinitionKey& key);
/// The value of one definition, whoever owns it.
[[nodiscard]] Result<std::optional<DefinedValue>> find_value(database::ReadTransaction& tx,
                                                             UserId user_id,
                                                             DefinitionId definition_id);
/// One user's values of one client's definitions, in the order of definition ids.
[[nodiscard]] Result<std::vector<DefinedValue>> list_values(database::ReadTransaction& tx,
                                                            UserId user_id, ClientId client_id,
                                                            const Page& page);
/// Inserts or replaces; created_at is kept on replacement.
[[nodiscard]] Result<void> put_value(database::WriteTransaction& tx,
                                     const MetafieldValueRecord& value);
/// False: there was none.
[[nodiscard]] Result<bool> delete_value(database::WriteTransaction& tx, UserId user_id,
                                        DefinitionId definition_id);

}  // namespace latchkey::store
