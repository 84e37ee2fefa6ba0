// The use cases as prepared statements and transactions. One commit, and so one fsync, a request:
// better-sqlite3 is synchronous, so requests cannot share one.

import { digest, mint, now } from '../material.mjs';

const ACCESS_TOKEN_SECONDS = 3600;
const REFRESH_TOKEN_SECONDS = 90 * 24 * 3600;

export function makeStore(database) {
  const sql = (text) => database.prepare(text);
  const findClient = sql('SELECT id, secret_hash, scopes FROM clients WHERE id = ?');
  const findByToken = sql(`
    SELECT t.client_id, t.scopes, t.expires_at, c.state, c.public_id, u.*
    FROM access_tokens t
    JOIN connections c ON c.user_id = t.user_id AND c.client_id = t.client_id
    JOIN users u ON u.id = t.user_id WHERE t.hash = ?`);
  const findByPublicId = sql(`
    SELECT c.client_id, c.state, c.public_id, c.scopes, u.*
    FROM connections c JOIN users u ON u.id = c.user_id WHERE c.public_id = ?`);
  const findByUser = sql(`
    SELECT c.client_id, c.state, c.public_id, c.scopes, u.*
    FROM connections c JOIN users u ON u.id = c.user_id
    WHERE c.user_id = ? AND c.client_id = ?`);
  const connect = sql(`
    INSERT INTO connections (user_id, client_id, public_id, state, scopes, updated_at)
    VALUES (?, ?, ?, 1, ?, ?)
    ON CONFLICT (user_id, client_id) DO UPDATE SET
      state = 1, scopes = excluded.scopes, updated_at = excluded.updated_at`);
  const consume = sql(`
    INSERT INTO consumed_consent_tokens (jti, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING`);
  const insertAccess = sql(`
    INSERT INTO access_tokens (hash, user_id, client_id, scopes, expires_at)
    VALUES (?, ?, ?, ?, ?)`);
  const insertFamily = sql(`
    INSERT INTO refresh_families (user_id, client_id, generation, scopes, current_hash, expires_at)
    VALUES (?, ?, 1, ?, ?, ?)`);
  const rotate = sql(`
    UPDATE refresh_families SET current_hash = ?, generation = generation + 1
    WHERE current_hash = ? AND client_id = ? AND expires_at > ?
    RETURNING user_id, scopes`);
  const append = sql('INSERT INTO audit (at, action, user_id, client_id) VALUES (?, ?, ?, ?)');
  const findDefinition = sql(
    'SELECT id, key, type FROM metafield_definitions WHERE client_id = ? AND key = ?');
  const putValue = sql(`
    INSERT INTO metafield_values (user_id, definition_id, value, updated_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (user_id, definition_id) DO UPDATE SET
      value = excluded.value, updated_at = excluded.updated_at`);

  const issueAccess = (userId, clientId, scopes) => {
    const accessToken = mint();
    insertAccess.run(digest(accessToken), userId, clientId, scopes, now() + ACCESS_TOKEN_SECONDS);
    return accessToken;
  };
  const issue = (connected, action) => {
    const refreshToken = mint();
    insertFamily.run(connected.id, connected.client_id, connected.scopes, digest(refreshToken),
      now() + REFRESH_TOKEN_SECONDS);
    append.run(now(), action, connected.id, connected.client_id);
    return {
      publicId: connected.public_id,
      accessToken: issueAccess(connected.id, connected.client_id, connected.scopes),
      refreshToken,
      expiresIn: ACCESS_TOKEN_SECONDS,
      tokenType: 'Bearer',
      scope: connected.scopes,
      user: toUser(connected),
      userErrors: [],
    };
  };

  return {
    issue,
    connect,
    findClient: (id) => findClient.get(id),
    findByToken: (token) => {
      const found = findByToken.get(digest(token));
      return found && found.state === 1 && found.expires_at > now() ? found : undefined;
    },
    exchangePublicId: database.transaction((publicId, clientId) => {
      const connected = findByPublicId.get(publicId);
      if (!connected || connected.client_id !== clientId) return 'NO_USER';
      if (connected.state !== 1) return 'NO_CONSENT';
      return issue(connected, 'tokens.issued');
    }).immediate,
    exchangeConsent: database.transaction((claims, clientId) => {
      if (consume.run(claims.jti, claims.exp).changes === 0) return 'INVALID_TOKEN';
      const publicId = claims.sub;
      const before = findByPublicId.get(publicId);
      if (!before) return 'INVALID_TOKEN';
      connect.run(before.id, clientId, publicId, claims.scope, now());
      return issue(findByUser.get(before.id, clientId), 'connection.established');
    }).immediate,
    refresh: database.transaction((token, clientId) => {
      const refreshToken = mint();
      const row = rotate.get(digest(refreshToken), digest(token), clientId, now());
      if (!row) return undefined;
      return {
        access_token: issueAccess(row.user_id, clientId, row.scopes),
        token_type: 'Bearer',
        expires_in: ACCESS_TOKEN_SECONDS,
        refresh_token: refreshToken,
        scope: row.scopes,
      };
    }).immediate,
    setMetafields: database.transaction((wanted, bearer) => {
      const userErrors = [];
      const metafields = wanted.map(({ identifier, value }, index) => {
        const definition = findDefinition.get(bearer.client_id, identifier.key);
        const field = ['metafields', String(index), definition ? 'value' : 'key'];
        if (!definition) userErrors.push({ field, message: 'There is no such definition' });
        else if (definition.type === 'number_integer' && !/^-?\d{1,16}$/.test(value)) {
          userErrors.push({ field, message: 'Not an integer' });
        }
        return { definition, value };
      });
      if (userErrors.length > 0) return { metafields: null, userErrors };
      for (const { definition, value } of metafields) {
        putValue.run(bearer.id, definition.id, value, now());
      }
      return { metafields, userErrors };
    }).immediate,
  };
}

/** What the scopes let see. */
export function toUser(row) {
  const scopes = row.scopes.split(' ');
  const seesName = scopes.includes('profile');
  return {
    sub: row.public_id,
    email: scopes.includes('email') ? row.email : null,
    emailVerified: scopes.includes('email') ? row.email_verified === 1 : null,
    givenName: seesName ? row.given_name : null,
    familyName: seesName ? row.family_name : null,
    name: seesName ? [row.given_name, row.family_name].filter(Boolean).join(' ') : null,
    avatar: seesName ? row.avatar : null,
  };
}
