// The SDK as it mostly is: the partner's page on another site than the server, which has TLS. The
// browser keeps the two sites' cookies apart, and everything still works.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closeBy, until } from './support/browser.mjs';
import { useSdk } from './support/sdk.mjs';

// The server's certificate is nobody's; only this file's own requests are so lenient.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';

describe('the SDK on another site', () => {
  const t = useSdk({ server: 'elsewhere', context: { ignoreHTTPSErrors: true } });
  const recognized = async () => {
    await t.open();
    await t.page.evaluate(() => {
      window.recognized = new Promise((tell) => {
        void window.setUp({ attributes: { uxMode: 'iframe', scope: 'openid email' } },
          { onRecognized: (state) => tell(state.recognized) });
      });
    });
    return t.page.evaluate(() => window.recognized);
  };
  const frame = () => t.page.frameLocator('iframe');

  it('signs a person in in the dialog, and recognises them there', async () => {
    assert.equal(await recognized(), false);
    await t.hears('onLoad');
    await t.button().click();
    await frame().locator('#email').waitFor();
    await t.signIn(frame(), 'across@example.com');
    await frame().locator('button[value="agree"]').click();
    await t.hears('onComplete');
    assert.equal((await t.said('onComplete'))[0].email, 'across@example.com');
    const cookies = (await t.context.cookies(t.latchkey.origin)).map((one) => one);
    assert.ok(cookies.length > 0);
    for (const { name, secure, sameSite, partitionKey } of cookies) {
      assert.match(name, /^__Host-/);
      assert.deepEqual([secure, sameSite], [true, 'None'], name);
      assert.ok(partitionKey, `${name} is in a jar of this site`);
    }
    assert.equal(await recognized(), true);
    await t.hears('onLoad');
    assert.equal((await t.said('onLoad'))[0].userFound, true);
  });

  it('hears every press while the dialog changes its height', async () => {
    await t.setUp({ attributes: { uxMode: 'iframe', scope: 'openid email' } });
    await t.button().click();
    const heading = frame().locator('h1');
    await heading.evaluate(() => {
      window.presses = 0;
      document.addEventListener('pointerdown', () => { window.presses += 1; });
    });
    const dialog = t.page.locator('iframe');
    const goal = () => dialog.evaluate((it) => it.style.height);
    const place = () => dialog.evaluate((it) => it.getBoundingClientRect().toJSON());
    await until(async () => (await goal()) !== '');
    const { top } = await place();
    const { x, y, width } = await heading.boundingBox();
    for (const margin of [30, 0, 30, 0, 30, 0, 30, 0]) {
      const before = await goal();
      await heading.evaluate((it, px) => { it.style.marginBottom = `${px}px`; }, margin);
      await until(async () => (await goal()) !== before);
      await t.page.mouse.click(x + width / 2, y);
      const now = await place();
      assert.deepEqual([now.top, `${now.height}px`], [top, await goal()], 'at once, and downwards');
    }
    await until(async () => (await heading.evaluate(() => window.presses)) === 8);
  });

  it('keeps a sign-in in a pop-up to the server\'s own site: the page is not told of it later', async () => {
    assert.equal(await recognized(), false);
    await t.hears('onLoad');
    await t.page.evaluate(() => window.login.update({ attributes: { uxMode: 'windoid' } }));
    const popup = await t.press();
    await t.signIn(popup, 'popup@example.com');
    await closeBy(popup, () => popup.locator('button[value="agree"]').click());
    await t.hears('onComplete');
    assert.equal(await recognized(), false);
  });
});
