#include "store/keys.hpp"

#include "store/columns.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql list_sql =
    R"(SELECT purpose, version, wrapped_key, created_at, use_from
       FROM keys ORDER BY purpose, version)";
constexpr database::Sql insert_sql =
    R"(INSERT INTO keys (purpose, version, wrapped_key, created_at, use_from)
       VALUES (?1, ?2, ?3, ?4, ?5))";
constexpr database::Sql replace_sql =
    R"(UPDATE keys SET wrapped_key = ?4
       WHERE purpose = ?1 AND version = ?2 AND wrapped_key = ?3)";
constexpr database::Sql delete_sql = "DELETE FROM keys WHERE purpose = ?1 AND version = ?2";

KeyRecord read_key(const Row& row) {
    return {.purpose = text_column(row, 0),
            .version = row.integer(1),
            .wrapped_key = bytes_column(row, 2),
            .created_at = time_column(row, 3),
            .use_from = time_column(row, 4)};
}

}  // namespace

Result<std::vector<KeyRecord>> list_keys(database::ReadTransaction& tx) {
    return collect(tx, list_sql, {}, read_key);
}

Result<void> insert_key(database::WriteTransaction& tx, const KeyRecord& key) {
    TRY(tx.execute(insert_sql, {key.purpose, key.version, key.wrapped_key, to_unix(key.created_at),
                                to_unix(key.use_from)}));
    return {};
}

Result<void> replace_wrapped_key(database::WriteTransaction& tx, const KeyRecord& read,
                                 ByteView next) {
    const std::int64_t changed =
        TRY(tx.execute(replace_sql, {read.purpose, read.version, read.wrapped_key, next}));
    if (changed == 1) return {};
    return fail(ErrorCode::conflict, "The key ring is being changed. Try again.");
}

Result<bool> delete_key(database::WriteTransaction& tx, std::string_view purpose,
                        std::int64_t version) {
    const std::int64_t deleted = TRY(tx.execute(delete_sql, {purpose, version}));
    return deleted == 1;
}

}  // namespace latchkey::store
