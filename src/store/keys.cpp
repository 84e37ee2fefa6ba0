#include "store/keys.hpp"

#include "store/columns.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql list_sql =
    "SELECT purpose, version, wrapped_key, created_at FROM keys ORDER BY purpose, version";
constexpr database::Sql insert_sql =
    "INSERT INTO keys (purpose, version, wrapped_key, created_at) VALUES (?1, ?2, ?3, ?4)";

KeyRecord read_key(const Row& row) {
    return {.purpose = text_column(row, 0),
            .version = row.integer(1),
            .wrapped_key = bytes_column(row, 2),
            .created_at = time_column(row, 3)};
}

}  // namespace

Result<std::vector<KeyRecord>> list_keys(database::ReadTransaction& tx) {
    return collect(tx, list_sql, {}, read_key);
}

Result<void> insert_key(database::WriteTransaction& tx, const KeyRecord& key) {
    TRY(tx.execute(insert_sql,
                   {key.purpose, key.version, key.wrapped_key, to_unix(key.created_at)}));
    return {};
}

}  // namespace latchkey::store
