// The SDK on a partner's page under a strict CSP. The server behind it lies when a test wants it.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { launchBrowser, openContext, screenshot, until } from './support/browser.mjs';
import { lyingLatchkey, partnerSite, serve } from './support/partner.mjs';

const detail = {
  email: 'ada@example.com',
  emailVerified: true,
  consentedScopes: 'email profile',
  signedIn: true,
  shopConsentToken: 'header.payload.signature',
};

describe('the SDK', () => {
  let browser, latchkey, partner, context, watch, page;

  before(async () => {
    browser = await launchBrowser();
    latchkey = await lyingLatchkey();
    partner = await partnerSite(latchkey.origin);
  });
  after(async () => {
    await browser?.close();
    await latchkey?.close();
    await partner?.close();
  });
  beforeEach(async () => {
    ({ context, watch } = await openContext(browser));
    page = await context.newPage();
    await page.goto(partner.origin);
    await until(() => page.evaluate(() => Boolean(window.ShopSDK && window.setUp)));
  });
  afterEach(async () => {
    await context.close();
    watch.assertQuiet();
  });

  const setUp = (config, options) =>
    page.evaluate(([c, o]) => window.setUp(c, o), [config, options]);
  const button = () => page.locator('#place').getByRole('button');
  const heard = () => page.evaluate(() => window.heard);
  const errors = async () =>
    (await heard()).filter(([name]) => name === 'onError').map(([, event]) => event.code);
  const hears = (name) => until(async () => (await heard()).some(([said]) => said === name));
  async function press() {
    const [popup] = await Promise.all([context.waitForEvent('page'), button().click()]);
    await popup.waitForURL(`${latchkey.origin}/sign-in?**`);
    return popup;
  }
  const flowOf = (popup) => new URL(popup.url()).searchParams.get('flow');
  /** As the last sign-in page does it; resolves to what came back within half a second. */
  const post = (popup, message, target = partner.origin) =>
    popup.evaluate(
      ([said, origin]) =>
        new Promise((resolve) => {
          window.addEventListener('message', (e) => resolve({ origin: e.origin, data: e.data }));
          setTimeout(() => resolve(undefined), 500);
          window.opener.postMessage(said, origin);
        }),
      [message, target],
    );
  const completed = (flow) => ({ source: 'latchkey', flow, type: 'completed', detail });

  it('draws a button with the operator\'s brand, and says so in order', async () => {
    await setUp({}, { features: { login: true } });
    assert.equal(await button().textContent(), 'Continue with Acme ID');
    await hears('onLoad');
    const names = (await heard()).map(([name]) => name);
    assert.deepEqual([...names].sort(), ['onLoad', 'onReady', 'sdk.onReady']);
    assert.ok(names.indexOf('onReady') < names.indexOf('onLoad'));
    await screenshot(page, 'sdk-button');
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(violations.map(({ id }) => id), []);
  });

  it('asks for what it was told to ask for', async () => {
    await setUp({ attributes: { scope: 'email' } }, { scope: 'shop_app:oauth', locale: 'fr-CA' });
    assert.equal(await button().textContent(), 'Continuer avec Acme ID');
    const popup = await press();
    const asked = Object.fromEntries(new URL(popup.url()).searchParams);
    assert.match(asked.flow, /^[A-Za-z0-9_-]{22}$/);
    delete asked.flow;
    assert.deepEqual(asked, {
      client_id: 'client-1',
      origin: partner.origin,
      scope: 'email',
      locale: 'fr-CA',
    });
  });

  it('hands the answer to onComplete once, and acknowledges it to the server alone', async () => {
    await setUp();
    const popup = await press();
    const flow = flowOf(popup);
    const answer = await post(popup, completed(flow));
    assert.deepEqual(answer, {
      origin: partner.origin,
      data: { source: 'latchkey-sdk', flow, type: 'received' },
    });
    assert.equal(await post(popup, completed(flow)), undefined, 'a repeated answer is ignored');
    assert.deepEqual((await heard()).filter(([name]) => name === 'onComplete'), [
      ['onComplete', detail],
    ]);
    await popup.close();
    await page.waitForTimeout(700);
    assert.deepEqual(await errors(), [], 'closing after the answer is no error');
  });

  it('tells "not now" and a server error apart', async () => {
    await setUp();
    let popup = await press();
    await post(popup, { source: 'latchkey', flow: flowOf(popup), type: 'cancelled' });
    await popup.close();
    popup = await press();
    const failed = { code: 'server_error', message: 'Try again.' };
    await post(popup, { source: 'latchkey', flow: flowOf(popup), type: 'error', detail: failed });
    assert.deepEqual(await errors(), ['access_denied', 'server_error']);
    assert.equal((await heard()).filter(([name]) => name === 'onRestart').length, 1);
  });

  it('says popup_closed when the person closes it half-way, and works again', async () => {
    await setUp();
    await (await press()).close();
    await hears('onError');
    assert.deepEqual(await errors(), ['popup_closed']);
    const popup = await press();
    await post(popup, completed(flowOf(popup)));
    await hears('onComplete');
  });

  it('says popup_blocked when nothing was pressed', async () => {
    await setUp();
    await page.evaluate(() => {
      window.open = () => null;
      window.login.start();
    });
    assert.deepEqual(await errors(), ['popup_blocked']);
  });

  it('keeps an address that the page knows out of the request', async () => {
    await setUp();
    const opened = context.waitForEvent('page');
    await page.evaluate(() => {
      document.querySelector('h1').onclick = () => window.login.start('ada@example.com');
    });
    await page.locator('h1').click();
    const popup = await opened;
    await popup.waitForURL(/sign-in/);
    assert.match(popup.url(), /#login_hint=ada%40example\.com$/);
    assert.ok(latchkey.asked.every((url) => !url.href.includes('ada')));
  });

  it('does not open a second pop-up while one is open', async () => {
    await setUp();
    await press();
    await button().click();
    await page.waitForTimeout(300);
    assert.equal(context.pages().length, 2);
  });

  it('ignores the right message from a wrong window, and from a wrong origin', async () => {
    await setUp();
    const popup = await press();
    const forged = completed(flowOf(popup));
    await page.evaluate((message) => window.postMessage(message, location.origin), forged);
    const hostile = await serve(() => ({ body: '<!doctype html><link rel="icon" href="data:,">' }));
    // The pop-up itself, taken elsewhere: the right window and flow, the wrong origin.
    await popup.goto(hostile.origin);
    assert.equal(await post(popup, forged), undefined);
    // Another window of the right origin, with the right flow.
    await popup.goto(`${latchkey.origin}/sign-in`);
    const [other] = await Promise.all([
      context.waitForEvent('page'),
      page.evaluate((url) => void window.open(url), `${latchkey.origin}/sign-in`),
    ]);
    await other.waitForLoadState();
    assert.equal(await post(other, forged), undefined);
    assert.ok((await heard()).every(([name]) => name !== 'onComplete'));
    // And the real one still works.
    assert.notEqual(await post(popup, forged), undefined);
    await hears('onComplete');
    await hostile.close();
  });

  it('ignores another flow and a malformed answer from the real pop-up', async () => {
    await setUp();
    const popup = await press();
    const flow = flowOf(popup);
    for (const message of [
      completed('AAAAAAAAAAAAAAAAAAAAAA'),
      { ...completed(flow), detail: { ...detail, email: 7 } },
      { ...completed(flow), type: 'authorized' },
      'completed',
    ]) {
      assert.equal(await post(popup, message), undefined);
    }
    assert.ok((await heard()).every(([name]) => !['onComplete', 'onError'].includes(name)));
  });

  it('waits for onBeforeAuthenticate, and gives up when it rejects', async () => {
    await page.evaluate(() =>
      window.setUp({ onBeforeAuthenticate: () => new Promise((go, stop) => (window.hook = { go, stop })) }),
    );
    const [popup] = await Promise.all([context.waitForEvent('page'), button().click()]);
    assert.equal(popup.url(), 'about:blank');
    await page.evaluate(() => window.hook.go());
    await popup.waitForURL(/sign-in/);
    await post(popup, completed(flowOf(popup)));
    await popup.close();

    const [second] = await Promise.all([context.waitForEvent('page'), button().click()]);
    await Promise.all([
      second.waitForEvent('close'),
      page.evaluate(() => window.hook.stop(new Error('no'))),
    ]);
    assert.deepEqual(await errors(), ['before_authenticate_failed']);
  });

  it('goes on when a handler of the page throws', async () => {
    const thrown = new Promise((resolve) => page.once('pageerror', resolve));
    await page.evaluate(() =>
      window.setUp({
        onComplete: () => {
          window.heard.push(['onComplete']);
          throw new Error('the page is broken');
        },
      }),
    );
    const popup = await press();
    assert.notEqual(await post(popup, completed(flowOf(popup))), undefined);
    assert.match(String(await thrown), /the page is broken/);
    watch.forgive(/the page is broken/);
  });

  it('leaves nothing behind when destroyed', async () => {
    await page.evaluate(() => {
      window.listening = 0;
      const { addEventListener, removeEventListener } = window;
      window.addEventListener = function (...all) {
        window.listening += 1;
        return addEventListener.apply(window, all);
      };
      window.removeEventListener = function (...all) {
        window.listening -= 1;
        return removeEventListener.apply(window, all);
      };
    });
    await setUp();
    const popup = await press();
    assert.equal(await page.evaluate(() => window.listening), 1);
    await Promise.all([popup.waitForEvent('close'), page.evaluate(() => window.login.destroy())]);
    assert.equal(await page.evaluate(() => window.listening), 0);
    assert.equal(await button().count(), 0);
    await page.evaluate(() => {
      window.login.destroy();
      window.login.start();
    });
    assert.equal(context.pages().length, 1);
    assert.deepEqual(await errors(), []);
  });

  it('destroys its components with itself', async () => {
    await setUp();
    await page.evaluate(() => window.shop.destroy());
    assert.equal(await button().count(), 0);
    const refused = await page.evaluate(() => window.shop.create('login').catch((e) => e.name));
    assert.equal(refused, 'AbortError');
  });

  it('takes appearance from the component over the SDK, and from update()', async () => {
    await setUp(
      { appearance: { variables: { '--buttons-radius': '3px' } }, attributes: { buttonLayout: 'or' } },
      { appearance: { variables: { '--buttons-radius': '20px', '--buttons-background': '#005500' } } },
    );
    const style = (name) => button().evaluate((e, n) => getComputedStyle(e).getPropertyValue(n), name);
    assert.equal(await style('border-top-left-radius'), '3px');
    assert.equal(await style('background-color'), 'rgb(0, 85, 0)');
    await page.evaluate(() => window.shop.update({ locale: 'ar', appearance: {} }));
    assert.equal(await style('background-color'), 'rgb(43, 58, 103)');
    assert.equal(await style('direction'), 'rtl');
    assert.match(await button().textContent(), /Acme ID/);
    await screenshot(page, 'sdk-button-or-arabic');
  });

  it('refuses to start without an apiKey and to make what it does not know', async () => {
    const outcome = await page.evaluate(async () => [
      (() => {
        try {
          window.ShopSDK.initialize({});
        } catch (e) {
          return e.name;
        }
      })(),
      await window.ShopSDK.initialize({ apiKey: 'a' }).create('toString').catch((e) => e.name),
    ]);
    assert.deepEqual(outcome, ['TypeError', 'TypeError']);
  });

  it('shows a button even when the brand does not come', async () => {
    await context.route('**/sdk/config.json*', (route) => route.abort());
    watch.forgive(/ERR_FAILED/);
    await setUp();
    assert.equal(await button().textContent(), 'Continue with Latchkey');
  });

  it('rejects and says api_unavailable when its code does not load', async () => {
    await context.route('**/sdk/login.js', (route) => route.abort());
    watch.forgive(/ERR_FAILED/);
    const refused = await page.evaluate(() => window.setUp().catch((e) => e.message));
    assert.equal(refused, 'The sign-in code could not be loaded.');
    assert.deepEqual((await heard()).at(-1), [
      'sdk.onError',
      { code: 'api_unavailable', message: refused },
    ]);
  });

  it('exports initialize from the module too', async () => {
    const same = await page.evaluate(
      async (url) => (await import(url)).initialize === window.ShopSDK.initialize,
      `${latchkey.origin}/sdk/loader.sdk.esm.js`,
    );
    assert.equal(same, true);
  });
});
