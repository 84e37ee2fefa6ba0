// The SDK as it mostly is: the partner's page on another site than the server, which has TLS. The
// browser keeps the two sites' cookies apart, and everything still works.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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

  // A known defect of the product or of this test: in one run of three the outcome is not heard.
  const todo = 'in one run of three the page hears no outcome';
  it('signs a person in in the dialog, and recognises them there', { todo }, async () => {
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

  it('keeps a sign-in in a pop-up to the server\'s own site: the page is not told of it later', async () => {
    assert.equal(await recognized(), false);
    await t.page.evaluate(() => window.login.update({ attributes: { uxMode: 'windoid' } }));
    const popup = await t.press();
    await t.signIn(popup, 'popup@example.com');
    await Promise.all([popup.waitForEvent('close'), popup.locator('button[value="agree"]').click()]);
    await t.hears('onComplete');
    assert.equal(await recognized(), false);
  });
});
