-- A person's consent to an app, and the tokens that came of it. An exchange writes one place of the
-- store and the ends of a few trees, whatever the number of people: each index in another order
-- than that of time would be a page more to read and write.

-- revocations: how often it was revoked; tokens and families name the number that they were issued
-- under. ended_marks: what was revoked of a live connection, in the row that every use of an access
-- token reads anyway; an entry goes when the tokens that it names would have expired.
CREATE TABLE connections (
    user_id BLOB NOT NULL,
    client_id BLOB NOT NULL,
    state INTEGER NOT NULL,
    revocations INTEGER NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    last_read_at INTEGER,
    ended_marks BLOB,
    PRIMARY KEY (user_id, client_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX connections_of_client ON connections (client_id, user_id);

-- Both are signed into the token, so the same jti always comes with the same expiry: the jti alone
-- names a token, and its expiry comes first only to keep the tree in time order.
CREATE TABLE consumed_consent_ids (
    expires_at INTEGER NOT NULL,
    jti BLOB NOT NULL,
    PRIMARY KEY (expires_at, jti)
) STRICT, WITHOUT ROWID;

-- The order of family ids is that in which families began. No index leads to those that have
-- expired: a walk over the table finds them. session_id: of the browser session it came from.
CREATE TABLE refresh_families (
    user_id BLOB NOT NULL,
    client_id BLOB NOT NULL,
    family_id BLOB NOT NULL,
    generation INTEGER NOT NULL,
    connection_revocations INTEGER NOT NULL,
    scopes TEXT NOT NULL,
    rotated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    current_hash BLOB NOT NULL,
    previous_hash BLOB NOT NULL,
    sealed_successor BLOB NOT NULL,
    session_id BLOB,
    auth_time INTEGER,
    PRIMARY KEY (user_id, client_id, family_id)
) STRICT, WITHOUT ROWID;

-- An answer is kept for a day under the client and the hash of its idempotency key.
CREATE TABLE idempotent_answers (
    client_id BLOB NOT NULL,
    key_hash BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    fingerprint BLOB NOT NULL,
    sealed_answer BLOB NOT NULL,
    PRIMARY KEY (client_id, key_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotent_answers_by_expiry ON idempotent_answers (expires_at);
