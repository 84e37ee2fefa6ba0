#include "store/answers.hpp"

#include "store/rows.hpp"
#include "store/statement.hpp"

namespace latchkey::store {
namespace {

constexpr Part answer_columns = "client_id, key_hash, fingerprint, sealed_answer, expires_at";

AnswerRecord read_answer(const Row& row) {
    RowReader in(row);
    return {.client_id = in.id<ClientId>(),
            .key_hash = in.bytes(),
            .fingerprint = in.bytes(),
            .sealed_answer = in.bytes(),
            .expires_at = in.time()};
}

constexpr database::Sql find_answer_sql = sql<"SELECT ", answer_columns, R"( FROM idempotent_answers
         WHERE client_id = ?1 AND key_hash = ?2 AND expires_at > ?3)">;
// One that has expired and waits for its clean-up makes room.
constexpr database::Sql insert_answer_sql =
    R"(INSERT INTO idempotent_answers (client_id, key_hash, fingerprint, sealed_answer, expires_at)
       VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (client_id, key_hash) DO UPDATE SET
           fingerprint = excluded.fingerprint, sealed_answer = excluded.sealed_answer,
           expires_at = excluded.expires_at
       WHERE idempotent_answers.expires_at <= ?6)";
constexpr database::Sql delete_expired_answers_sql =
    R"(DELETE FROM idempotent_answers WHERE (client_id, key_hash) IN
           (SELECT client_id, key_hash FROM idempotent_answers
            WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2))";

}  // namespace

Result<std::optional<AnswerRecord>> find_answer(database::ReadTransaction& tx, ClientId client_id,
                                                ByteView key_hash, Timestamp now) {
    return tx.find(find_answer_sql, {client_id, key_hash, to_unix(now)}, read_answer);
}

Result<void> insert_answer(database::WriteTransaction& tx, const AnswerRecord& answer,
                           Timestamp now) {
    const bool inserted =
        TRY(changes_one(tx, insert_answer_sql,
                        {answer.client_id, answer.key_hash, answer.fingerprint,
                         answer.sealed_answer, to_unix(answer.expires_at), to_unix(now)}));
    if (!inserted) return fail(ErrorCode::conflict, "This was answered before.");
    return {};
}

Result<std::int64_t> delete_expired_answers(database::WriteTransaction& tx, Timestamp now,
                                            int limit) {
    return tx.execute(delete_expired_answers_sql, {to_unix(now), limit});
}

}  // namespace latchkey::store
