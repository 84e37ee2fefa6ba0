#include "store/metafield_values.hpp"

#include "store/definition_columns.hpp"

namespace latchkey::store {
namespace {

// Behind the definition's own columns.
constexpr Part value_columns = "v.user_id, v.value, v.created_at, v.updated_at";

DefinedValue read_defined_value(const Row& row, CorruptRows& corrupt) {
    RowReader in(row);
    auto definition = read_definition(in, corrupt);
    const DefinitionId id = definition.id;
    return {.definition = std::move(definition),
            .value = {.user_id = in.id<UserId>(),
                      .definition_id = id,
                      .value = in.text(),
                      .created_at = in.time(),
                      .updated_at = in.time()}};
}

constexpr Part defined_value = R"(
    FROM metafield_definitions d JOIN metafield_values v
        ON v.user_id = ?1 AND v.client_id = d.client_id AND v.definition_id = d.id)";
constexpr Part value_page = R"(
    FROM metafield_values v JOIN metafield_definitions d ON d.id = v.definition_id
    WHERE v.user_id = ?1 AND v.client_id = ?2 AND v.definition_id > ?3 AND v.definition_id < ?4)";

constexpr database::Sql find_value_sql =
    sql<"SELECT ", definition_columns, ", ", value_columns, defined_value, " WHERE d.id = ?2">;
constexpr database::Sql find_value_by_key_sql =
    sql<"SELECT ", definition_columns, ", ", value_columns, defined_value,
        " WHERE d.client_id = ?2 AND d.name_space = ?3 AND d.key = ?4">;
constexpr database::Sql list_values_forward_sql =
    sql<"SELECT ", definition_columns, ", ", value_columns, value_page,
        " ORDER BY v.definition_id LIMIT ?5">;
constexpr database::Sql list_values_backward_sql =
    sql<"SELECT ", definition_columns, ", ", value_columns, value_page,
        " ORDER BY v.definition_id DESC LIMIT ?5">;
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
constexpr database::Sql list_kept_values_sql =
    R"(SELECT d.client_id, d.name_space, d.key, v.value, v.updated_at
       FROM metafield_values v JOIN metafield_definitions d ON d.id = v.definition_id
       WHERE v.user_id = ?1 ORDER BY v.client_id, v.definition_id LIMIT ?2)";

Result<std::optional<DefinedValue>> find_one_value(database::ReadTransaction& tx,
                                                   database::Sql statement,
                                                   database::Params params) {
    CorruptRows corrupt;
    auto found = TRY(tx.find(statement, params, [&corrupt](const Row& row) {
        return read_defined_value(row, corrupt);
    }));
    TRY(corrupt.check());
    return found;
}

}  // namespace

Result<std::optional<DefinedValue>> find_value(database::ReadTransaction& tx, UserId user_id,
                                               const DefinitionKey& key) {
    return find_one_value(tx, find_value_by_key_sql,
                          {user_id, key.client_id, key.name_space, key.key});
}

Result<std::optional<DefinedValue>> find_value(database::ReadTransaction& tx, UserId user_id,
                                               DefinitionId definition_id) {
    return find_one_value(tx, find_value_sql, {user_id, definition_id});
}

Result<std::vector<DefinedValue>> list_values(database::ReadTransaction& tx, UserId user_id,
                                              ClientId client_id, const Page& page) {
    const database::Sql statement =
        page.direction == Direction::forward ? list_values_forward_sql : list_values_backward_sql;
    CorruptRows corrupt;
    auto rows =
        TRY(collect(tx, statement,
                    {user_id, client_id, page_start(page.after), page_end(page.before), page.limit},
                    [&corrupt](const Row& row) { return read_defined_value(row, corrupt); }));
    TRY(corrupt.check());
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
    return changes_one(tx, delete_value_sql, {user_id, definition_id});
}

Result<std::vector<KeptValue>> list_kept_values(database::ReadTransaction& tx, UserId user_id,
                                                int limit) {
    return collect(tx, list_kept_values_sql, {user_id, limit}, [](const Row& row) -> KeptValue {
        RowReader in(row);
        return {.client_id = in.id<ClientId>(),
                .name_space = in.text(),
                .key = in.text(),
                .value = in.text(),
                .updated_at = in.time()};
    });
}

}  // namespace latchkey::store
