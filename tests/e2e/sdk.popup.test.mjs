// The SDK's pop-up on a partner's page under a strict CSP, and who is believed. The server behind
// it lies when a test wants it; the real one is in guide.test.mjs.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from './support/browser.mjs';
import { serve } from './support/partner.mjs';
import { completed, detail, flowOf, useSdk } from './support/sdk.mjs';

describe("the SDK's pop-up", () => {
  const t = useSdk();

  it('asks for what it was told to ask for', async () => {
    await t.setUp({ attributes: { scope: 'email' } }, { scope: 'shop_app:oauth', locale: 'fr_CA' });
    assert.equal(await t.button().textContent(), 'Continuer avec Acme ID');
    const popup = await t.press();
    const asked = Object.fromEntries(new URL(popup.url()).searchParams);
    assert.match(asked.flow, /^[A-Za-z0-9_-]{22}$/);
    delete asked.flow;
    assert.deepEqual(asked, {
      client_id: 'client-1',
      origin: t.shop,
      scope: 'email',
      locale: 'fr-CA',
    });
  });

  it('hands the answer to onComplete once, acknowledges it to the server alone, and says when it is gone', async () => {
    await t.setUp();
    const popup = await t.press();
    const flow = flowOf(popup);
    const answer = await t.post(popup, completed(flow));
    assert.deepEqual(answer, {
      origin: t.shop,
      data: { source: 'latchkey-sdk', flow, type: 'received' },
    });
    assert.equal(await t.post(popup, completed(flow)), undefined, 'a repeated answer is ignored');
    assert.deepEqual(await t.said('onComplete'), [detail]);
    assert.deepEqual(await t.said('onConfirmSuccess'), [], 'the window still stands there');
    await popup.close();
    await t.hears('onConfirmSuccess');
    assert.deepEqual(await t.errors(), [], 'closing after the answer is no error');
  });

  it('tells "not now" and a server error apart', async () => {
    await t.setUp();
    let popup = await t.press();
    await t.post(popup, { source: 'latchkey', flow: flowOf(popup), type: 'cancelled' });
    await popup.close();
    popup = await t.press();
    const failed = { code: 'retriable_server_error', message: 'Try again.' };
    await t.post(popup, { source: 'latchkey', flow: flowOf(popup), type: 'error', detail: failed });
    assert.deepEqual(await t.errors(), ['access_denied', 'retriable_server_error']);
    assert.equal((await t.said('onRestart')).length, 1);
    assert.deepEqual(await t.said('onConfirmSuccess'), []);
  });

  it('says popup_closed when the person closes it half-way, and works again', async () => {
    await t.setUp();
    await (await t.press()).close();
    await t.hears('onError');
    assert.deepEqual(await t.errors(), ['popup_closed']);
    const popup = await t.press();
    await t.post(popup, completed(flowOf(popup)));
    await t.hears('onComplete');
  });

  it('keeps an address that the page knows out of the request, and names it in an error', async () => {
    await t.setUp();
    const opened = t.context.waitForEvent('page');
    await t.page.evaluate(() => {
      document.querySelector('h1').onclick = () => window.login.start('ada@example.com');
    });
    await t.page.locator('h1').click();
    const popup = await opened;
    await popup.waitForURL(/sign-in/);
    assert.match(popup.url(), /#login_hint=ada%40example\.com$/);
    assert.ok(t.latchkey.asked.every((url) => !url.href.includes('ada')));
    await popup.close();
    await t.hears('onError');
    assert.equal((await t.said('onError'))[0].email, 'ada@example.com');
  });

  it('does not open a second pop-up while one is open', async () => {
    await t.setUp();
    await t.press();
    await t.button().click();
    await t.page.waitForTimeout(300);
    assert.equal(t.context.pages().length, 2);
  });

  it('attack 15: ignores the right message from a wrong window, and from a wrong origin', async () => {
    await t.setUp();
    const popup = await t.press();
    const forged = completed(flowOf(popup));
    await t.page.evaluate((message) => window.postMessage(message, location.origin), forged);
    const hostile = await serve(() => ({ body: '<!doctype html><link rel="icon" href="data:,">' }));
    // The pop-up itself, taken elsewhere: the right window and flow, the wrong origin.
    await popup.goto(hostile.origin);
    assert.equal(await t.post(popup, forged), undefined);
    // Another window of the right origin, with the right flow.
    await popup.goto(`${t.latchkey.origin}/sign-in`);
    const [other] = await Promise.all([
      t.context.waitForEvent('page'),
      t.page.evaluate((url) => void window.open(url), `${t.latchkey.origin}/sign-in`),
    ]);
    await other.waitForLoadState();
    assert.equal(await t.post(other, forged), undefined);
    assert.deepEqual(await t.said('onComplete'), []);
    // And the real one still works.
    assert.notEqual(await t.post(popup, forged), undefined);
    await t.hears('onComplete');
    await hostile.close();
  });

  it('attack 15: a frame of the right origin inside the page is not the pop-up', async () => {
    await t.setUp();
    const popup = await t.press();
    await t.page.evaluate((src) => {
      const frame = document.createElement('iframe');
      frame.src = src;
      document.body.append(frame);
    }, `${t.latchkey.origin}/sign-in`);
    await until(() => t.page.frames().some((frame) => frame.url().endsWith('/sign-in')));
    const frame = t.page.frames().find((one) => one.url().endsWith('/sign-in'));
    await frame.waitForLoadState();
    assert.equal(await t.post(frame, completed(flowOf(popup))), undefined);
    assert.deepEqual(await t.said('onComplete'), []);
  });

  it('ignores another flow and a malformed answer from the real pop-up', async () => {
    await t.setUp();
    const popup = await t.press();
    const flow = flowOf(popup);
    for (const message of [
      completed('AAAAAAAAAAAAAAAAAAAAAA'),
      { ...completed(flow), detail: { ...detail, email: 7 } },
      { ...completed(flow), type: 'authorized' },
      // What only a frame says.
      { source: 'latchkey', flow, type: 'close_requested' },
      { source: 'latchkey', flow, type: 'resized', detail: { height: 1 } },
      'completed',
    ]) {
      assert.equal(await t.post(popup, message), undefined);
    }
    assert.deepEqual([...(await t.said('onComplete')), ...(await t.said('onError'))], []);
  });

  it('waits for onBeforeAuthenticate, and gives up when it rejects', async () => {
    await t.page.evaluate(() =>
      window.setUp({
        onBeforeAuthenticate: () => new Promise((go, stop) => (window.hook = { go, stop })),
      }),
    );
    const opened = t.context.waitForEvent('page');
    await t.button().click();
    const popup = await opened;
    assert.equal(popup.url(), 'about:blank');
    await t.page.evaluate(() => window.hook.go());
    await popup.waitForURL(/sign-in/);
    await t.post(popup, completed(flowOf(popup)));
    await popup.close();

    const openedAgain = t.context.waitForEvent('page');
    await t.button().click();
    const second = await openedAgain;
    await Promise.all([
      second.waitForEvent('close'),
      t.page.evaluate(() => window.hook.stop(new Error('no'))),
    ]);
    assert.deepEqual(await t.errors(), ['before_authenticate_failed']);
  });

  it('goes on when a handler of the page throws', async () => {
    const thrown = new Promise((resolve) => t.page.once('pageerror', resolve));
    await t.page.evaluate(() =>
      window.setUp({
        onComplete: () => {
          window.heard.push(['onComplete']);
          throw new Error('the page is broken');
        },
      }),
    );
    const popup = await t.press();
    assert.notEqual(await t.post(popup, completed(flowOf(popup))), undefined);
    assert.match(String(await thrown), /the page is broken/);
    t.watch.forgive(/the page is broken/);
  });

  it('two tabs of one shop: each hears its own', async () => {
    await t.setUp();
    const first = await t.press();
    const tab = await t.context.newPage();
    const { page } = t;
    t.page = tab;
    await t.open();
    await t.setUp();
    const second = await t.press();
    assert.notEqual(flowOf(first), flowOf(second));
    assert.equal(await t.post(first, completed(flowOf(second))), undefined, 'the other one\'s name');
    await t.post(second, completed(flowOf(second)));
    await t.hears('onComplete');
    assert.ok(await page.evaluate(() => window.heard.every(([name]) => name !== 'onComplete')));
    t.page = page;
    await t.post(first, completed(flowOf(first)));
    await t.hears('onComplete');
  });
});
