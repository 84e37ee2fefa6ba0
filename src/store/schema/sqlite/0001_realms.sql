-- Realms, and the keys of their rings.
--
-- What holds for every file of this folder:
-- - Ids are 16 bytes; per-user tables begin their key with user_id, so that one person's rows lie
--   together and a shard is a range of users.
-- - What is a root of its own (clients, users, keys, challenges, audit, namespaces, roles, mail)
--   says its realm, first in what must be unique; everything else hangs off a client or a user.
-- - WITHOUT ROWID: the primary key is the table, one tree to search and to write instead of two.
-- - Tables of things that expire begin their key, or an index, with the time: removing is one range
--   at the front of a tree, and inserts go to its end.
-- - Times are seconds since the epoch; scopes are names, in order, with a space between; lists of
--   texts are netstrings; names of columns are the records'.

-- public_url: the first's is the configuration's, written down by whoever serves; until then empty.
-- It may be another's for a while, who is then not served. How a realm looks and what its rules are
-- is the configuration's, too.
CREATE TABLE realms (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    public_url TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX realms_of_url ON realms (public_url) WHERE name <> '' AND public_url <> '';

-- One realm exists from the start and is never named.
INSERT INTO realms (id, name, public_url, created_at)
VALUES (randomblob(16), '', '', CAST(strftime('%s', 'now') AS INTEGER));

-- use_from: a key is announced before it seals or signs, so that every process has read it by then.
CREATE TABLE keys (
    realm_id BLOB NOT NULL,
    purpose TEXT NOT NULL,
    version INTEGER NOT NULL,
    wrapped_key BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    use_from INTEGER NOT NULL,
    PRIMARY KEY (realm_id, purpose, version)
) STRICT, WITHOUT ROWID;
