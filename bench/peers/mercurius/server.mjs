// The same two GraphQL APIs and refresh grant on fastify, mercurius, jose and better-sqlite3:
//
//   node server.mjs DATA PORT
//
// Written to be quick: JIT on, statements prepared, keys imported once, no request log.

import { timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import Fastify from 'fastify';
import { importJWK, jwtVerify } from 'jose';
import mercurius from 'mercurius';

import { open } from '../database.mjs';
import { digest } from '../material.mjs';
import { partners, users } from './schema.mjs';
import { makeStore, toUser } from './store.mjs';

const [data, port] = process.argv.slice(2);
const store = makeStore(open(data));
const consentKey = await importJWK(JSON.parse(readFileSync(join(data, 'consent.jwk'))), 'RS256');

const MESSAGES = {
  INVALID_TOKEN: ['consentToken', 'The consent token is not valid'],
  NO_USER: ['publicId', 'No user was found for this publicId'],
  NO_CONSENT: ['publicId', 'The user has not consented to this app'],
};

const unauthorized = (reply, challenge) =>
  reply.code(401).header('WWW-Authenticate', challenge)
    .send({ errors: [{ message: 'Unauthorized', extensions: { code: 'UNAUTHORIZED' } }] });

function authenticateClient(request) {
  const header = request.headers.authorization;
  if (!header?.startsWith('Basic ')) return undefined;
  const text = Buffer.from(header.slice(6), 'base64').toString();
  const colon = text.indexOf(':');
  const client = store.findClient(text.slice(0, colon));
  if (!client) return undefined;
  return timingSafeEqual(digest(text.slice(colon + 1)), client.secret_hash) ? client : undefined;
}

const refuse = (code) => {
  const [field, message] = MESSAGES[code];
  return { userErrors: [{ code, field: [field], message }] };
};
const answer = (outcome) => (typeof outcome === 'string' ? refuse(outcome) : outcome);

async function verifyConsent(token, clientId) {
  try {
    const { payload } = await jwtVerify(token, consentKey, {
      algorithms: ['RS256'], typ: 'consent+jwt', issuer: 'urn:bench', audience: 'urn:bench:partners',
      requiredClaims: ['jti', 'sub', 'exp', 'scope'],
    });
    return payload.client_id === clientId ? payload : undefined;
  } catch {
    return undefined;
  }
}

const partnersResolvers = {
  Query: { ok: () => true },
  Mutation: {
    async fetchTokensForUser(_, { consentToken, publicId }, { client }) {
      if ((consentToken == null) === (publicId == null)) return refuse('INVALID_TOKEN');
      if (publicId != null) return answer(store.exchangePublicId(publicId, client.id));
      const claims = await verifyConsent(consentToken, client.id);
      return claims ? answer(store.exchangeConsent(claims, client.id)) : refuse('INVALID_TOKEN');
    },
  },
};

const usersResolvers = {
  Query: { user: (_, __, { bearer }) => toUser(bearer) },
  Mutation: {
    metafieldsSet: (_, { metafields }, { bearer }) => store.setMetafields(metafields, bearer),
  },
};

const app = Fastify({ logger: false });

// Each API is a plugin of its own: authentication first, then GraphQL.
function mount(kind, authenticate, challenge, schema, resolvers) {
  app.register(async (api) => {
    api.addHook('preHandler', async (request, reply) => {
      const found = authenticate(request);
      if (!found) return unauthorized(reply, challenge);
      request.caller = found;
    });
    api.register(mercurius, {
      schema, resolvers, jit: 1, graphiql: false,
      path: `/api/latest/${kind}/graphql.json`,
      context: (request) => ({ client: request.caller, bearer: request.caller }),
    });
  });
}

mount('partners', authenticateClient, 'Basic realm="partners"', partners, partnersResolvers);
mount('users', (request) => {
  const header = request.headers.authorization;
  return header?.startsWith('Bearer ') ? store.findByToken(header.slice(7)) : undefined;
}, 'Bearer', users, usersResolvers);

app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' },
  (_, body, done) => done(null, new URLSearchParams(body)));
app.post('/oauth/token', (request, reply) => {
  reply.header('Cache-Control', 'no-store');
  const client = authenticateClient(request);
  if (!client) return reply.code(401).send({ error: 'invalid_client' });
  if (request.body.get('grant_type') !== 'refresh_token') {
    return reply.code(400).send({ error: 'unsupported_grant_type' });
  }
  const tokens = store.refresh(request.body.get('refresh_token') ?? '', client.id);
  return tokens ? reply.send(tokens) : reply.code(400).send({ error: 'invalid_grant' });
});
app.get('/healthz', () => ({ status: 'ok' }));

await app.listen({ host: '127.0.0.1', port: Number(port) });
