// Fills the peer's store and writes the load's material, as load_prepare does for ours:
//
//   node prepare.mjs DATA OUT USERS SAMPLE CONSENT_TOKENS

import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { exportJWK, generateKeyPair, SignJWT } from 'jose';

import { open } from '../database.mjs';
import { DAY, digest, isSampled, mint, now, readArguments, shuffle, writeLines } from '../material.mjs';
import { tables } from './schema.mjs';
import { makeStore } from './store.mjs';

const { data, out, users, sample, tokens } = readArguments();
const SCOPES = 'email profile';

const database = open(data);
database.exec(tables);
const store = makeStore(database);

const client = { id: randomUUID(), secret: mint() };
database.prepare('INSERT INTO clients VALUES (?, ?, ?)').run(client.id, digest(client.secret), SCOPES);
database.prepare('INSERT INTO metafield_definitions (client_id, key, type) VALUES (?, ?, ?)')
  .run(client.id, 'load', 'number_integer');
const insertUser = database.prepare(`
  INSERT INTO users (id, email, email_verified, given_name, family_name)
  VALUES (?, ?, 1, 'Ada', 'Lovelace')`);

const sampled = [];
const people = Array.from({ length: users }, () => randomUUID()).sort();
database.transaction(() => {
  people.forEach((id, n) => {
    const publicId = mint().slice(0, 23);
    insertUser.run(id, `person${n}@example.com`);
    store.connect.run(id, client.id, publicId, SCOPES, now());
    const issued = store.issue(
      { id, client_id: client.id, public_id: publicId, scopes: SCOPES }, 'connection.established');
    if (isSampled(n, users, sample)) sampled.push(issued);
  });
  // Preparing and measuring take longer than a token's usual life.
  database.prepare('UPDATE access_tokens SET expires_at = ?').run(now() + DAY);
})();
shuffle(sampled);

const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
writeFileSync(join(data, 'consent.jwk'), JSON.stringify({ ...(await exportJWK(publicKey)), alg: 'RS256' }));
const sign = ({ publicId }) =>
  new SignJWT({ client_id: client.id, scope: SCOPES, origin: 'http://127.0.0.1:9' })
    .setProtectedHeader({ alg: 'RS256', typ: 'consent+jwt' })
    .setIssuer('urn:bench').setAudience('urn:bench:partners').setSubject(publicId)
    .setJti(randomUUID()).setIssuedAt().setExpirationTime('1d').sign(privateKey);
const consentTokens = [];
for (let n = 0; n < tokens; n++) consentTokens.push(await sign(sampled[n % sampled.length]));

writeLines(out, 'basic', [Buffer.from(`${client.id}:${client.secret}`).toString('base64')]);
writeLines(out, 'bearers', sampled.map((row) => row.accessToken));
writeLines(out, 'public_ids', sampled.map((row) => row.publicId));
writeLines(out, 'refresh_tokens', sampled.map((row) => row.refreshToken));
writeLines(out, 'consent_tokens', consentTokens);
database.close();
