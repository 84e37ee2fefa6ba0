// A partner's page under a strict CSP, and a sign-in server that says whatever a test tells it to.
// Only for what the real one never says; the real one is in processes.mjs.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';

const dist = new URL('../../../web/dist/sdk/', import.meta.url);

/** Serves `handle(url) -> {status?, type?, headers?, body}` on a free loopback port. */
export async function serve(handle) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, `http://${request.headers.host}`);
    const answer = (await handle(url)) ?? { status: 404, body: '' };
    response.writeHead(answer.status ?? 200, {
      'content-type': answer.type ?? 'text/html; charset=utf-8',
      ...answer.headers,
    });
    response.end(answer.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

/** The SDK's files, a brand, and a sign-in page with nothing on it; the test posts from there. */
export function lyingLatchkey({ brand = 'Acme ID' } = {}) {
  const open = { 'access-control-allow-origin': '*' };
  const asked = [];
  return serve(async (url) => {
    if (url.pathname === '/sdk/config.json') {
      const body = JSON.stringify({ brand: { name: brand } });
      return { type: 'application/json', headers: open, body };
    }
    if (url.pathname.startsWith('/sdk/')) {
      const body = await readFile(new URL(url.pathname.slice('/sdk/'.length), dist));
      return { type: 'text/javascript', headers: open, body };
    }
    if (url.pathname === '/sign-in') {
      asked.push(url);
      return { body: '<!doctype html><title>Sign in</title><link rel="icon" href="data:,">' };
    }
    return undefined;
  }).then((server) => ({ ...server, asked }));
}

/**
 * A partner's page that makes a login as `window.login` once `window.setUp(config, options)` is
 * called, and writes what its handlers hear to `window.heard`.
 */
export function partnerSite(latchkey) {
  const policy =
    `default-src 'none'; script-src 'self' ${latchkey}; connect-src ${latchkey}; ` +
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  const page = `<!doctype html><html lang="en"><title>A partner's shop</title>
    <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
    <main><h1>Shop</h1><div id="place"></div></main>
    <script type="module" src="${latchkey}/sdk/loader.sdk.esm.js"></script>
    <script type="module" src="/partner.js"></script></html>`;
  return serve((url) => {
    if (url.pathname === '/') {
      return { body: page, headers: { 'content-security-policy': policy } };
    }
    if (url.pathname === '/partner.js') return { type: 'text/javascript', body: partnerScript };
    return undefined;
  });
}

const partnerScript = `
window.heard = [];
const hear = (name) => (event) => { window.heard.push(event === undefined ? [name] : [name, event]); };
window.setUp = async (config = {}, options = {}) => {
  window.shop = window.ShopSDK.initialize({
    apiKey: 'client-1', onReady: hear('sdk.onReady'), onError: hear('sdk.onError'), ...options,
  });
  window.login = await window.shop.create('login', {
    onReady: hear('onReady'), onLoad: hear('onLoad'), onComplete: hear('onComplete'),
    onError: hear('onError'), onRestart: hear('onRestart'), ...config,
  });
  document.querySelector('#place').append(window.login.element);
};
`;
