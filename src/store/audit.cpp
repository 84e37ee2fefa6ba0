#include "store/audit.hpp"

#include "base/random.hpp"
#include "store/rows.hpp"
#include "store/statement.hpp"

namespace latchkey::store {
namespace {

using AuditId = Id<struct AuditTag>;

constexpr Part audit_columns =
    "realm_id, at, actor, identity, action, user_id, client_id, request_id, origin, detail, reason";

AuditRecord read_audit(const Row& row) {
    RowReader in(row);
    return {.realm_id = in.id<RealmId>(),
            .at = in.time(),
            .actor = in.text(),
            .identity = in.text(),
            .action = in.text(),
            .user_id = in.optional_id<UserId>(),
            .client_id = in.optional_id<ClientId>(),
            .request_id = in.text(),
            .origin = in.text(),
            .detail = in.text(),
            .reason = in.text()};
}

constexpr database::Sql append_audit_sql =
    R"(INSERT INTO audit
           (realm_id, id, at, actor, identity, action, user_id, client_id, request_id, origin,
            detail, reason)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12))";
constexpr database::Sql list_newest_audit_sql =
    sql<"SELECT ", audit_columns, " FROM audit WHERE realm_id = ?1 ORDER BY id DESC LIMIT ?2">;
// Its condition is that of the index over (user_id, id).
constexpr database::Sql list_audit_of_user_sql = sql<"SELECT ", audit_columns, R"( FROM audit
         WHERE user_id = ?1 AND action <> 'tokens.issued' ORDER BY id DESC LIMIT ?2)">;
constexpr database::Sql find_next_realm_sql =
    "SELECT realm_id FROM audit WHERE realm_id > ?1 ORDER BY realm_id LIMIT 1";
// An id begins with its second.
constexpr database::Sql delete_old_audit_sql =
    R"(DELETE FROM audit WHERE (realm_id, id) IN
           (SELECT realm_id, id FROM audit WHERE realm_id = ?1 AND id < ?2
            ORDER BY id LIMIT ?3))";

}  // namespace

Result<void> append_audit(database::WriteTransaction& tx, const AuditRecord& record) {
    TRY(tx.execute(append_audit_sql,
                   {record.realm_id, make_event_id<AuditId>(record.at), to_unix(record.at),
                    record.actor, record.identity, record.action, record.user_id, record.client_id,
                    record.request_id, record.origin, record.detail, record.reason}));
    return {};
}

Result<std::vector<AuditRecord>> list_newest_audit(database::ReadTransaction& tx, RealmId realm,
                                                   int limit) {
    return collect(tx, list_newest_audit_sql, {realm, limit}, read_audit);
}

Result<std::vector<AuditRecord>> list_audit_of_user(database::ReadTransaction& tx, UserId user_id,
                                                    int limit) {
    return collect(tx, list_audit_of_user_sql, {user_id, limit}, read_audit);
}

Result<std::optional<RealmId>> find_next_audited_realm(database::ReadTransaction& tx,
                                                       RealmId after) {
    return tx.find(find_next_realm_sql, {after},
                   [](const Row& row) { return RowReader(row).id<RealmId>(); });
}

Result<std::int64_t> delete_old_audit(database::WriteTransaction& tx, RealmId realm,
                                      Timestamp before, int limit) {
    return tx.execute(delete_old_audit_sql, {realm, first_event_id<AuditId>(before), limit});
}

}  // namespace latchkey::store
