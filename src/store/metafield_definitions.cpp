// Definitions by id, their changes and their end (declared in store/metafields.hpp).

#include <array>

#include "store/metafield_columns.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql find_sql =
    R"(SELECT id, client_id, name_space, key, name, description, type, validations,
              created_at, updated_at
       FROM metafield_definitions WHERE id = ?1)";
constexpr database::Sql update_sql =
    R"(UPDATE metafield_definitions
       SET key = ?2, name = ?3, description = ?4, validations = ?5, updated_at = ?6
       WHERE id = ?1)";
constexpr std::array<database::Sql, 3> delete_sql = {
    "DELETE FROM metafield_definitions WHERE id = ?1",
    "DELETE FROM metafield_grants WHERE resource_id = ?1",
    "DELETE FROM metafield_aliases WHERE definition_id = ?1",
};
constexpr database::Sql insert_removal_sql =
    "INSERT INTO metafield_removals (definition_id, client_id) VALUES (?1, ?2)";
constexpr database::Sql find_removal_sql =
    "SELECT definition_id, client_id FROM metafield_removals ORDER BY definition_id LIMIT 1";
constexpr database::Sql delete_removal_sql =
    "DELETE FROM metafield_removals WHERE definition_id = ?1";
// The index gives the user ids in order, so that a step touches neighbouring pages.
constexpr database::Sql remove_values_sql =
    R"(DELETE FROM metafield_values WHERE (user_id, client_id, definition_id) IN
           (SELECT user_id, client_id, definition_id FROM metafield_values
            WHERE client_id = ?1 AND definition_id = ?2 LIMIT ?3))";
constexpr database::Sql find_value_sql =
    R"(SELECT d.id, d.client_id, d.name_space, d.key, d.name, d.description, d.type,
              d.validations, d.created_at, d.updated_at,
              v.user_id, v.value, v.created_at, v.updated_at
       FROM metafield_definitions d JOIN metafield_values v
           ON v.user_id = ?1 AND v.client_id = d.client_id AND v.definition_id = d.id
       WHERE d.id = ?2)";

struct Removal {
    DefinitionId definition_id;
    ClientId client_id;
};

Removal read_removal(const Row& row) { return {row.id<DefinitionId>(0), row.id<ClientId>(1)}; }

}  // namespace

Result<std::optional<MetafieldDefinitionRecord>> find_definition(database::ReadTransaction& tx,
                                                                 DefinitionId id) {
    Damage damage;
    auto found = TRY(tx.find(find_sql, {id},
                             [&damage](const Row& row) { return read_definition(row, damage); }));
    TRY(damage.check());
    return found;
}

Result<void> update_definition(database::WriteTransaction& tx,
                               const MetafieldDefinitionRecord& definition) {
    const std::int64_t changed = TRY(tx.execute(
        update_sql, {definition.id, definition.key, definition.name, definition.description,
                     pack_validations(definition.validations), to_unix(definition.updated_at)}));
    if (changed == 0) return fail(ErrorCode::not_found, "There is no such definition.");
    return {};
}

Result<void> delete_definition(database::WriteTransaction& tx,
                               const MetafieldDefinitionRecord& definition) {
    for (const database::Sql& sql : delete_sql) TRY(tx.execute(sql, {definition.id}));
    TRY(tx.execute(insert_removal_sql, {definition.id, definition.client_id}));
    return {};
}

Result<std::int64_t> remove_orphaned_values(database::WriteTransaction& tx, int limit) {
    std::int64_t total = 0;
    while (total < limit) {
        const auto removal = TRY(tx.find(find_removal_sql, {}, read_removal));
        if (!removal) break;
        const std::int64_t wanted = limit - total;
        const std::int64_t removed = TRY(
            tx.execute(remove_values_sql, {removal->client_id, removal->definition_id, wanted}));
        total += removed;
        if (removed < wanted) TRY(tx.execute(delete_removal_sql, {removal->definition_id}));
    }
    return total;
}

Result<std::optional<DefinedValue>> find_value(database::ReadTransaction& tx, UserId user_id,
                                               DefinitionId definition_id) {
    Damage damage;
    auto found = TRY(tx.find(find_value_sql, {user_id, definition_id}, [&damage](const Row& row) {
        return read_defined_value(row, damage);
    }));
    TRY(damage.check());
    return found;
}

}  // namespace latchkey::store
