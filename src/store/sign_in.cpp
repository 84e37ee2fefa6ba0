#include "store/sign_in.hpp"

#include "store/columns.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql insert_challenge_sql =
    R"(INSERT INTO sign_in_challenges
           (id, browser_hash, sealed_email, code_hash, tries, created_at, expires_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7))";
constexpr database::Sql count_try_sql =
    R"(UPDATE sign_in_challenges SET tries = tries + 1 WHERE id = ?1
       RETURNING id, browser_hash, sealed_email, code_hash, tries, created_at, expires_at)";
constexpr database::Sql consume_challenge_sql = "DELETE FROM sign_in_challenges WHERE id = ?1";

constexpr database::Sql insert_session_sql =
    R"(INSERT INTO browser_sessions
           (session_hash, user_id, created_at, last_seen_at, expires_at, label)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6))";
constexpr database::Sql find_session_sql =
    R"(SELECT session_hash, user_id, created_at, last_seen_at, expires_at, label
       FROM browser_sessions WHERE session_hash = ?1)";
constexpr database::Sql delete_session_sql = "DELETE FROM browser_sessions WHERE session_hash = ?1";

// An id is the second it was made, shifted, plus a count: in the order of arrival, and never the
// id of a mail that was sent and deleted in an earlier second.
constexpr database::Sql enqueue_mail_sql =
    R"(INSERT INTO outgoing_mail (id, sealed_message, attempts, created_at, next_attempt_at)
       SELECT CASE WHEN coalesce(max(id), 0) < ?3 * 1048576 THEN ?3 * 1048576
                   ELSE max(id) + 1 END, ?1, ?2, ?3, ?4
       FROM outgoing_mail
       RETURNING id)";
constexpr database::Sql due_mail_sql =
    R"(SELECT id, sealed_message, attempts, created_at, next_attempt_at
       FROM outgoing_mail WHERE next_attempt_at <= ?1 ORDER BY next_attempt_at, id LIMIT ?2)";
constexpr database::Sql newest_mail_sql =
    R"(SELECT id, sealed_message, attempts, created_at, next_attempt_at
       FROM outgoing_mail ORDER BY id DESC LIMIT ?1)";
constexpr database::Sql reschedule_mail_sql =
    "UPDATE outgoing_mail SET attempts = attempts + 1, next_attempt_at = ?2 WHERE id = ?1";
constexpr database::Sql delete_mail_sql = "DELETE FROM outgoing_mail WHERE id = ?1";

SignInChallengeRecord read_challenge(const Row& row) {
    return {.id = row.id<ChallengeId>(0),
            .browser_hash = bytes_column(row, 1),
            .sealed_email = bytes_column(row, 2),
            .code_hash = bytes_column(row, 3),
            .tries = row.integer(4),
            .created_at = time_column(row, 5),
            .expires_at = time_column(row, 6)};
}

BrowserSessionRecord read_session(const Row& row) {
    return {.session_hash = bytes_column(row, 0),
            .user_id = row.id<UserId>(1),
            .created_at = time_column(row, 2),
            .last_seen_at = time_column(row, 3),
            .expires_at = time_column(row, 4),
            .label = text_column(row, 5)};
}

OutgoingMailRecord read_mail(const Row& row) {
    return {.id = row.integer(0),
            .sealed_message = bytes_column(row, 1),
            .attempts = row.integer(2),
            .created_at = time_column(row, 3),
            .next_attempt_at = time_column(row, 4)};
}

}  // namespace

Result<void> insert_challenge(database::WriteTransaction& tx,
                              const SignInChallengeRecord& challenge) {
    TRY(tx.execute(
        insert_challenge_sql,
        {challenge.id, challenge.browser_hash, challenge.sealed_email, challenge.code_hash,
         challenge.tries, to_unix(challenge.created_at), to_unix(challenge.expires_at)}));
    return {};
}

Result<std::optional<SignInChallengeRecord>> count_challenge_try(database::WriteTransaction& tx,
                                                                 ChallengeId id) {
    return tx.find(count_try_sql, {id}, read_challenge);
}

Result<bool> consume_challenge(database::WriteTransaction& tx, ChallengeId id) {
    const std::int64_t deleted = TRY(tx.execute(consume_challenge_sql, {id}));
    return deleted == 1;
}

Result<void> insert_session(database::WriteTransaction& tx, const BrowserSessionRecord& session) {
    TRY(tx.execute(insert_session_sql,
                   {session.session_hash, session.user_id, to_unix(session.created_at),
                    to_unix(session.last_seen_at), to_unix(session.expires_at), session.label}));
    return {};
}

Result<std::optional<BrowserSessionRecord>> find_session(database::ReadTransaction& tx,
                                                         ByteView session_hash) {
    return tx.find(find_session_sql, {session_hash}, read_session);
}

Result<bool> delete_session(database::WriteTransaction& tx, ByteView session_hash) {
    const std::int64_t deleted = TRY(tx.execute(delete_session_sql, {session_hash}));
    return deleted == 1;
}

Result<std::int64_t> enqueue_mail(database::WriteTransaction& tx, const OutgoingMailRecord& mail) {
    const auto id = TRY(tx.find(enqueue_mail_sql,
                                {mail.sealed_message, mail.attempts, to_unix(mail.created_at),
                                 to_unix(mail.next_attempt_at)},
                                [](const Row& row) { return row.integer(0); }));
    if (!id) return fail(ErrorCode::internal, "Internal error.", "an insert returned no row");
    return *id;
}

Result<std::vector<OutgoingMailRecord>> list_due_mail(database::ReadTransaction& tx, Timestamp now,
                                                      int limit) {
    return collect(tx, due_mail_sql, {to_unix(now), limit}, read_mail);
}

Result<std::vector<OutgoingMailRecord>> list_newest_mail(database::ReadTransaction& tx, int limit) {
    return collect(tx, newest_mail_sql, {limit}, read_mail);
}

Result<void> reschedule_mail(database::WriteTransaction& tx, std::int64_t id,
                             Timestamp next_attempt_at) {
    TRY(tx.execute(reschedule_mail_sql, {id, to_unix(next_attempt_at)}));
    return {};
}

Result<void> delete_mail(database::WriteTransaction& tx, std::int64_t id) {
    TRY(tx.execute(delete_mail_sql, {id}));
    return {};
}

}  // namespace latchkey::store
