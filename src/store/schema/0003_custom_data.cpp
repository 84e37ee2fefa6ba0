// Sharing of custom data between apps, removal of large definitions, and the change feed.
//
// - Grants are found from both ends: what a resource grants, and what a grantee was granted.
// - A deleted definition leaves a row in metafield_removals; its values, which nobody can read any
//   more, go a few hundred at a time.
// - Deliveries are named by time and ordinal, so that they need no id of their own and go to the
//   end of the tree; what is due is a small index of the waiting ones.

#include "store/schema/steps.hpp"

namespace latchkey::store::schema {
namespace {

constexpr database::Sql statements[] = {
    R"(CREATE TABLE metafield_namespaces (
        id BLOB PRIMARY KEY,
        client_id BLOB NOT NULL,
        parent_id BLOB NOT NULL,
        key TEXT NOT NULL,
        name TEXT NOT NULL,
        description TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        UNIQUE (parent_id, key)
    ) STRICT, WITHOUT ROWID)",
    "CREATE INDEX metafield_namespaces_of_client ON metafield_namespaces (client_id)",

    R"(CREATE TABLE metafield_grants (
        resource_id BLOB NOT NULL,
        grantee_kind INTEGER NOT NULL,
        grantee TEXT NOT NULL,
        resource_kind INTEGER NOT NULL,
        level INTEGER NOT NULL,
        member_key TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        PRIMARY KEY (resource_id, grantee_kind, grantee)
    ) STRICT, WITHOUT ROWID)",
    R"(CREATE INDEX metafield_grants_of_grantee
           ON metafield_grants (grantee_kind, grantee, resource_id))",
    R"(CREATE UNIQUE INDEX metafield_grants_members
           ON metafield_grants (grantee, member_key) WHERE grantee_kind = 3)",

    R"(CREATE TABLE metafield_aliases (
        client_id BLOB NOT NULL,
        key TEXT NOT NULL,
        definition_id BLOB NOT NULL,
        PRIMARY KEY (client_id, key)
    ) STRICT, WITHOUT ROWID)",
    R"(CREATE UNIQUE INDEX metafield_aliases_of_definition
           ON metafield_aliases (definition_id, client_id))",

    R"(CREATE TABLE client_roles (
        role TEXT NOT NULL,
        client_id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        PRIMARY KEY (role, client_id)
    ) STRICT, WITHOUT ROWID)",
    "CREATE INDEX client_roles_of_client ON client_roles (client_id, role)",

    R"(CREATE TABLE metafield_removals (
        definition_id BLOB PRIMARY KEY,
        client_id BLOB NOT NULL
    ) STRICT, WITHOUT ROWID)",
    // Serves what the index over client_id alone did, and finds one definition's values.
    R"(CREATE INDEX metafield_values_of_definition
           ON metafield_values (client_id, definition_id))",
    "DROP INDEX metafield_values_of_client",

    R"(CREATE TABLE webhooks (
        id BLOB PRIMARY KEY,
        client_id BLOB NOT NULL,
        url TEXT NOT NULL,
        topics INTEGER NOT NULL,
        sealed_secret BLOB NOT NULL,
        created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID)",
    "CREATE INDEX webhooks_of_client ON webhooks (client_id)",

    R"(CREATE TABLE webhook_deliveries (
        webhook_id BLOB NOT NULL,
        created_at INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        user_id BLOB NOT NULL,
        topic INTEGER NOT NULL,
        keys TEXT NOT NULL,
        state INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        next_attempt_at INTEGER NOT NULL,
        last_status INTEGER NOT NULL,
        last_error TEXT NOT NULL,
        PRIMARY KEY (webhook_id, created_at, ordinal)
    ) STRICT, WITHOUT ROWID)",
    R"(CREATE INDEX webhook_deliveries_due
           ON webhook_deliveries (webhook_id, next_attempt_at) WHERE state = 1)",
    "CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (created_at)",
};

}  // namespace

Step step_0003() { return {3, statements}; }

}  // namespace latchkey::store::schema
