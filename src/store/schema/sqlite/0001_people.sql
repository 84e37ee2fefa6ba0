-- People, what they sign in with, and the browsers in which they are signed in.

CREATE TABLE users (
    id BLOB PRIMARY KEY,
    realm_id BLOB NOT NULL,
    email_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    wrapped_key BLOB NOT NULL,
    sealed_profile BLOB NOT NULL,
    UNIQUE (realm_id, email_hash)
) STRICT, WITHOUT ROWID;
-- A realm's people in pages.
CREATE INDEX users_of_realm ON users (realm_id, id);

-- A passkey is found by the user handle that the authenticator gives back, so no index over
-- credential ids is needed.
CREATE TABLE passkeys (
    user_id BLOB NOT NULL,
    credential_id BLOB NOT NULL,
    public_key BLOB NOT NULL,
    sealed_name BLOB NOT NULL,
    sign_count INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    PRIMARY KEY (user_id, credential_id)
) STRICT, WITHOUT ROWID;

-- A passkey's challenge lives in nobody's row: it is made and recognised by a keyed hash, and only
-- one that was used is written down, until it would have expired.
CREATE TABLE consumed_passkey_challenges (
    expires_at INTEGER NOT NULL,
    challenge BLOB NOT NULL,
    PRIMARY KEY (expires_at, challenge)
) STRICT, WITHOUT ROWID;

CREATE TABLE email_challenges (
    id BLOB PRIMARY KEY,
    realm_id BLOB NOT NULL,
    browser_hash BLOB NOT NULL,
    sealed_email BLOB NOT NULL,
    code_hash BLOB NOT NULL,
    tries INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX email_challenges_by_expiry ON email_challenges (expires_at);

-- id: the session's public name, which pages and refresh families know it by. browser and system
-- are the numbers of model/records.hpp.
CREATE TABLE browser_sessions (
    session_hash BLOB PRIMARY KEY,
    id BLOB NOT NULL,
    user_id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    browser INTEGER NOT NULL,
    system INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX browser_sessions_by_expiry ON browser_sessions (expires_at);
CREATE INDEX browser_sessions_of_user ON browser_sessions (user_id, session_hash);

-- How often something happened in a window of time (people/rate_limits.hpp).
CREATE TABLE rate_counters (
    bucket BLOB PRIMARY KEY,
    ends_at INTEGER NOT NULL,
    events INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX rate_counters_end ON rate_counters (ends_at);
