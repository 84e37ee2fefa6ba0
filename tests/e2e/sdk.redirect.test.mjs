// The SDK's redirect mode, against the real server: the page goes away and comes back with an
// outcome that only it can open.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from './support/browser.mjs';
import { useSdk } from './support/sdk.mjs';

const redirect = { attributes: { uxMode: 'redirect', scope: 'openid email' } };

describe("the SDK's redirect mode", () => {
  const t = useSdk({ server: 'real', site: { paths: ['/callback'] } });
  const config = () => ({
    attributes: { ...redirect.attributes, redirectUri: `${t.shop}/callback` },
  });

  async function leave(page = t.page) {
    await page.evaluate((c) => window.setUp(c), config());
    await t.button().click();
    await page.waitForURL(`${t.latchkey.origin}/sign-in?**`);
  }
  async function comeBack(page = t.page) {
    await page.waitForURL(`${t.shop}/callback**`);
    await until(() => page.evaluate(() => Boolean(window.ShopSDK && window.setUp)));
  }
  /** As the page does when it loads. */
  async function setUpAgain(id = t.app.clientId) {
    await t.page.evaluate(([c, client]) => {
      document.documentElement.dataset.client = client;
      return window.setUp(c);
    }, [config(), id]);
  }

  it('comes back with the answer, once, and with nothing in the address', async () => {
    await leave();
    const asked = new URL(t.page.url()).searchParams;
    assert.equal(asked.get('mode'), 'redirect');
    assert.match(asked.get('code_challenge'), /^[A-Za-z0-9_-]{43}$/);
    await t.signIn(t.page, 'redirected@example.com');
    await t.page.locator('button[value="agree"]').click();
    await comeBack();
    const returned = t.page.url();
    assert.match(returned, /#latchkey_flow=[\w-]{22}&latchkey_result=[\w-]+$/);
    assert.ok(!/ey[\w-]+\.|redirected/.test(returned), 'sealed');
    await setUpAgain();
    await t.hears('onConfirmSuccess');
    const [event] = await t.said('onComplete');
    assert.equal(event.email, 'redirected@example.com');
    assert.match(event.shopConsentToken, /^ey/);
    assert.equal(t.page.url(), `${t.shop}/callback`);
    assert.equal(await t.page.evaluate(() => sessionStorage.length), 0);

    // Whoever has the address has nothing: not in this tab, not in another.
    await t.page.goto('about:blank');
    await t.page.goto(returned);
    await comeBack();
    await setUpAgain();
    await t.hears('onError');
    assert.deepEqual(await t.errors(), ['invalid_result']);
    assert.deepEqual(await t.said('onComplete'), []);
  });

  it('attack 6: a link with somebody else\'s outcome signs nobody in', async () => {
    await leave();
    await t.signIn(t.page, 'attacker@example.com');
    // The attacker keeps the address that leads back, with the outcome that is good for them.
    let kept = '';
    await t.page.route(`${t.shop}/callback**`, (route) => route.abort());
    t.page.on('requestfailed', (request) => { kept ||= request.url(); });
    t.watch.forgive(/ERR_FAILED|chrome-error/);
    const answer = t.page.waitForResponse((response) =>
      response.headers().location?.includes('latchkey_result'));
    await t.page.locator('button[value="agree"]').click().catch(() => undefined);
    const planted = (await answer).headers().location;
    assert.match(planted, /latchkey_result/);

    const victim = await t.context.newPage();
    t.page = victim;
    // The victim is half-way through a sign-in of their own.
    await t.open();
    await leave(victim);
    await victim.goto(planted);
    await comeBack(victim);
    await setUpAgain();
    await t.hears('onError');
    assert.deepEqual(await t.errors(), ['invalid_result']);
    assert.deepEqual(await t.said('onComplete'), []);
  });

  it('comes back with "not now"', async () => {
    await leave();
    await t.page.locator('button[value="cancel"]').click();
    await comeBack();
    await setUpAgain();
    await t.hears('onError');
    assert.deepEqual(await t.errors(), ['access_denied']);
  });

  it('leaves what another app of the page brought back to that app', async () => {
    await leave();
    await t.page.locator('button[value="cancel"]').click();
    await comeBack();
    t.watch.forgive(/status of 400/);
    await setUpAgain('00000000000000000000000000000000');
    await t.hears('onLoad');
    assert.deepEqual(await t.errors(), []);
    await setUpAgain();
    await t.hears('onError');
    assert.deepEqual(await t.errors(), ['access_denied']);
  });

  it('says popup_closed when the person comes back by the back button', async () => {
    await leave();
    await t.page.goBack();
    await t.page.waitForURL(`${t.shop}/`);
    // Kept as it was left, or loaded anew: nothing is busy, and it can begin again.
    const kept = await t.page.evaluate(() => Boolean(window.login));
    if (kept) await t.hears('onError');
    else await t.open();
    await leave();
  });

  it('attack 9: goes back to no address that is not registered', async () => {
    t.watch.forgive(/status of 403/);
    for (const redirectUri of [`${t.shop}/elsewhere`, `${t.shop}/callback?x=1`, 'https://evil.example/']) {
      await t.open();
      await t.page.evaluate((c) => window.setUp(c), {
        attributes: { ...redirect.attributes, redirectUri },
      });
      await t.button().click();
      await t.page.getByRole('heading', { name: 'This did not work' }).waitFor();
      assert.ok(t.page.url().startsWith(t.latchkey.origin));
    }
  });

  it('tells when the browser keeps nothing for the page', async () => {
    await t.page.evaluate(() => {
      Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no'); } });
    });
    await t.setUp(config());
    await t.button().click();
    await t.hears('onError');
    assert.deepEqual(await t.errors(), ['storage_unavailable']);
    assert.equal(t.page.url(), `${t.shop}/`);
  });
});
