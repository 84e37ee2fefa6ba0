// The first schema.
//
// DDL is where the engines differ, and a driver's translation is mechanical: INTEGER is BIGINT,
// BLOB is BYTEA, and "STRICT, WITHOUT ROWID" goes (PostgreSQL checks types anyway).
//
// - Ids are 16 random bytes; per-user tables begin their key with user_id, so that one person's
//   rows lie together and a shard is a range of users.
// - WITHOUT ROWID: the primary key is the table, one tree to search and to write instead of two.
// - Tables of things that expire begin their key, or an index, with expires_at: removing is one
//   range at the front of a tree, and inserts go to its end.
// - Times are seconds since the epoch; scopes are bit masks; names of columns are the records'.

#include "store/schema/steps.hpp"

namespace latchkey::store::schema {
namespace {

constexpr database::Sql statements[] = {
    R"(CREATE TABLE users (
        id BLOB PRIMARY KEY,
        email_hash BLOB NOT NULL UNIQUE,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        wrapped_key BLOB NOT NULL,
        sealed_profile BLOB NOT NULL
    ) STRICT, WITHOUT ROWID)",

    R"(CREATE TABLE clients (
        id BLOB PRIMARY KEY,
        name TEXT NOT NULL,
        origins TEXT NOT NULL,
        redirect_uris TEXT NOT NULL,
        scopes INTEGER NOT NULL,
        created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID)",

    R"(CREATE TABLE client_secrets (
        client_id BLOB NOT NULL,
        ordinal INTEGER NOT NULL,
        hash BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER,
        PRIMARY KEY (client_id, ordinal)
    ) STRICT, WITHOUT ROWID)",

    R"(CREATE TABLE connections (
        user_id BLOB NOT NULL,
        client_id BLOB NOT NULL,
        state INTEGER NOT NULL,
        generation INTEGER NOT NULL,
        scopes INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        PRIMARY KEY (user_id, client_id)
    ) STRICT, WITHOUT ROWID)",
    "CREATE INDEX connections_of_client ON connections (client_id, user_id)",

    // The jti alone names a token; its expiry comes first only to keep the tree in time order.
    // Both are signed into the token, so the same jti always comes with the same expiry.
    R"(CREATE TABLE consumed_consent_tokens (
        expires_at INTEGER NOT NULL,
        jti BLOB NOT NULL,
        PRIMARY KEY (expires_at, jti)
    ) STRICT, WITHOUT ROWID)",

    // ordinal: the order in which families of one (user, client) began, finer than a second.
    // sweep_at: when the clean-up looks at the row. A refresh moves expires_at but not this, so
    // that it writes no index; the clean-up moves a row that is still alive to its later time.
    R"(CREATE TABLE refresh_families (
        user_id BLOB NOT NULL,
        client_id BLOB NOT NULL,
        family_id BLOB NOT NULL,
        ordinal INTEGER NOT NULL,
        generation INTEGER NOT NULL,
        connection_generation INTEGER NOT NULL,
        scopes INTEGER NOT NULL,
        rotated_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        sweep_at INTEGER NOT NULL,
        current_hash BLOB NOT NULL,
        previous_hash BLOB NOT NULL,
        sealed_successor BLOB NOT NULL,
        PRIMARY KEY (user_id, client_id, family_id)
    ) STRICT, WITHOUT ROWID)",
    "CREATE INDEX refresh_families_to_sweep ON refresh_families (sweep_at)",

    R"(CREATE TABLE metafield_definitions (
        id BLOB PRIMARY KEY,
        client_id BLOB NOT NULL,
        name_space TEXT NOT NULL,
        key TEXT NOT NULL,
        name TEXT NOT NULL,
        description TEXT NOT NULL,
        type TEXT NOT NULL,
        validations TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        UNIQUE (client_id, name_space, key)
    ) STRICT, WITHOUT ROWID)",
    "CREATE INDEX metafield_definitions_of_client ON metafield_definitions (client_id, id)",

    R"(CREATE TABLE metafield_values (
        user_id BLOB NOT NULL,
        client_id BLOB NOT NULL,
        definition_id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (user_id, client_id, definition_id)
    ) STRICT, WITHOUT ROWID)",
    "CREATE INDEX metafield_values_of_client ON metafield_values (client_id)",

    R"(CREATE TABLE sign_in_challenges (
        id BLOB PRIMARY KEY,
        browser_hash BLOB NOT NULL,
        sealed_email BLOB NOT NULL,
        code_hash BLOB NOT NULL,
        tries INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID)",
    "CREATE INDEX sign_in_challenges_by_expiry ON sign_in_challenges (expires_at)",

    R"(CREATE TABLE browser_sessions (
        session_hash BLOB PRIMARY KEY,
        user_id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        last_seen_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID)",
    "CREATE INDEX browser_sessions_by_expiry ON browser_sessions (expires_at)",

    R"(CREATE TABLE outgoing_mail (
        id INTEGER PRIMARY KEY,
        sealed_message BLOB NOT NULL,
        attempts INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        next_attempt_at INTEGER NOT NULL
    ) STRICT)",
    "CREATE INDEX outgoing_mail_due ON outgoing_mail (next_attempt_at, id)",

    // ordinal orders the records of one second; request_id keeps two servers that gave the same
    // ordinal apart. Appends go to the end of the tree.
    R"(CREATE TABLE audit (
        at INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        request_id TEXT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        user_id BLOB,
        client_id BLOB,
        origin TEXT NOT NULL,
        PRIMARY KEY (at, ordinal, request_id)
    ) STRICT, WITHOUT ROWID)",

    R"(CREATE TABLE keys (
        purpose TEXT NOT NULL,
        version INTEGER NOT NULL,
        wrapped_key BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        PRIMARY KEY (purpose, version)
    ) STRICT, WITHOUT ROWID)",
};

}  // namespace

Step step_0001() { return {1, statements}; }

}  // namespace latchkey::store::schema
