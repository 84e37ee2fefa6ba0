#include "store/metafield_aliases.hpp"

#include "store/rows.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql insert_alias_sql =
    "INSERT INTO metafield_aliases (client_id, key, definition_id) VALUES (?1, ?2, ?3)";
constexpr database::Sql find_alias_sql =
    "SELECT definition_id FROM metafield_aliases WHERE client_id = ?1 AND key = ?2";
constexpr database::Sql list_aliases_sql =
    "SELECT client_id, key, definition_id FROM metafield_aliases WHERE client_id = ?1 ORDER BY key";
constexpr database::Sql delete_alias_by_key_sql =
    "DELETE FROM metafield_aliases WHERE client_id = ?1 AND key = ?2";
constexpr database::Sql delete_alias_sql =
    "DELETE FROM metafield_aliases WHERE definition_id = ?2 AND client_id = ?1";

AliasRecord read_alias(const Row& row) {
    RowReader in(row);
    return {
        .client_id = in.id<ClientId>(), .key = in.text(), .definition_id = in.id<DefinitionId>()};
}

}  // namespace

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
    TRY(tx.execute(delete_alias_by_key_sql, {client_id, key}));
    return {};
}

}  // namespace latchkey::store
