// GraphQL over HTTP: graphql-http's audits, every one of them, on both endpoints of the real server.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { serverAudits } from 'graphql-http';

import { startServer } from './support/server.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server?.stop());

for (const which of ['partners', 'users']) {
  test(`every audit passes on the ${which} endpoint`, async (t) => {
    const { url, headers } = server[which];
    const fetchFn = (input, init = {}) =>
      fetch(input, { ...init, headers: { ...headers, ...init.headers } });
    const results = [];
    for (const audit of serverAudits({ url, fetchFn })) {
      const result = await audit.fn();
      results.push({ id: audit.id, name: audit.name, status: result.status, reason: result.reason });
    }
    t.diagnostic(`${results.length} audits`);
    const failed = results.filter((it) => it.status !== 'ok');
    assert.deepEqual(failed, []);
    for (const level of ['MUST', 'SHOULD', 'MAY']) {
      assert.ok(results.some((it) => it.name.startsWith(level)), `${level} is among them`);
    }
  });
}

test('no answer speaks of other origins, whoever asks', async () => {
  for (const { url, headers } of server.endpoints) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json', Origin: 'https://evil.example' },
      body: '{"query":"{ __typename }"}',
    });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('access-control-allow-origin'), null);
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' },
    });
    assert.equal(preflight.headers.get('access-control-allow-origin'), null);
  }
});
