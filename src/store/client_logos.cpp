#include "store/client_logos.hpp"

#include "store/logo_columns.hpp"
#include "store/rows.hpp"
#include "store/statement.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql put_logo_sql =
    R"(INSERT INTO client_logos (client_id, version, width, height, contents)
       VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (client_id) DO UPDATE SET version = excluded.version, width = excluded.width,
       height = excluded.height, contents = excluded.contents)";
constexpr database::Sql delete_logo_sql = "DELETE FROM client_logos WHERE client_id = ?1";
constexpr database::Sql find_logo_label_sql =
    sql<"SELECT ", logo_label_columns, " FROM client_logos l WHERE l.client_id = ?1">;
constexpr database::Sql find_logo_sql =
    R"(SELECT l.contents FROM client_logos l JOIN clients c ON c.id = l.client_id
       WHERE l.client_id = ?1 AND c.realm_id = ?2)";

}  // namespace

Result<void> put_client_logo(database::WriteTransaction& tx, ClientId client_id,
                             const LogoLabel& label, ByteView contents) {
    TRY(tx.execute(put_logo_sql, {client_id, label.version, std::int64_t{label.width},
                                  std::int64_t{label.height}, contents}));
    return {};
}

Result<bool> delete_client_logo(database::WriteTransaction& tx, ClientId client_id) {
    return changes_one(tx, delete_logo_sql, {client_id});
}

Result<std::optional<LogoLabel>> find_client_logo_label(database::ReadTransaction& tx,
                                                        ClientId client_id) {
    return tx.find(find_logo_label_sql, {client_id}, [](const Row& row) {
        RowReader in(row);
        return read_logo_label(in);
    });
}

Result<std::optional<Bytes>> find_client_logo(database::ReadTransaction& tx, RealmId realm,
                                              ClientId client_id) {
    return tx.find(find_logo_sql, {client_id, realm},
                   [](const Row& row) { return RowReader(row).bytes(); });
}

}  // namespace latchkey::store
