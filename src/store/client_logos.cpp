#include "store/client_logos.hpp"

#include "store/columns.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql put_sql =
    R"(INSERT INTO client_logos (client_id, version, width, height, contents)
       VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (client_id) DO UPDATE SET version = excluded.version, width = excluded.width,
       height = excluded.height, contents = excluded.contents)";
constexpr database::Sql delete_sql = "DELETE FROM client_logos WHERE client_id = ?1";
constexpr database::Sql find_label_sql =
    "SELECT version, width, height FROM client_logos WHERE client_id = ?1";
constexpr database::Sql find_sql = "SELECT contents FROM client_logos WHERE client_id = ?1";

}  // namespace

Result<void> put_client_logo(database::WriteTransaction& tx, ClientId client_id,
                             const LogoLabel& label, ByteView contents) {
    TRY(tx.execute(put_sql, {client_id, label.version, std::int64_t{label.width},
                             std::int64_t{label.height}, contents}));
    return {};
}

Result<bool> delete_client_logo(database::WriteTransaction& tx, ClientId client_id) {
    const std::int64_t deleted = TRY(tx.execute(delete_sql, {client_id}));
    return deleted > 0;
}

Result<std::optional<LogoLabel>> find_client_logo_label(database::ReadTransaction& tx,
                                                        ClientId client_id) {
    return tx.find(find_label_sql, {client_id},
                   [](const Row& row) { return logo_label_columns(row, 0); });
}

Result<std::optional<Bytes>> find_client_logo(database::ReadTransaction& tx, ClientId client_id) {
    return tx.find(find_sql, {client_id}, [](const Row& row) { return bytes_column(row, 0); });
}

}  // namespace latchkey::store
