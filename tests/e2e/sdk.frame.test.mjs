// The SDK's dialog, against the real server: asked for, and in place of a pop-up that Chromium
// blocks.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closeBy, screenshot, until } from './support/browser.mjs';
import { sameSite, useSdk, withoutPress } from './support/sdk.mjs';

const iframe = { attributes: { uxMode: 'iframe', scope: 'openid email' } };
const dialogOf = (t) => t.page.getByRole('dialog', { name: 'Sign in with Acme ID' });
const frameOf = (t) => t.page.frameLocator('iframe[title="Sign in with Acme ID"]');

describe("the SDK's dialog", () => {
  const t = useSdk({ server: 'real' });

  async function open(config = iframe) {
    await t.setUp(config);
    await t.button().click();
    await frameOf(t).locator('#email').waitFor();
  }

  it('signs a person in without leaving the page, and gives the focus back', async () => {
    await open();
    await screenshot(t.page, 'sdk-dialog');
    await t.signIn(frameOf(t), 'framed@example.com');
    await screenshot(t.page, 'sdk-dialog-consent');
    await frameOf(t).locator('button[value="agree"]').click();
    await t.hears('onConfirmSuccess');
    const [event] = await t.said('onComplete');
    assert.equal(event.email, 'framed@example.com');
    assert.match(event.shopConsentToken, /^ey/);
    assert.equal(await dialogOf(t).count(), 0);
    assert.ok(await t.button().evaluate((e) => e.getRootNode().activeElement === e));
    const names = (await t.heard()).map(([name]) => name);
    assert.ok(names.indexOf('onComplete') < names.indexOf('onConfirmSuccess'));
  });

  it('is as tall as the page in it, and no taller than the window', async () => {
    await open();
    const heightOf = async () => (await t.page.locator('iframe').boundingBox()).height;
    await until(async () => Math.abs((await heightOf()) - 420) > 1);
    const first = await heightOf();
    const inner = await frameOf(t).locator('main').evaluate((main) =>
      Math.ceil(main.getBoundingClientRect().bottom));
    assert.ok(first >= inner, 'nothing is cut off');
    await t.page.setViewportSize({ width: 320, height: 400 });
    await until(async () => (await heightOf()) <= 324);
    const box = await dialogOf(t).boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 320 && box.height <= 400);
    await screenshot(t.page, 'sdk-dialog-small');
  });

  it('closes by its button, by Escape in it and around it, and beside it', async () => {
    const ways = [
      () => t.page.getByRole('button', { name: 'Close' }).click(),
      () => t.page.getByRole('button', { name: 'Close' }).press('Escape'),
      () => frameOf(t).locator('#email').press('Escape'),
      () => t.page.mouse.click(5, 5),
    ];
    await t.setUp(iframe);
    for (const [index, close] of ways.entries()) {
      await t.button().click();
      await frameOf(t).locator('#email').waitFor();
      await until(() => dialogOf(t).evaluate((e) => !e.hasAttribute('aria-busy')));
      await close();
      await until(async () => (await t.errors()).length === index + 1);
      assert.equal(await dialogOf(t).count(), 0);
    }
    assert.deepEqual(new Set(await t.errors()), new Set(['popup_closed']));
    assert.equal((await t.said('onRestart')).length, 3);
  });

  it('goes all the way by keyboard', async () => {
    await t.setUp(iframe);
    await t.button().focus();
    await t.page.keyboard.press('Enter');
    await frameOf(t).locator('#email').waitFor();
    await until(() => t.page.evaluate(() => document.activeElement.shadowRoot
      ?.activeElement?.tagName === 'IFRAME'));
    await t.page.keyboard.press('Tab');
    await t.page.keyboard.type('keys@example.com');
    await t.page.keyboard.press('Enter');
    await frameOf(t).locator('#code').waitFor();
    await t.page.keyboard.press('Shift+Tab');
    assert.ok(await dialogOf(t).evaluate((dialog) =>
      dialog.contains(dialog.getRootNode().activeElement)), 'the focus stays inside');
    await t.page.getByRole('button', { name: 'Close' }).focus();
    await t.page.keyboard.press('Enter');
    await t.hears('onError');
  });

  it('goes on in a window of its own where the person would rather', async () => {
    await open();
    const opened = t.context.waitForEvent('page');
    await t.page.getByRole('button', { name: 'Open in a new window' }).click();
    const popup = await opened;
    await popup.waitForURL(/\/sign-in\?/);
    assert.equal(await dialogOf(t).count(), 0);
    await t.signIn(popup, 'elsewhere@example.com');
    await closeBy(popup, () => popup.locator('button[value="agree"]').click());
    await t.hears('onConfirmSuccess');
    assert.equal((await t.said('onComplete')).length, 1);
    assert.deepEqual(await t.errors(), []);
  });

  it('shares nothing after "Not now"', async () => {
    await open();
    await frameOf(t).locator('button[value="cancel"]').click();
    await t.hears('onError');
    assert.deepEqual(await t.errors(), ['access_denied']);
  });

  it('takes along the address that the page knows', async () => {
    await t.setUp(iframe);
    await t.page.evaluate(() => window.login.start('known@example.com'));
    await until(async () => (await frameOf(t).locator('#email').inputValue()) === 'known@example.com');
  });

  it('attack 15: ignores what another frame, or the page itself, says in its name', async () => {
    await open();
    const flow = new URL(await t.page.locator('iframe').getAttribute('src')).searchParams.get('flow');
    const forged = { source: 'latchkey', flow, type: 'close_requested' };
    await t.page.evaluate((message) => window.postMessage(message, location.origin), forged);
    await t.page.evaluate((src) => {
      const other = document.createElement('iframe');
      other.id = 'other';
      other.src = src;
      document.body.append(other);
    }, `${t.latchkey.origin}/healthz`);
    const other = await (await t.page.locator('#other').elementHandle()).contentFrame();
    await other.waitForURL(/healthz/);
    await other.evaluate(([message, origin]) => window.parent.postMessage(message, origin),
      [forged, t.shop]);
    await t.page.waitForTimeout(300);
    assert.equal(await dialogOf(t).count(), 1);
    assert.deepEqual(await t.errors(), []);
  });

  it('attack 14: says frame_unavailable where the app has not registered the page', async () => {
    t.watch.forgive(/frame-ancestors|Framing|403|Refused to/);
    const elsewhere = t.partner.origin;
    assert.notEqual(elsewhere, sameSite(elsewhere));
    t.shop = elsewhere;
    await t.open();
    await t.setUp(iframe);
    await t.button().click();
    await t.hears('onError');
    assert.deepEqual(await t.errors(), ['frame_unavailable']);
    assert.deepEqual((await t.said('sdk.onError')).map(({ code }) => code), ['invalid_origin']);
    assert.equal(await dialogOf(t).count(), 0);
    t.shop = sameSite(elsewhere);
  });
});

describe('a pop-up that Chromium blocks', () => {
  const t = useSdk({ server: 'real', browser: { popups: 'blocked' } });

  it('becomes a dialog, where the sign-in goes on', async () => {
    await t.setUp({ attributes: { scope: 'openid email' } });
    await withoutPress(t, 'window.login.start()');
    await frameOf(t).locator('#email').waitFor();
    assert.equal(t.context.pages().length, 1);
    await screenshot(t.page, 'sdk-popup-blocked');
    await t.signIn(frameOf(t), 'blocked@example.com');
    await frameOf(t).locator('button[value="agree"]').click();
    await t.hears('onComplete');
    assert.deepEqual(await t.errors(), []);
  });

  it('opens after all when the person presses for it', async () => {
    await t.setUp({ attributes: { scope: 'openid email' } });
    await withoutPress(t, 'window.login.start()');
    await frameOf(t).locator('#email').waitFor();
    const opened = t.context.waitForEvent('page');
    await t.page.getByRole('button', { name: 'Open in a new window' }).click();
    const popup = await opened;
    await popup.waitForURL(/\/sign-in\?/);
    await popup.close();
    await t.hears('onError');
    assert.deepEqual(await t.errors(), ['popup_closed']);
  });

  it('opens as ever when the button is pressed', async () => {
    await t.setUp();
    const popup = await t.press();
    assert.match(popup.url(), /\/sign-in\?/);
  });
});

describe('a page whose policy lets nothing be framed', () => {
  const t = useSdk({ server: 'real', site: { framing: false }, browser: { popups: 'blocked' } });

  it('hears popup_blocked when the pop-up is blocked too', async () => {
    t.watch.forgive(/frame-src|default-src|Refused to frame|Framing/);
    await t.setUp();
    await withoutPress(t, 'window.login.start()');
    await t.hears('onError');
    assert.deepEqual(await t.errors(), ['popup_blocked']);
    assert.equal(await dialogOf(t).count(), 0);
  });
});
