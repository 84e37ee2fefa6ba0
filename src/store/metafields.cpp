#include "store/metafields.hpp"

#include "store/metafield_columns.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql insert_definition_sql =
    R"(INSERT INTO metafield_definitions
           (id, client_id, name_space, key, name, description, type, validations,
            created_at, updated_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10))";
constexpr database::Sql find_definition_sql =
    R"(SELECT id, client_id, name_space, key, name, description, type, validations,
              created_at, updated_at
       FROM metafield_definitions WHERE client_id = ?1 AND name_space = ?2 AND key = ?3)";
constexpr database::Sql count_definitions_sql =
    "SELECT count(*) FROM metafield_definitions WHERE client_id = ?1";
constexpr database::Sql definitions_forward_sql =
    R"(SELECT id, client_id, name_space, key, name, description, type, validations,
              created_at, updated_at
       FROM metafield_definitions WHERE client_id = ?1 AND id > ?2 AND id < ?3
       ORDER BY id LIMIT ?4)";
constexpr database::Sql definitions_backward_sql =
    R"(SELECT id, client_id, name_space, key, name, description, type, validations,
              created_at, updated_at
       FROM metafield_definitions WHERE client_id = ?1 AND id > ?2 AND id < ?3
       ORDER BY id DESC LIMIT ?4)";

constexpr database::Sql find_value_sql =
    R"(SELECT d.id, d.client_id, d.name_space, d.key, d.name, d.description, d.type,
              d.validations, d.created_at, d.updated_at,
              v.user_id, v.value, v.created_at, v.updated_at
       FROM metafield_definitions d JOIN metafield_values v
           ON v.user_id = ?1 AND v.client_id = d.client_id AND v.definition_id = d.id
       WHERE d.client_id = ?2 AND d.name_space = ?3 AND d.key = ?4)";
constexpr database::Sql values_forward_sql =
    R"(SELECT d.id, d.client_id, d.name_space, d.key, d.name, d.description, d.type,
              d.validations, d.created_at, d.updated_at,
              v.user_id, v.value, v.created_at, v.updated_at
       FROM metafield_values v JOIN metafield_definitions d ON d.id = v.definition_id
       WHERE v.user_id = ?1 AND v.client_id = ?2 AND v.definition_id > ?3
           AND v.definition_id < ?4
       ORDER BY v.definition_id LIMIT ?5)";
constexpr database::Sql values_backward_sql =
    R"(SELECT d.id, d.client_id, d.name_space, d.key, d.name, d.description, d.type,
              d.validations, d.created_at, d.updated_at,
              v.user_id, v.value, v.created_at, v.updated_at
       FROM metafield_values v JOIN metafield_definitions d ON d.id = v.definition_id
       WHERE v.user_id = ?1 AND v.client_id = ?2 AND v.definition_id > ?3
           AND v.definition_id < ?4
       ORDER BY v.definition_id DESC LIMIT ?5)";
// The owner comes from the definition itself: a value cannot end up under another app.
constexpr database::Sql put_value_sql =
    R"(INSERT INTO metafield_values
           (user_id, client_id, definition_id, created_at, updated_at, value)
       SELECT ?1, d.client_id, d.id, ?3, ?4, ?5 FROM metafield_definitions d WHERE d.id = ?2
       ON CONFLICT (user_id, client_id, definition_id) DO UPDATE SET
           value = excluded.value, updated_at = excluded.updated_at)";
constexpr database::Sql delete_value_sql =
    R"(DELETE FROM metafield_values WHERE user_id = ?1 AND definition_id = ?2 AND client_id =
           (SELECT client_id FROM metafield_definitions WHERE id = ?2))";

/// Comes after every other id. Random ids are never all ones.
DefinitionId page_end(const std::optional<DefinitionId>& before) {
    DefinitionId last;
    last.bytes.fill(0xff);
    return before.value_or(last);
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
    Damage damage;
    auto found = TRY(tx.find(find_definition_sql, {key.client_id, key.name_space, key.key},
                             [&damage](const Row& row) { return read_definition(row, damage); }));
    TRY(damage.check());
    return found;
}

Result<std::int64_t> count_definitions(database::ReadTransaction& tx, ClientId client_id) {
    const auto count = TRY(
        tx.find(count_definitions_sql, {client_id}, [](const Row& row) { return row.integer(0); }));
    return count.value_or(0);
}

Result<std::vector<MetafieldDefinitionRecord>> list_definitions(database::ReadTransaction& tx,
                                                                ClientId client_id,
                                                                const Page& page) {
    const database::Sql sql =
        page.direction == Direction::forward ? definitions_forward_sql : definitions_backward_sql;
    Damage damage;
    auto rows =
        TRY(collect(tx, sql, {client_id, page_start(page.after), page_end(page.before), page.limit},
                    [&damage](const Row& row) { return read_definition(row, damage); }));
    TRY(damage.check());
    return rows;
}

Result<std::optional<DefinedValue>> find_value(database::ReadTransaction& tx, UserId user_id,
                                               const DefinitionKey& key) {
    Damage damage;
    auto found =
        TRY(tx.find(find_value_sql, {user_id, key.client_id, key.name_space, key.key},
                    [&damage](const Row& row) { return read_defined_value(row, damage); }));
    TRY(damage.check());
    return found;
}

Result<std::vector<DefinedValue>> list_values(database::ReadTransaction& tx, UserId user_id,
                                              ClientId client_id, const Page& page) {
    const database::Sql sql =
        page.direction == Direction::forward ? values_forward_sql : values_backward_sql;
    Damage damage;
    auto rows = TRY(collect(
        tx, sql, {user_id, client_id, page_start(page.after), page_end(page.before), page.limit},
        [&damage](const Row& row) { return read_defined_value(row, damage); }));
    TRY(damage.check());
    return rows;
}

Result<void> put_value(database::WriteTransaction& tx, const MetafieldValueRecord& value) {
    const std::int64_t changed = TRY(
        tx.execute(put_value_sql, {value.user_id, value.definition_id, to_unix(value.created_at),
                                   to_unix(value.updated_at), value.value}));
    if (changed == 0) return fail(ErrorCode::not_found, "There is no such definition.");
    return {};
}

Result<bool> delete_value(database::WriteTransaction& tx, UserId user_id,
                          DefinitionId definition_id) {
    const std::int64_t deleted = TRY(tx.execute(delete_value_sql, {user_id, definition_id}));
    return deleted == 1;
}

}  // namespace latchkey::store
