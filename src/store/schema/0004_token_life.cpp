// The life of tokens and keys: keys that are announced before use, access tokens that end before
// their time, secrets' last use, and answers that are given again.
//
// - A key is used from use_from on, so that every process has read it before the first seal.
// - ended_marks lists what was revoked of a live connection, in the row that every use of an
//   access token reads anyway; an entry goes when the tokens it names would have expired.
// - An answer is kept for a day under the client and the hash of its idempotency key.

#include "store/schema/steps.hpp"

namespace latchkey::store::schema {
namespace {

constexpr database::Sql statements[] = {
    "ALTER TABLE keys ADD COLUMN use_from INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE connections ADD COLUMN ended_marks BLOB",
    "ALTER TABLE client_secrets ADD COLUMN last_used_at INTEGER",
    "ALTER TABLE audit ADD COLUMN detail TEXT NOT NULL DEFAULT ''",

    R"(CREATE TABLE idempotent_answers (
        client_id BLOB NOT NULL,
        key_hash BLOB NOT NULL,
        expires_at INTEGER NOT NULL,
        fingerprint BLOB NOT NULL,
        sealed_answer BLOB NOT NULL,
        PRIMARY KEY (client_id, key_hash)
    ) STRICT, WITHOUT ROWID)",
    "CREATE INDEX idempotent_answers_by_expiry ON idempotent_answers (expires_at)",
};

}  // namespace

Step step_0004() { return {4, statements}; }

}  // namespace latchkey::store::schema
