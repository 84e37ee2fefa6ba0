-- Apps, and what belongs to an app alone.

CREATE TABLE clients (
    id BLOB PRIMARY KEY,
    realm_id BLOB NOT NULL,
    name TEXT NOT NULL,
    origins TEXT NOT NULL,
    redirect_uris TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX clients_of_realm ON clients (realm_id, id);

CREATE TABLE client_secrets (
    client_id BLOB NOT NULL,
    ordinal INTEGER NOT NULL,
    hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    last_used_at INTEGER,
    PRIMARY KEY (client_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Small images that the consent and account pages show beside a name. In a table of their own, so
-- that reading an app, which every request does, never walks over one. The contents come last, for
-- the same reason: what is read without them is on the row's first page.
CREATE TABLE client_logos (
    client_id BLOB NOT NULL PRIMARY KEY,
    version TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    contents BLOB NOT NULL
) STRICT;

CREATE TABLE client_roles (
    realm_id BLOB NOT NULL,
    role TEXT NOT NULL,
    client_id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (realm_id, role, client_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX client_roles_of_client ON client_roles (client_id, role);

CREATE TABLE webhooks (
    id BLOB PRIMARY KEY,
    client_id BLOB NOT NULL,
    url TEXT NOT NULL,
    topics INTEGER NOT NULL,
    sealed_secret BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX webhooks_of_client ON webhooks (client_id);

-- A delivery's id is that of an event (base/random.hpp): deliveries of a webhook lie in the order of
-- their making and are appended; what is due is a small index of the waiting ones.
CREATE TABLE webhook_deliveries (
    webhook_id BLOB NOT NULL,
    id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    user_id BLOB NOT NULL,
    topic INTEGER NOT NULL,
    keys TEXT NOT NULL,
    state INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    last_status INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    PRIMARY KEY (webhook_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_deliveries_due
    ON webhook_deliveries (webhook_id, next_attempt_at) WHERE state = 1;
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (created_at);
