// The provider as its documentation sets it up: opaque tokens, refresh tokens rotated, ES256.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import Provider from 'oidc-provider';

import { open } from '../database.mjs';
import { DAY } from '../material.mjs';
import { makeAdapter, tables } from './adapter.mjs';

export const REDIRECT_URI = 'https://shop.example/callback';

/** `folder` holds settings.json: the client and the signing keys. */
export function makeProvider(folder, port) {
  const { client, jwks } = JSON.parse(readFileSync(join(folder, 'settings.json')));
  const database = open(folder);
  database.exec(tables);
  const findAccount = database.prepare('SELECT * FROM accounts WHERE id = ?');
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    adapter: makeAdapter(database),
    clients: [{
      ...client,
      redirect_uris: [REDIRECT_URI],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: 'ES256',
    }],
    jwks,
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name', 'name'] },
    features: { devInteractions: { enabled: false } },
    rotateRefreshToken: true,
    issueRefreshToken: () => true,
    ttl: { AccessToken: DAY, AuthorizationCode: DAY, RefreshToken: 90 * DAY, Grant: 90 * DAY, IdToken: 3600 },
    cookies: { keys: [client.client_secret] },
    async findAccount(_, id) {
      const row = findAccount.get(id);
      return row && {
        accountId: id,
        claims: () => ({
          sub: id, email: row.email, email_verified: true, given_name: row.given_name,
          family_name: row.family_name, name: `${row.given_name} ${row.family_name}`,
        }),
      };
    },
  });
  return { provider, database };
}
