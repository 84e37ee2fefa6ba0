-- What the server writes down for itself: mail that waits, the audit trail, and what was deleted
-- and left rows behind.

-- The id is that of an event (base/random.hpp): the order of arrival.
CREATE TABLE outgoing_mail (
    id BLOB PRIMARY KEY,
    realm_id BLOB NOT NULL,
    sealed_message BLOB NOT NULL,
    attempts INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX outgoing_mail_due ON outgoing_mail (next_attempt_at, id);

-- The id is that of an event: appends go to the end of their realm's part of the tree. identity:
-- which operator or part of the server; empty for people and apps, whose ids stand beside it.
CREATE TABLE audit (
    realm_id BLOB NOT NULL,
    id BLOB NOT NULL,
    at INTEGER NOT NULL,
    request_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    identity TEXT NOT NULL,
    action TEXT NOT NULL,
    user_id BLOB,
    client_id BLOB,
    origin TEXT NOT NULL,
    detail TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (realm_id, id)
) STRICT, WITHOUT ROWID;
-- A person's part of the trail is found without the tokens that apps fetched, which are nearly all
-- of it; the families say when those were.
CREATE INDEX audit_of_user ON audit (user_id, id) WHERE action <> 'tokens.issued';

-- kind: store/removals.hpp.
CREATE TABLE removals (
    kind INTEGER NOT NULL,
    id BLOB NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
