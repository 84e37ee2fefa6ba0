// A partner's page under a strict CSP, and a sign-in server that says whatever a test tells it to.
// Only for what the real one never says; the real one is in processes.mjs.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';

const dist = new URL('../../../web/dist/sdk/', import.meta.url);

/** Serves `handle(url, request) -> {status?, type?, headers?, body}` on a free loopback port. */
export async function serve(handle) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, `http://${request.headers.host}`);
    const answer = (await handle(url, request)) ?? { status: 404, body: '' };
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

const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <circle cx="16" cy="16" r="15" fill="#c2410c"/><path d="M8 22 16 8l8 14z" fill="#fff"/></svg>`;

/**
 * The SDK's files, a brand, and a sign-in page with nothing on it; the test posts from there. A
 * test may change `brand`.
 */
export function lyingLatchkey() {
  const brand = { name: 'Acme ID' };
  const open = { 'access-control-allow-origin': '*' };
  const asked = [];
  return serve(async (url, request) => {
    if (url.pathname === '/sdk/recognition') {
      const origin = request.headers.origin;
      const headers = {
        'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true',
      };
      return { type: 'application/json', headers, body: '{"recognized":false}' };
    }
    if (url.pathname === '/sdk/config.json') {
      const body = JSON.stringify({ brand });
      return { type: 'application/json', headers: open, body };
    }
    if (url.pathname === '/brand/logo') return { type: 'image/svg+xml', body: logo };
    if (url.pathname.startsWith('/sdk/')) {
      const body = await readFile(new URL(url.pathname.slice('/sdk/'.length), dist));
      return { type: 'text/javascript', headers: open, body };
    }
    if (['/sign-in', '/oauth/authorize'].includes(url.pathname)) {
      asked.push(url);
      return { body: '<!doctype html><title>Sign in</title><link rel="icon" href="data:,">' };
    }
    return undefined;
  }).then((server) => ({ ...server, asked, brand }));
}

/**
 * A partner's page that makes a login as `window.login` once `window.setUp(config, options)` is
 * called, and writes what its handlers hear to `window.heard`. `framing`: its policy lets it frame
 * the server. `paths`: where the same page is besides /. `more`: other pages of the site, by path.
 */
export function partnerSite(latchkey, { clientId = 'client-1', framing = true, paths = [], more = {} } = {}) {
  const policy =
    `default-src 'none'; script-src 'self' ${latchkey}; connect-src ${latchkey}; ` +
    `${framing ? `frame-src ${latchkey}; ` : ''}img-src data: ${latchkey}; base-uri 'none'; ` +
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
  const page = partnerPage(latchkey, clientId);
  return serve((url) => {
    if (url.pathname === '/partner.js') return { type: 'text/javascript', body: partnerScript };
    const body = more[url.pathname]?.replaceAll('LATCHKEY', latchkey) ?? (['/', ...paths].includes(url.pathname) ? page : undefined);
    return body && { body, headers: { 'content-security-policy': policy } };
  });
}

/** `content` in place of the place for the button. */
export const partnerPage = (latchkey, clientId, content = '<div id="place"></div>') => `<!doctype html>
  <html lang="en" data-client="${clientId}"><title>A partner's shop</title>
  <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
  <main><h1>Shop</h1>${content}</main>
  <script type="module" src="${latchkey}/sdk/loader.sdk.esm.js"></script>
  <script type="module" src="/partner.js"></script></html>`;

const partnerScript = `
window.heard = [];
const hear = (name) => (event) => { window.heard.push(event === undefined ? [name] : [name, event]); };
window.setUp = async (config = {}, options = {}) => {
  window.shop = window.ShopSDK.initialize({
    apiKey: document.documentElement.dataset.client, onReady: hear('sdk.onReady'), onError: hear('sdk.onError'), ...options,
  });
  window.login = await window.shop.create('login', {
    onReady: hear('onReady'), onLoad: hear('onLoad'), onComplete: hear('onComplete'),
    onError: hear('onError'), onRestart: hear('onRestart'),
    onConfirmSuccess: hear('onConfirmSuccess'), ...config,
  });
  document.querySelector('#place').append(window.login.element);
};
`;
