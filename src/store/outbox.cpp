#include "store/outbox.hpp"

#include "base/random.hpp"
#include "store/rows.hpp"
#include "store/sealed_version.hpp"
#include "store/statement.hpp"

namespace latchkey::store {
namespace {

constexpr Part mail_columns = "id, realm_id, sealed_message, attempts, created_at, next_attempt_at";

OutgoingMailRecord read_mail(const Row& row) {
    RowReader in(row);
    return {.id = in.id<MailId>(),
            .realm_id = in.id<RealmId>(),
            .sealed_message = in.bytes(),
            .attempts = in.integer(),
            .created_at = in.time(),
            .next_attempt_at = in.time()};
}

constexpr database::Sql enqueue_mail_sql =
    R"(INSERT INTO outgoing_mail
           (id, realm_id, sealed_message, attempts, created_at, next_attempt_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6))";
constexpr database::Sql list_due_mail_sql = sql<"SELECT ", mail_columns, R"( FROM outgoing_mail
         WHERE next_attempt_at <= ?1 ORDER BY next_attempt_at, id LIMIT ?2)">;
constexpr database::Sql list_newest_mail_sql =
    sql<"SELECT ", mail_columns,
        " FROM outgoing_mail WHERE realm_id = ?1 ORDER BY id DESC LIMIT ?2">;
constexpr database::Sql claim_mail_sql =
    R"(UPDATE outgoing_mail SET attempts = attempts + 1, next_attempt_at = ?3
       WHERE id = ?1 AND attempts = ?2)";
constexpr database::Sql postpone_mail_sql =
    "UPDATE outgoing_mail SET next_attempt_at = ?3 WHERE id = ?1 AND attempts = ?2";
constexpr database::Sql delete_mail_sql = "DELETE FROM outgoing_mail WHERE id = ?1";
constexpr database::Sql count_mail_sql =
    R"(SELECT count(*) FROM outgoing_mail
       WHERE realm_id = ?1 AND substr(sealed_message, 1, 1) = ?2)";

}  // namespace

Result<MailId> enqueue_mail(database::WriteTransaction& tx, const OutgoingMailRecord& mail) {
    const auto id = make_event_id<MailId>(mail.created_at);
    TRY(tx.execute(enqueue_mail_sql, {id, mail.realm_id, mail.sealed_message, mail.attempts,
                                      to_unix(mail.created_at), to_unix(mail.next_attempt_at)}));
    return id;
}

Result<std::vector<OutgoingMailRecord>> list_due_mail(database::ReadTransaction& tx, Timestamp now,
                                                      int limit) {
    return collect(tx, list_due_mail_sql, {to_unix(now), limit}, read_mail);
}

Result<std::vector<OutgoingMailRecord>> list_newest_mail(database::ReadTransaction& tx,
                                                         RealmId realm, int limit) {
    return collect(tx, list_newest_mail_sql, {realm, limit}, read_mail);
}

Result<bool> claim_mail(database::WriteTransaction& tx, const OutgoingMailRecord& read,
                        Timestamp next_attempt_at) {
    return changes_one(tx, claim_mail_sql, {read.id, read.attempts, to_unix(next_attempt_at)});
}

Result<void> postpone_mail(database::WriteTransaction& tx, const OutgoingMailRecord& claimed) {
    TRY(tx.execute(postpone_mail_sql,
                   {claimed.id, claimed.attempts, to_unix(claimed.next_attempt_at)}));
    return {};
}

Result<void> delete_mail(database::WriteTransaction& tx, MailId id) {
    TRY(tx.execute(delete_mail_sql, {id}));
    return {};
}

Result<std::int64_t> count_mail_under(database::ReadTransaction& tx, RealmId realm,
                                      std::int64_t version) {
    const auto byte = sealed_version(version);
    return count(tx, count_mail_sql, {realm, ByteView(byte)});
}

}  // namespace latchkey::store
