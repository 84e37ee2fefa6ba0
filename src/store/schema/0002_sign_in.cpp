// What a person has and sees on the account page: passkeys, browsers, apps that read.
//
// - A passkey is found by the user handle that the authenticator gives back, so no index over
//   credential ids is needed.
// - A passkey's challenge lives in nobody's row: it is made and recognised by a keyed hash, and
//   only one that was used is written down, until it would have expired.

#include "store/schema/steps.hpp"

namespace latchkey::store::schema {
namespace {

constexpr database::Sql statements[] = {
    R"(CREATE TABLE passkeys (
        user_id BLOB NOT NULL,
        credential_id BLOB NOT NULL,
        public_key BLOB NOT NULL,
        sealed_name BLOB NOT NULL,
        sign_count INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        last_used_at INTEGER,
        PRIMARY KEY (user_id, credential_id)
    ) STRICT, WITHOUT ROWID)",

    R"(CREATE TABLE consumed_passkey_challenges (
        expires_at INTEGER NOT NULL,
        challenge BLOB NOT NULL,
        PRIMARY KEY (expires_at, challenge)
    ) STRICT, WITHOUT ROWID)",

    // How often something happened in a window of time (people/rate_limits.hpp).
    R"(CREATE TABLE rate_counters (
        bucket BLOB PRIMARY KEY,
        ends_at INTEGER NOT NULL,
        events INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID)",
    "CREATE INDEX rate_counters_end ON rate_counters (ends_at)",

    // "Firefox on Linux", so that a person knows which of their browsers it is.
    "ALTER TABLE browser_sessions ADD COLUMN label TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX browser_sessions_of_user ON browser_sessions (user_id, session_hash)",

    "ALTER TABLE connections ADD COLUMN last_read_at INTEGER",
    "CREATE INDEX audit_of_user ON audit (user_id, at)",
};

}  // namespace

Step step_0002() { return {2, statements}; }

}  // namespace latchkey::store::schema
