// onRecognized, against the real server: yes or no, to registered origins, and nothing else.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closeBy, until } from './support/browser.mjs';
import { sameSite, useSdk } from './support/sdk.mjs';

const iframe = { attributes: { uxMode: 'iframe', scope: 'openid email' } };

describe('recognition', () => {
  const t = useSdk({ server: 'real' });
  /** What a fresh page load hears, with what it asked and was answered. */
  async function load(path = '/') {
    await t.open(path);
    const answered = t.page.waitForResponse(/\/sdk\/recognition$/);
    await t.page.evaluate(async () => {
      window.recognized = [];
      await window.setUp({}, { onRecognized: (state) => window.recognized.push(state) });
    });
    const response = await answered;
    await t.hears('onLoad');
    return {
      recognized: await t.page.evaluate(() => window.recognized),
      userFound: (await t.said('onLoad'))[0].userFound,
      asked: response.request().postData(),
      status: response.status(),
      body: await response.text().catch(() => ''),
    };
  }
  async function signInAsSomebody() {
    await t.open();
    await t.setUp({ attributes: { scope: 'openid email' } });
    const popup = await t.press();
    await t.signIn(popup, 'recognised@example.com');
    await closeBy(popup, () => popup.locator('button[value="agree"]').click());
  }

  it('tells once for each page whether the browser is signed in, and not as whom', async () => {
    const before = await load();
    assert.deepEqual(before.recognized, [{ recognized: false }]);
    assert.equal(before.userFound, false);
    await signInAsSomebody();
    const after = await load();
    assert.deepEqual(after.recognized, [{ recognized: true }]);
    assert.equal(after.userFound, true);
    assert.equal(after.asked, before.asked, 'the question is the same for everyone');
    assert.equal(after.asked, `client_id=${t.app.clientId}`);
    assert.equal(after.body.length, before.body.length, 'and the answer as long');
    assert.doesNotMatch(JSON.stringify(after), /recognised@/);
  });

  it('ends with the session', async () => {
    await signInAsSomebody();
    assert.deepEqual((await load()).recognized, [{ recognized: true }]);
    await t.context.clearCookies();
    assert.deepEqual((await load()).recognized, [{ recognized: false }]);
  });

  it('knows who signed in in a frame of this site', async () => {
    await t.setUp(iframe);
    await t.button().click();
    const frame = t.page.frameLocator('iframe');
    await t.signIn(frame, 'in-a-frame@example.com');
    await frame.locator('button[value="agree"]').click();
    await t.hears('onComplete');
    assert.deepEqual((await load()).recognized, [{ recognized: true }]);
  });

  it('attack 23: says nothing to a page that the app has not registered, signed in or not', async () => {
    await signInAsSomebody();
    t.watch.forgive(/status of 403/);
    const registered = t.shop;
    t.shop = t.partner.origin;
    assert.equal(sameSite(t.shop), registered);
    const stranger = await load();
    t.shop = registered;
    assert.equal(stranger.status, 403);
    assert.deepEqual(stranger.recognized, [{ recognized: false }]);
    assert.equal(stranger.body, '{"error":"invalid_origin"}');
    const [{ code, message }] = await t.said('sdk.onError');
    assert.equal(code, 'invalid_origin');
    assert.match(message, /registered/);
  });

  it('tells the developer that the apiKey is nobody\'s, by the console if there is no handler', async () => {
    t.watch.forgive(/status of 400|invalid_client/);
    const said = t.page.waitForEvent('console', (message) => message.text().startsWith('ShopSDK'));
    await t.page.evaluate(() => void window.ShopSDK.initialize({ apiKey: 'wrong' }));
    assert.equal((await said).text(), 'ShopSDK: invalid_client: There is no app with this apiKey.');
  });

  it('is "no" when the server does not answer, and holds the button up for nobody', async () => {
    await t.context.route('**/sdk/recognition', () => {}); // never
    await t.openFrozen();
    await t.page.evaluate(async () => {
      window.recognized = [];
      await window.setUp({}, { onRecognized: (state) => window.recognized.push(state) });
    });
    assert.ok(await t.button().isVisible());
    assert.deepEqual(await t.page.evaluate(() => window.recognized), []);
    await t.page.clock.runFor(3000);
    await until(() => t.page.evaluate(() => window.recognized.length === 1));
    assert.deepEqual(await t.page.evaluate(() => window.recognized), [{ recognized: false }]);
    await t.hears('onLoad');
  });
});
