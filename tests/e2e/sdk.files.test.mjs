// What the real server gives partners' pages to load.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { useSdk } from './support/sdk.mjs';

describe('the files that the server gives partners', () => {
  const t = useSdk({ server: 'real' });

  it('are the loaders, their code and their types, at both addresses', async () => {
    for (const folder of ['/sdk/', '/shopifycloud/shop-js/modules/v2/']) {
      for (const [name, type] of [
        ['loader.sdk.esm.js', 'text/javascript'],
        ['loader.shop-login-button.esm.js', 'text/javascript'],
        ['login.js', 'text/javascript'],
        ['loader.sdk.esm.d.ts', 'text/plain'],
      ]) {
        const answer = await fetch(t.latchkey.origin + folder + name);
        assert.equal(answer.status, 200, folder + name);
        assert.ok(answer.headers.get('content-type').startsWith(type), name);
        assert.equal(answer.headers.get('access-control-allow-origin'), '*');
        const built = await readFile(new URL(`../../web/dist/sdk/${name}`, import.meta.url), 'utf8');
        assert.equal(await answer.text(), built, 'as built');
      }
    }
  });

  it('work from the platform\'s address as well', async () => {
    const text = await t.page.evaluate(async ([url, apiKey]) => {
      const { initialize } = await import(url);
      const login = await initialize({ apiKey }).create('login');
      return login.element.shadowRoot.querySelector('button').textContent;
    }, [`${t.latchkey.origin}/shopifycloud/shop-js/modules/v2/loader.sdk.esm.js`, t.app.clientId]);
    assert.equal(text, 'Continue with Acme ID');
  });
});
