// Consent-token ids, and removing what has expired (declared in store/connections.hpp and
// store/sign_in.hpp). The LIMIT bounds how long a clean-up holds the writer; the caller comes
// again until nothing is left.

#include <array>

#include "store/columns.hpp"
#include "store/connections.hpp"
#include "store/sign_in.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql consume_sql =
    R"(INSERT INTO consumed_consent_tokens (expires_at, jti) VALUES (?1, ?2)
       ON CONFLICT (expires_at, jti) DO NOTHING)";

constexpr database::Sql delete_consent_tokens_sql =
    R"(DELETE FROM consumed_consent_tokens WHERE (expires_at, jti) IN
           (SELECT expires_at, jti FROM consumed_consent_tokens
            WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2))";
constexpr std::array<database::Sql, 2> delete_sign_ins_sql = {
    R"(DELETE FROM sign_in_challenges WHERE id IN
           (SELECT id FROM sign_in_challenges
            WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2))",
    R"(DELETE FROM browser_sessions WHERE session_hash IN
           (SELECT session_hash FROM browser_sessions
            WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2))",
};

}  // namespace

Result<bool> consume_consent_token(database::WriteTransaction& tx, ConsentTokenId jti,
                                   Timestamp expires_at) {
    const std::int64_t inserted = TRY(tx.execute(consume_sql, {to_unix(expires_at), jti}));
    return inserted == 1;
}

Result<std::int64_t> delete_expired_consent_tokens(database::WriteTransaction& tx, Timestamp now,
                                                   int limit) {
    return tx.execute(delete_consent_tokens_sql, {to_unix(now), limit});
}

Result<std::int64_t> delete_expired_sign_ins(database::WriteTransaction& tx, Timestamp now,
                                             int limit) {
    std::int64_t total = 0;
    for (const database::Sql& sql : delete_sign_ins_sql) {
        const std::int64_t deleted = TRY(tx.execute(sql, {to_unix(now), limit}));
        total += deleted;
    }
    return total;
}

}  // namespace latchkey::store
