#include "store/audit.hpp"

#include "store/columns.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql append_sql =
    R"(INSERT INTO audit
           (at, ordinal, request_id, actor, action, user_id, client_id, origin, detail)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9))";
constexpr database::Sql newest_sql =
    R"(SELECT at, actor, action, user_id, client_id, request_id, origin, detail
       FROM audit ORDER BY at DESC, ordinal DESC, request_id DESC LIMIT ?1)";
constexpr database::Sql delete_old_sql =
    R"(DELETE FROM audit WHERE (at, ordinal, request_id) IN
           (SELECT at, ordinal, request_id FROM audit WHERE at < ?1 ORDER BY at LIMIT ?2))";

AuditRecord read_audit(const Row& row) {
    return {.at = time_column(row, 0),
            .actor = text_column(row, 1),
            .action = text_column(row, 2),
            .user_id = optional_id_column<UserId>(row, 3),
            .client_id = optional_id_column<ClientId>(row, 4),
            .request_id = text_column(row, 5),
            .origin = text_column(row, 6),
            .detail = text_column(row, 7)};
}

}  // namespace

Result<void> append_audit(database::WriteTransaction& tx, const AuditRecord& record) {
    // Only the order of the records of one second: a clock that all processes of a machine share.
    const auto ordinal = std::int64_t{monotonic_now().time_since_epoch().count()};
    TRY(tx.execute(append_sql,
                   {to_unix(record.at), ordinal, record.request_id, record.actor, record.action,
                    record.user_id, record.client_id, record.origin, record.detail}));
    return {};
}

Result<std::vector<AuditRecord>> list_newest_audit(database::ReadTransaction& tx, int limit) {
    return collect(tx, newest_sql, {limit}, read_audit);
}

Result<std::int64_t> delete_old_audit(database::WriteTransaction& tx, Timestamp before, int limit) {
    return tx.execute(delete_old_sql, {to_unix(before), limit});
}

}  // namespace latchkey::store
