-- Custom data: definitions, values, and who shares what with whom.

CREATE TABLE metafield_definitions (
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
) STRICT, WITHOUT ROWID;
CREATE INDEX metafield_definitions_of_client ON metafield_definitions (client_id, id);

CREATE TABLE metafield_values (
    user_id BLOB NOT NULL,
    client_id BLOB NOT NULL,
    definition_id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (user_id, client_id, definition_id)
) STRICT, WITHOUT ROWID;
-- Only the sweep of deleted definitions looks for values by definition.
CREATE INDEX metafield_values_of_definition ON metafield_values (definition_id);

-- parent_id: all zero at the top.
CREATE TABLE metafield_namespaces (
    id BLOB PRIMARY KEY,
    realm_id BLOB NOT NULL,
    client_id BLOB NOT NULL,
    parent_id BLOB NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (realm_id, parent_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX metafield_namespaces_of_client ON metafield_namespaces (client_id);

-- Grants are found from both ends: what a resource grants, and what a grantee was granted. A grant
-- to everyone or to a role group is to those of its realm.
CREATE TABLE metafield_grants (
    resource_id BLOB NOT NULL,
    grantee_kind INTEGER NOT NULL,
    grantee TEXT NOT NULL,
    realm_id BLOB NOT NULL,
    resource_kind INTEGER NOT NULL,
    level INTEGER NOT NULL,
    member_key TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (resource_id, grantee_kind, grantee)
) STRICT, WITHOUT ROWID;
CREATE INDEX metafield_grants_of_grantee
    ON metafield_grants (grantee_kind, grantee, realm_id, resource_id);
CREATE UNIQUE INDEX metafield_grants_members
    ON metafield_grants (grantee, member_key) WHERE grantee_kind = 3;

CREATE TABLE metafield_aliases (
    client_id BLOB NOT NULL,
    key TEXT NOT NULL,
    definition_id BLOB NOT NULL,
    PRIMARY KEY (client_id, key)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX metafield_aliases_of_definition
    ON metafield_aliases (definition_id, client_id);
