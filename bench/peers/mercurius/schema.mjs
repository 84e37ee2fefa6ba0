// The tables, and the part of the two GraphQL schemas that the jobs use.

export const tables = `
  CREATE TABLE IF NOT EXISTS clients (
    id TEXT PRIMARY KEY, secret_hash BLOB NOT NULL, scopes TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, email_verified INTEGER NOT NULL,
    given_name TEXT, family_name TEXT, avatar TEXT) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS connections (
    user_id TEXT NOT NULL, client_id TEXT NOT NULL, public_id TEXT NOT NULL UNIQUE,
    state INTEGER NOT NULL, scopes TEXT NOT NULL, updated_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, client_id)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS access_tokens (
    hash BLOB PRIMARY KEY, user_id TEXT NOT NULL, client_id TEXT NOT NULL, scopes TEXT NOT NULL,
    expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS refresh_families (
    id INTEGER PRIMARY KEY, user_id TEXT NOT NULL, client_id TEXT NOT NULL,
    generation INTEGER NOT NULL, scopes TEXT NOT NULL, current_hash BLOB NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS consumed_consent_tokens (
    jti TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS audit (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, action TEXT NOT NULL, user_id TEXT NOT NULL,
    client_id TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS metafield_definitions (
    id INTEGER PRIMARY KEY, client_id TEXT NOT NULL, key TEXT NOT NULL, type TEXT NOT NULL,
    UNIQUE (client_id, key)) STRICT;
  CREATE TABLE IF NOT EXISTS metafield_values (
    user_id TEXT NOT NULL, definition_id INTEGER NOT NULL, value TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, definition_id)) STRICT, WITHOUT ROWID;
`;

const user = `
  type User {
    sub: String email: String emailVerified: Boolean givenName: String familyName: String
    name: String avatar: String
  }`;

export const partners = `${user}
  type Query { ok: Boolean }
  type Mutation {
    fetchTokensForUser(consentToken: String, publicId: String): FetchTokensForUserPayload
  }
  enum FetchTokensForUserUserErrorErrorCode { INVALID_TOKEN NO_CONSENT NO_USER }
  type FetchTokensForUserUserError {
    code: FetchTokensForUserUserErrorErrorCode! field: [String!]! message: String!
  }
  type FetchTokensForUserPayload {
    accessToken: String expiresIn: Int publicId: String refreshToken: String scope: String
    tokenType: String user: User userErrors: [FetchTokensForUserUserError!]!
  }`;

export const users = `${user}
  type Query { user: User }
  type Mutation { metafieldsSet(metafields: [MetafieldSetInput!]!): MetafieldsSetPayload }
  input CustomDataKeyPairInput { key: String! namespace: String }
  input MetafieldSetInput { identifier: CustomDataKeyPairInput! value: String! }
  type MetafieldDefinition { key: String! }
  type Metafield { definition: MetafieldDefinition! value: String! }
  type UserError { field: [String!]! message: String! }
  type MetafieldsSetPayload { metafields: [Metafield!] userErrors: [UserError!]! }`;
