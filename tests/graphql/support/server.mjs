// The real server on a free port with one app and one connected person, and how to call it.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { serverPath } from './paths.mjs';

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function untilHealthy(origin, child) {
  for (let i = 0; i < 200; ++i) {
    if (child.exitCode !== null) throw new Error(`latchkey serve ended with ${child.exitCode}`);
    try {
      if ((await fetch(`${origin}/healthz`)).ok) return;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('latchkey serve does not answer');
}

/** {origin, endpoints: [{name, url, headers}], stop()}. The person's name is Ada Lovelace. */
export async function startServer() {
  const data = mkdtempSync(join(tmpdir(), 'latchkey-graphql-'));
  const cli = (...words) =>
    JSON.parse(execFileSync(serverPath(), [...words, '--data', data, '--json'], { encoding: 'utf8' }));
  const { clientId, clientSecret } = cli('app', 'create', '--name', 'Clients',
    '--origin', 'http://127.0.0.1:1', '--redirect-uri', 'http://127.0.0.1:1/callback',
    '--scopes', 'email profile phone');
  const { userId } = cli('user', 'create', '--email', 'ada@example.com', '--email-verified',
    '--given-name', 'Ada', '--family-name', 'Lovelace');

  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(serverPath(), ['serve', '--data', data, '--listen', `127.0.0.1:${port}`, '--dev'],
    { stdio: 'ignore' });
  const stop = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true });
  };
  try {
    await untilHealthy(origin, child);
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const { consentToken } = cli('consent', 'issue', '--client-id', clientId, '--user-id', userId,
      '--scopes', 'email profile');
    const partners = { name: 'Partners', url: `${origin}/api/latest/partners/graphql.json`, headers: { Authorization: basic } };
    const accessToken = await exchange(partners, consentToken);
    const users = { name: 'Users', url: `${origin}/api/latest/users/graphql.json`, headers: { Authorization: `Bearer ${accessToken}` } };
    return { origin, partners, users, endpoints: [partners, users], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function exchange({ url, headers }, consentToken) {
  const query = `mutation ($token: String) {
    fetchTokensForUser(consentToken: $token) { accessToken userErrors { code message } } }`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables: { token: consentToken } }),
  });
  const { data } = await response.json();
  return data.fetchTokensForUser.accessToken;
}
