#include "store/consent_ids.hpp"

#include "store/rows.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql consume_consent_id_sql =
    R"(INSERT INTO consumed_consent_ids (expires_at, jti) VALUES (?1, ?2)
       ON CONFLICT (expires_at, jti) DO NOTHING)";
constexpr database::Sql delete_expired_consent_ids_sql =
    R"(DELETE FROM consumed_consent_ids WHERE (expires_at, jti) IN
           (SELECT expires_at, jti FROM consumed_consent_ids
            WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2))";

}  // namespace

Result<bool> consume_consent_token(database::WriteTransaction& tx, ConsentTokenId jti,
                                   Timestamp expires_at) {
    return changes_one(tx, consume_consent_id_sql, {to_unix(expires_at), jti});
}

Result<std::int64_t> delete_expired_consent_ids(database::WriteTransaction& tx, Timestamp now,
                                                int limit) {
    return tx.execute(delete_expired_consent_ids_sql, {to_unix(now), limit});
}

}  // namespace latchkey::store
