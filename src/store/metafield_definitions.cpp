#include "store/metafield_definitions.hpp"

#include <array>

#include "store/definition_columns.hpp"
#include "store/removals.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql insert_definition_sql =
    R"(INSERT INTO metafield_definitions
           (id, client_id, name_space, key, name, description, type, validations,
            created_at, updated_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10))";
constexpr database::Sql find_definition_sql =
    sql<"SELECT ", definition_columns, " FROM metafield_definitions d WHERE d.id = ?1">;
constexpr database::Sql find_definition_by_key_sql =
    sql<"SELECT ", definition_columns, R"( FROM metafield_definitions d
         WHERE d.client_id = ?1 AND d.name_space = ?2 AND d.key = ?3)">;
constexpr database::Sql update_definition_sql =
    R"(UPDATE metafield_definitions
       SET key = ?2, name = ?3, description = ?4, validations = ?5, updated_at = ?6
       WHERE id = ?1)";
constexpr std::array<database::Sql, 3> delete_definition_sql = {
    "DELETE FROM metafield_definitions WHERE id = ?1",
    "DELETE FROM metafield_grants WHERE resource_id = ?1",
    "DELETE FROM metafield_aliases WHERE definition_id = ?1",
};
constexpr database::Sql note_definitions_sql =
    R"(INSERT INTO removals (kind, id)
       SELECT 3, id FROM metafield_definitions WHERE client_id = ?1)";
constexpr database::Sql delete_definitions_sql =
    "DELETE FROM metafield_definitions WHERE client_id = ?1";
constexpr database::Sql count_definitions_sql =
    "SELECT count(*) FROM metafield_definitions WHERE client_id = ?1";
constexpr database::Sql list_definitions_forward_sql =
    sql<"SELECT ", definition_columns, R"( FROM metafield_definitions d
         WHERE d.client_id = ?1 AND d.id > ?2 AND d.id < ?3 ORDER BY d.id LIMIT ?4)">;
constexpr database::Sql list_definitions_backward_sql =
    sql<"SELECT ", definition_columns, R"( FROM metafield_definitions d
         WHERE d.client_id = ?1 AND d.id > ?2 AND d.id < ?3 ORDER BY d.id DESC LIMIT ?4)">;

static_assert(static_cast<int>(Removed::definition) == 3, "the statement writes it out");

std::string pack_validations(const std::vector<MetafieldValidation>& validations) {
    std::vector<std::string> items;
    items.reserve(validations.size() * 2);
    for (const MetafieldValidation& validation : validations) {
        items.push_back(validation.name);
        items.push_back(validation.value);
    }
    return pack_list(items);
}

Result<std::optional<MetafieldDefinitionRecord>> find_one_definition(database::ReadTransaction& tx,
                                                                     database::Sql statement,
                                                                     database::Params params) {
    CorruptRows corrupt;
    auto found = TRY(tx.find(statement, params, [&corrupt](const Row& row) {
        RowReader in(row);
        return read_definition(in, corrupt);
    }));
    TRY(corrupt.check());
    return found;
}

}  // namespace

Result<void> insert_definition(database::WriteTransaction& tx,
                               const MetafieldDefinitionRecord& definition) {
    TRY(tx.execute(insert_definition_sql,
                   {definition.id, definition.client_id, definition.name_space, definition.key,
                    definition.name, definition.description, definition.type,
                    pack_validations(definition.validations), to_unix(definition.created_at),
                    to_unix(definition.updated_at)}));
    return {};
}

Result<std::optional<MetafieldDefinitionRecord>> find_definition(database::ReadTransaction& tx,
                                                                 const DefinitionKey& key) {
    return find_one_definition(tx, find_definition_by_key_sql,
                               {key.client_id, key.name_space, key.key});
}

Result<std::optional<MetafieldDefinitionRecord>> find_definition(database::ReadTransaction& tx,
                                                                 DefinitionId id) {
    return find_one_definition(tx, find_definition_sql, {id});
}

Result<void> update_definition(database::WriteTransaction& tx,
                               const MetafieldDefinitionRecord& definition) {
    const bool changed = TRY(
        changes_one(tx, update_definition_sql,
                    {definition.id, definition.key, definition.name, definition.description,
                     pack_validations(definition.validations), to_unix(definition.updated_at)}));
    if (!changed) return fail(ErrorCode::not_found, "There is no such definition.");
    return {};
}

Result<void> delete_definition(database::WriteTransaction& tx, DefinitionId id) {
    for (const database::Sql& part : delete_definition_sql) TRY(tx.execute(part, {id}));
    return note_removal(tx, Removed::definition, id);
}

Result<void> delete_definitions_of(database::WriteTransaction& tx, ClientId client_id) {
    TRY(tx.execute(note_definitions_sql, {client_id}));
    TRY(tx.execute(delete_definitions_sql, {client_id}));
    return {};
}

Result<std::int64_t> count_definitions(database::ReadTransaction& tx, ClientId client_id) {
    return count(tx, count_definitions_sql, {client_id});
}

Result<std::vector<MetafieldDefinitionRecord>> list_definitions(database::ReadTransaction& tx,
                                                                ClientId client_id,
                                                                const Page& page) {
    const database::Sql statement = page.direction == Direction::forward
                                        ? list_definitions_forward_sql
                                        : list_definitions_backward_sql;
    CorruptRows corrupt;
    auto rows = TRY(collect(tx, statement,
                            {client_id, page_start(page.after), page_end(page.before), page.limit},
                            [&corrupt](const Row& row) {
                                RowReader in(row);
                                return read_definition(in, corrupt);
                            }));
    TRY(corrupt.check());
    return rows;
}

}  // namespace latchkey::store
