// Pages that mean ill: one that opens the sign-in in another app's name, one that frames it, one
// that posts its forms, one that speaks to it.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launchBrowser, openContext } from './support/browser.mjs';
import { serve } from './support/partner.mjs';
import { createApp, newestCode, signInUrl, startServer } from './support/server.mjs';

const listening = `<!doctype html><title>A page</title><link rel="icon" href="data:,">
  <script>window.heard = []; addEventListener('message', (e) => heard.push(e.data));</script>`;

describe('hostile pages', () => {
  let browser, server, partner, evil, app;

  before(async () => {
    browser = await launchBrowser();
    server = await startServer();
    partner = await serve(() => ({ body: listening }));
    evil = await serve(() => ({ body: listening }));
    app = await createApp(server, partner.origin);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await partner?.close();
    await evil?.close();
  });

  async function openFrom(context, opener, flow) {
    const page = await context.newPage();
    await page.goto(opener);
    const url = signInUrl(server, app, { origin: partner.origin, scope: 'email', flow });
    const [popup] = await Promise.all([
      context.waitForEvent('page'),
      page.evaluate((target) => void window.open(target), url),
    ]);
    await popup.waitForLoadState();
    return { page, popup };
  }
  async function goThrough(popup, email) {
    await popup.locator('#email').fill(email);
    await popup.locator('form[action^="/sign-in/email"] button').first().click();
    await popup.locator('#code').waitFor();
    await popup.locator('#code').fill(await newestCode(server));
    await popup.locator('button[value="agree"]').click();
    await popup.getByRole('heading', { name: 'You are signed in' }).waitFor().catch(() => undefined);
  }

  it('the opener of the registered origin hears the outcome', async () => {
    const { context, watch } = await openContext(browser);
    const { page, popup } = await openFrom(context, partner.origin, 'honest');
    await goThrough(popup, 'honest@example.com');
    await page.waitForFunction(() => window.heard.length === 1);
    const [said] = await page.evaluate(() => window.heard);
    assert.equal(said.type, 'completed');
    assert.equal(said.flow, 'honest');
    assert.match(said.detail.shopConsentToken, /^ey/);
    await context.close();
    watch.assertQuiet();
  });

  it('attack 15: an opener of another origin hears nothing', async () => {
    const { context, watch } = await openContext(browser);
    watch.forgive(/Failed to execute 'postMessage'/);
    const { page, popup } = await openFrom(context, evil.origin, 'stolen');
    await goThrough(popup, 'victim@example.com');
    await page.waitForTimeout(500);
    assert.deepEqual(await page.evaluate(() => window.heard), []);
    await context.close();
    watch.assertQuiet();
  });

  it('attack 14: no page of ours shows in a frame', async () => {
    const { context, watch } = await openContext(browser);
    watch.forgive(/frame-ancestors|X-Frame-Options|Refused to (display|frame)/);
    for (const origin of [partner.origin, evil.origin]) {
      const page = await context.newPage();
      await page.goto(origin);
      for (const path of ['/account', signInUrl(server, app, { origin: partner.origin })]) {
        const url = new URL(path, server.origin).href;
        await page.evaluate((src) => {
          const frame = document.createElement('iframe');
          frame.src = src;
          document.body.append(frame);
        }, url);
      }
      await page.waitForTimeout(800);
      for (const frame of page.frames().slice(1)) {
        assert.equal(await frame.locator('input').count().catch(() => 0), 0, frame.url());
      }
    }
    await context.close();
    watch.assertQuiet();
  });

  it('attack 14: a frame shows in the registered origin\'s page alone, and tells it the outcome', async () => {
    const { context, watch } = await openContext(browser);
    watch.forgive(/frame-ancestors|Refused to (display|frame)|Framing/);
    // Cookies of a frame on another site need TLS, which loopback has not: so it is the same site.
    const shop = partner.origin.replace('127.0.0.1', 'localhost');
    const framing = await createApp(server, shop);
    const url = `${signInUrl(server, framing, { origin: shop, scope: 'email', flow: 'framed' })}&mode=iframe`;
    const frameIn = async (origin) => {
      const page = await context.newPage();
      await page.goto(origin);
      await page.evaluate((src) => {
        const frame = document.createElement('iframe');
        Object.assign(frame, { src, width: 400, height: 700 });
        document.body.append(frame);
      }, url);
      return { page, frame: page.frameLocator('iframe') };
    };
    const honest = await frameIn(shop);
    await honest.frame.locator('#email').fill('framed@example.com');
    await honest.frame.locator('form[action^="/sign-in/email"] button').first().click();
    await honest.frame.locator('#code').waitFor();
    await honest.frame.locator('#code').fill(await newestCode(server));
    await honest.frame.locator('button[value="agree"]').click();
    await honest.page.waitForFunction(() => window.heard.some(({ type }) => type === 'completed'));
    const hostile = await frameIn(evil.origin.replace('127.0.0.1', 'localhost'));
    await hostile.page.waitForTimeout(800);
    assert.equal(await hostile.frame.locator('#email').count().catch(() => 0), 0);
    await context.close();
    watch.assertQuiet();
  });

  it('attack 6: a form on another site signs nobody in and changes nothing', async () => {
    const { context, watch } = await openContext(browser);
    watch.forgive(/status of 403/);
    const { popup } = await openFrom(context, partner.origin, 'forged');
    await popup.locator('#email').fill('ada@example.com');
    await popup.locator('form[action^="/sign-in/email"] button').first().click();
    await popup.locator('#code').waitFor();
    const token = await popup.locator('input[name="token"]').first().inputValue();
    const code = await newestCode(server);
    const page = await context.newPage();
    await page.goto(evil.origin);
    const action = signInUrl(server, app, { origin: partner.origin, scope: 'email', flow: 'forged' })
      .replace('/sign-in?', '/sign-in/code?');
    // Even if it knew both secrets.
    await page.evaluate(([target, fields]) => {
      const form = document.createElement('form');
      form.method = 'post';
      form.action = target;
      for (const [name, value] of Object.entries(fields)) {
        const input = document.createElement('input');
        Object.assign(input, { name, value });
        form.append(input);
      }
      document.body.append(form);
      form.submit();
    }, [action, { token, code }]);
    await page.getByRole('heading', { name: 'This did not work' }).waitFor();
    const cookies = await context.cookies(server.origin);
    assert.ok(cookies.every(({ name }) => !name.endsWith('session')));
    await context.close();
    watch.assertQuiet();
  });

  it('attack 27: scripts see no cookie of ours, and other ports plant none that counts', async () => {
    const { context } = await openContext(browser);
    const { popup } = await openFrom(context, partner.origin, 'cookies');
    assert.equal(await popup.evaluate(() => document.cookie), '');
    const cookies = await context.cookies(server.origin);
    assert.ok(cookies.length > 0);
    for (const cookie of cookies) {
      assert.equal(cookie.httpOnly, true, cookie.name);
      assert.equal(cookie.path, '/');
    }
    await context.close();
  });
});
