// Slow and broken networks: what the page and the person see of them.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { screenshot, until } from './support/browser.mjs';
import { completed, flowOf, useSdk } from './support/sdk.mjs';

describe('the SDK on a poor network', () => {
  const t = useSdk();

  it('shows a button even when the brand does not come', async () => {
    await t.context.route('**/sdk/config.json*', (route) => route.abort());
    t.watch.forgive(/ERR_FAILED/);
    await t.setUp();
    assert.equal(await t.button().textContent(), 'Continue with Latchkey');
  });

  it('waits for a slow brand for a while, and then no longer', async () => {
    await t.context.route('**/sdk/config.json*', () => {}); // never
    await t.openFrozen();
    await t.page.evaluate(() => void window.setUp());
    await t.page.clock.runFor(2900);
    assert.equal(await t.button().count(), 0);
    await t.page.clock.runFor(200);
    await until(async () => (await t.button().count()) === 1);
    assert.equal(await t.button().textContent(), 'Continue with Latchkey');
  });

  it('asks for its code again when it was lost on the way', async () => {
    let lost = 0;
    await t.context.route(/\/sdk\/login\.js$/, (route) => {
      lost += 1;
      return route.abort();
    });
    t.watch.forgive(/ERR_FAILED/);
    await t.setUp({}, { features: { login: true } });
    assert.equal(lost, 1);
    assert.equal(await t.button().textContent(), 'Continue with Acme ID');
    assert.deepEqual(await t.said('sdk.onError'), []);
    const popup = await t.press();
    await t.post(popup, completed(flowOf(popup)));
    await t.hears('onComplete');
  });

  it('rejects and says api_unavailable when its code does not load at all', async () => {
    await t.context.route('**/sdk/login.js*', (route) => route.abort());
    t.watch.forgive(/ERR_FAILED/);
    const refused = await t.page.evaluate(() => window.setUp().catch((e) => e.message));
    assert.equal(refused, 'The sign-in code could not be loaded.');
    assert.deepEqual((await t.heard()).at(-1), [
      'sdk.onError',
      { code: 'api_unavailable', message: refused },
    ]);
  });

  it('keeps a dialog waiting for a slow page, and lets the person leave', async () => {
    await t.context.route('**/sign-in?*', () => {}); // never
    await t.setUp({ attributes: { uxMode: 'iframe' } });
    await t.button().click();
    const dialog = t.page.getByRole('dialog');
    assert.equal(await dialog.getByRole('status').textContent(), 'Loading…');
    await screenshot(t.page, 'sdk-dialog-waiting');
    await t.page.keyboard.press('Escape');
    await t.hears('onError');
    assert.deepEqual(await t.errors(), ['popup_closed']);
  });

  it('gives a dialog up whose page never comes', async () => {
    await t.context.route('**/sign-in?*', () => {}); // never
    await t.openFrozen();
    await t.setUp({ attributes: { uxMode: 'iframe' } });
    await t.button().click();
    await t.page.getByRole('dialog').waitFor();
    await t.page.clock.runFor(29_000);
    assert.deepEqual(await t.errors(), []);
    await t.page.clock.runFor(2_000);
    await t.hears('onError');
    assert.deepEqual(await t.errors(), ['frame_unavailable']);
    assert.equal(await t.page.getByRole('dialog').count(), 0);
  });

  it('gives a dialog up that shows something else', async () => {
    // The lying server's page says nothing.
    await t.setUp({ attributes: { uxMode: 'iframe' } });
    await t.button().click();
    await t.hears('onError');
    assert.deepEqual(await t.errors(), ['frame_unavailable']);
  });

  it('says api_unavailable when what redirect mode brought back cannot be opened', async () => {
    await t.context.route('**/sdk/result', (route) => route.abort());
    t.watch.forgive(/ERR_FAILED/);
    await t.page.evaluate(() => {
      const left = { clientId: 'client-1', flow: 'flow', verifier: 'v' };
      sessionStorage.setItem('latchkey.redirect', JSON.stringify(left));
      location.hash = '#latchkey_flow=flow&latchkey_result=AAAA';
    });
    await t.setUp();
    await t.hears('onError');
    assert.deepEqual(await t.errors(), ['api_unavailable']);
    assert.equal(await t.page.evaluate(() => location.hash), '');
  });
});
