#include "store/email_challenges.hpp"

#include "store/rows.hpp"
#include "store/sealed_version.hpp"
#include "store/statement.hpp"

namespace latchkey::store {
namespace {

constexpr Part challenge_columns =
    "id, realm_id, browser_hash, sealed_email, code_hash, tries, created_at, expires_at";

SignInChallengeRecord read_challenge(const Row& row) {
    RowReader in(row);
    return {.id = in.id<ChallengeId>(),
            .realm_id = in.id<RealmId>(),
            .browser_hash = in.bytes(),
            .sealed_email = in.bytes(),
            .code_hash = in.bytes(),
            .tries = in.integer(),
            .created_at = in.time(),
            .expires_at = in.time()};
}

constexpr database::Sql insert_challenge_sql =
    R"(INSERT INTO email_challenges
           (id, realm_id, browser_hash, sealed_email, code_hash, tries, created_at, expires_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))";
constexpr database::Sql count_try_sql =
    sql<"UPDATE email_challenges SET tries = tries + 1 WHERE id = ?1 AND realm_id = ?2 RETURNING ",
        challenge_columns>;
constexpr database::Sql consume_challenge_sql = "DELETE FROM email_challenges WHERE id = ?1";
constexpr database::Sql count_challenges_sql =
    R"(SELECT count(*) FROM email_challenges
       WHERE realm_id = ?1 AND substr(sealed_email, 1, 1) = ?2)";
constexpr database::Sql delete_expired_challenges_sql =
    R"(DELETE FROM email_challenges WHERE id IN
           (SELECT id FROM email_challenges
            WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2))";

}  // namespace

Result<void> insert_challenge(database::WriteTransaction& tx,
                              const SignInChallengeRecord& challenge) {
    TRY(tx.execute(insert_challenge_sql,
                   {challenge.id, challenge.realm_id, challenge.browser_hash,
                    challenge.sealed_email, challenge.code_hash, challenge.tries,
                    to_unix(challenge.created_at), to_unix(challenge.expires_at)}));
    return {};
}

Result<std::optional<SignInChallengeRecord>> count_challenge_try(database::WriteTransaction& tx,
                                                                 RealmId realm, ChallengeId id) {
    return tx.find(count_try_sql, {id, realm}, read_challenge);
}

Result<bool> consume_challenge(database::WriteTransaction& tx, ChallengeId id) {
    return changes_one(tx, consume_challenge_sql, {id});
}

Result<std::int64_t> count_challenges_under(database::ReadTransaction& tx, RealmId realm,
                                            std::int64_t version) {
    const auto byte = sealed_version(version);
    return count(tx, count_challenges_sql, {realm, ByteView(byte)});
}

Result<std::int64_t> delete_expired_challenges(database::WriteTransaction& tx, Timestamp now,
                                               int limit) {
    return tx.execute(delete_expired_challenges_sql, {to_unix(now), limit});
}

}  // namespace latchkey::store
