// Fills the provider's store through its own models and writes the load's material:
//
//   node prepare.mjs DATA OUT USERS SAMPLE CODES
//
// What is refreshed and exchanged has no scope openid, so no ID token is signed for it: neither
// does our server sign one there. Userinfo needs that scope, and signs nothing.

import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { exportJWK, generateKeyPair } from 'jose';

import { isSampled, mint, now, readArguments, shuffle, writeLines } from '../material.mjs';
import { makeProvider, REDIRECT_URI } from './provider.mjs';

const { data, out, users, sample, tokens } = readArguments();
const { privateKey } = await generateKeyPair('ES256', { extractable: true });
const secret = { client_id: randomUUID(), client_secret: mint() };
writeFileSync(join(data, 'settings.json'), JSON.stringify({
  client: secret, jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }] },
}));

const { provider, database } = makeProvider(data, 1);
const client = await provider.Client.find(secret.client_id);
const insertAccount = database.prepare("INSERT INTO accounts VALUES (?, ?, 'Ada', 'Lovelace')");

async function connect(accountId, scope) {
  const grant = new provider.Grant({ clientId: client.clientId, accountId });
  grant.addOIDCScope(scope);
  return { accountId, client, grantId: await grant.save(), scope, gty: 'authorization_code' };
}

const SCOPE = 'email profile';
const sampled = [];
database.exec('BEGIN');
for (let n = 0; n < users; n++) {
  const accountId = randomUUID();
  insertAccount.run(accountId, `person${n}@example.com`);
  const connection = await connect(accountId, SCOPE);
  const refresh = await new provider.RefreshToken(
    { ...connection, rotations: 0, iiat: now(), authTime: now() }).save();
  if (!isSampled(n, users, sample)) continue;
  const reading = await connect(accountId, `openid ${SCOPE}`);
  sampled.push({ connection, refresh, bearer: await new provider.AccessToken(reading).save() });
}
shuffle(sampled);
const codes = [];
for (let n = 0; n < tokens; n++) {
  const { connection } = sampled[n % sampled.length];
  codes.push(await new provider.AuthorizationCode(
    { ...connection, redirectUri: REDIRECT_URI, authTime: now() }).save());
}
database.exec('COMMIT');

const basic = Buffer.from(`${secret.client_id}:${secret.client_secret}`).toString('base64');
writeLines(out, 'basic', [basic]);
writeLines(out, 'bearers', sampled.map((row) => row.bearer));
writeLines(out, 'refresh_tokens', sampled.map((row) => row.refresh));
writeLines(out, 'codes', codes);
database.close();
