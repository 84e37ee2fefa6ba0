// Clients that people use, unchanged, against the real server.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';

import apollo from '@apollo/client/core/core.cjs';
import { createPersistedQueryLink } from '@apollo/client/link/persisted-queries/persisted-queries.cjs';
import { generate } from '@graphql-codegen/cli';
import { Client, cacheExchange, fetchExchange, gql } from '@urql/core';
import { buildClientSchema, getIntrospectionQuery, printSchema, validateSchema } from 'graphql';
import { ClientError, GraphQLClient } from 'graphql-request';
import ts from 'typescript';

import { startServer } from './support/server.mjs';

const currentUser = `query CurrentUser {
  user { sub email emailVerified givenName familyName name avatar }
}`;

let server;
before(async () => { server = await startServer(); });
after(() => server?.stop());

function assertIsAda(user) {
  assert.equal(user.email, 'ada@example.com');
  assert.equal(user.emailVerified, true);
  assert.equal(user.name, 'Ada Lovelace');
  assert.equal(user.avatar, null);
}

test('graphql-request reads the user and tells errors', async () => {
  const { url, headers } = server.users;
  const client = new GraphQLClient(url, { headers });
  assertIsAda((await client.request(currentUser)).user);
  await assert.rejects(client.request('{ unknown }'), (error) => {
    assert.ok(error instanceof ClientError);
    assert.equal(error.response.status, 400);
    return true;
  });
});

test('Apollo Client reads the user, and by persisted query', async () => {
  const { url, headers } = server.users;
  const { ApolloClient, HttpLink, InMemoryCache, gql: parse } = apollo;
  const sent = [];
  const watch = (input, init) => {
    sent.push(JSON.parse(init.body));
    return fetch(input, init);
  };
  const http = () => new HttpLink({ uri: url, headers, fetch: watch });
  const plain = new ApolloClient({ link: http(), cache: new InMemoryCache() });
  assertIsAda((await plain.query({ query: parse(currentUser) })).data.user);

  const sha256 = (text) => createHash('sha256').update(text).digest('hex');
  const ask = async () => {
    const link = createPersistedQueryLink({ sha256 }).concat(http());
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    sent.length = 0;
    assertIsAda((await client.query({ query: parse(currentUser) })).data.user);
    return sent.map((body) => 'query' in body);
  };
  assert.deepEqual(await ask(), [false, true], 'the hash, then hash and text');
  assert.deepEqual(await ask(), [false], 'the hash alone');
});

test('urql reads the user, by GET too', async () => {
  const { url, headers } = server.users;
  for (const preferGetMethod of [false, 'force']) {
    const client = new Client({
      url, fetchOptions: { headers }, exchanges: [cacheExchange, fetchExchange], preferGetMethod,
    });
    const { data, error } = await client.query(gql(currentUser), {}).toPromise();
    assert.equal(error, undefined);
    assertIsAda(data.user);
  }
});

test('a mutation through urql answers its user errors', async () => {
  const { url, headers } = server.partners;
  const client = new Client({ url, fetchOptions: { headers }, exchanges: [fetchExchange] });
  const { data, error } = await client.mutation(gql(`mutation ($token: String) {
    fetchTokensForUser(consentToken: $token) { accessToken userErrors { code field } } }`),
  { token: 'forged' }).toPromise();
  assert.equal(error, undefined);
  assert.deepEqual(data.fetchTokensForUser.userErrors.map(({ code, field }) => ({ code, field })),
    [{ code: 'INVALID_TOKEN', field: ['consentToken'] }]);
});

/** Names of everything in a schema that has no description. */
function undescribed(schema) {
  const found = [];
  const check = (name, it) => { if (!it.description) found.push(name); };
  for (const type of Object.values(schema.getTypeMap())) {
    check(type.name, type);
    for (const field of Object.values(type.getFields?.() ?? {})) {
      check(`${type.name}.${field.name}`, field);
      for (const arg of field.args ?? []) check(`${type.name}.${field.name}(${arg.name}:)`, arg);
    }
    for (const value of type.getValues?.() ?? []) check(`${type.name}.${value.name}`, value);
  }
  // Those of introspection are the client's own, built in.
  return found.filter((name) => !name.startsWith('__'));
}

for (const which of ['partners', 'users']) {
  test(`the ${which} schema comes back whole through introspection`, async () => {
    const { url, headers } = server[which];
    const client = new GraphQLClient(url, { headers });
    const introspection = await client.request(getIntrospectionQuery({
      descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true,
      schemaDescription: true, inputValueDeprecation: true, oneOf: true,
    }));
    const schema = buildClientSchema(introspection);
    assert.deepEqual(validateSchema(schema), []);
    assert.match(printSchema(schema), which === 'users' ? /type User / : /fetchTokensForUser/);
    assert.deepEqual(undescribed(schema), []);
  });

  test(`graphql-codegen makes TypeScript that compiles from the ${which} endpoint`, async () => {
    const { url, headers } = server[which];
    const [file] = await generate({
      schema: [{ [url]: { headers } }],
      generates: { 'types.ts': { plugins: ['typescript'] } },
      silent: true,
    }, false);
    assert.match(file.content, which === 'users' ? /export type User = / : /FetchTokensForUserPayload/);
    const { diagnostics } = ts.transpileModule(file.content, { reportDiagnostics: true });
    assert.deepEqual(diagnostics, []);
  });
}

test('the cost of a query is told when asked for', async () => {
  const { url, headers } = server.users;
  const ask = async (extra) => (await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json', ...extra },
    body: JSON.stringify({ query: '{ metafields(first: 10) { nodes { value } } }' }),
  })).json();
  const { cost } = (await ask({ 'X-Latchkey-GraphQL-Cost': '1' })).extensions;
  assert.equal(cost.requestedQueryCost, 11);
  assert.equal(cost.actualQueryCost, 1);
  assert.ok(cost.throttleStatus.currentlyAvailable > 0);
  assert.equal((await ask({})).extensions, undefined);
});
