// Consent-token ids, and removing what has expired (declared in store/connections.hpp and
// store/sign_in.hpp). The LIMIT bounds how long a clean-up holds the writer; the caller comes
// again until nothing is left.

#include <array>
#include <span>

#include "store/columns.hpp"
#include "store/connections.hpp"
#include "store/sign_in.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql consume_sql =
    R"(INSERT INTO consumed_consent_tokens (expires_at, jti) VALUES (?1, ?2)
       ON CONFLICT (expires_at, jti) DO NOTHING)";

// A family that was refreshed lives on: its row is looked at again when it would expire now.
constexpr database::Sql postpone_sweep_sql =
    R"(UPDATE refresh_families SET sweep_at = expires_at
       WHERE (user_id, client_id, family_id) IN
           (SELECT user_id, client_id, family_id FROM refresh_families
            WHERE sweep_at < ?1 AND expires_at >= ?1 ORDER BY sweep_at LIMIT ?2))";
constexpr std::array<database::Sql, 2> delete_expired_sql = {
    R"(DELETE FROM consumed_consent_tokens WHERE (expires_at, jti) IN
           (SELECT expires_at, jti FROM consumed_consent_tokens
            WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2))",
    R"(DELETE FROM refresh_families WHERE (user_id, client_id, family_id) IN
           (SELECT user_id, client_id, family_id FROM refresh_families
            WHERE sweep_at < ?1 AND expires_at < ?1 ORDER BY sweep_at LIMIT ?2))",
};
constexpr std::array<database::Sql, 2> delete_expired_sign_ins_sql = {
    R"(DELETE FROM sign_in_challenges WHERE id IN
           (SELECT id FROM sign_in_challenges
            WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2))",
    R"(DELETE FROM browser_sessions WHERE session_hash IN
           (SELECT session_hash FROM browser_sessions
            WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2))",
};

Result<std::int64_t> run_each(database::WriteTransaction& tx,
                              std::span<const database::Sql> statements, Timestamp now, int limit) {
    std::int64_t total = 0;
    for (const database::Sql& sql : statements) {
        const std::int64_t deleted = TRY(tx.execute(sql, {to_unix(now), limit}));
        total += deleted;
    }
    return total;
}

}  // namespace

Result<bool> consume_consent_token(database::WriteTransaction& tx, ConsentTokenId jti,
                                   Timestamp expires_at) {
    const std::int64_t inserted = TRY(tx.execute(consume_sql, {to_unix(expires_at), jti}));
    return inserted == 1;
}

Result<std::int64_t> delete_expired(database::WriteTransaction& tx, Timestamp now, int limit) {
    const std::int64_t postponed = TRY(tx.execute(postpone_sweep_sql, {to_unix(now), limit}));
    const std::int64_t deleted = TRY(run_each(tx, delete_expired_sql, now, limit));
    return postponed + deleted;
}

Result<std::int64_t> delete_expired_sign_ins(database::WriteTransaction& tx, Timestamp now,
                                             int limit) {
    return run_each(tx, delete_expired_sign_ins_sql, now, limit);
}

}  // namespace latchkey::store
