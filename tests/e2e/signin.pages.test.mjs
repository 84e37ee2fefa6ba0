// Every page and state of signing in, at every width, theme and direction that people have: looked
// at by axe, measured, and kept as a screenshot for people to judge.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertStill, launchBrowser, openContext, watchShifts } from './support/browser.mjs';
import { look } from './support/look.mjs';
import { serve } from './support/partner.mjs';
import {
  createApp, newestCode, newestLink, PlainBrowser, signInUrl, startServer,
} from './support/server.mjs';

const FIRST_PAGE_BYTES = 60 * 1024;

const looks = [
  { name: 'desktop-light', width: 1100, colorScheme: 'light', locale: 'en' },
  { name: 'phone-dark', width: 320, colorScheme: 'dark', locale: 'de' },
  { name: 'phone-rtl', width: 320, colorScheme: 'light', locale: 'ar' },
  { name: 'desktop-rtl-dark', width: 900, colorScheme: 'dark', locale: 'ar' },
  { name: 'tablet', width: 768, colorScheme: 'light', locale: 'fr' },
  { name: 'phone-ja-dark', width: 320, colorScheme: 'dark', locale: 'ja' },
  { name: 'phone-es', width: 360, colorScheme: 'light', locale: 'es' },
];

describe('the sign-in pages', () => {
  let browser, server, partner, app;

  before(async () => {
    browser = await launchBrowser();
    server = await startServer();
    partner = await serve(() => ({ body: '<!doctype html><title>Shop</title>' }));
    app = await createApp(server, partner.origin);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await partner?.close();
  });

  const send = (page, action) => page.locator(`form[action^="${action}"] button`).first().click();
  const press = (page, value) => page.locator(`button[value="${value}"]`).click();
  async function enterCode(page, code) {
    await page.locator('#code').fill(code);
    await page.waitForLoadState();
  }

  for (const { name, width, colorScheme, locale } of looks) {
    it(`hold for a newcomer: ${name}`, async () => {
      const { context, watch } = await openContext(browser, {
        viewport: { width, height: 800 }, colorScheme, locale,
      });
      await watchShifts(context);
      const page = await context.newPage();
      const email = `${name}@example.com`;
      const shoot = (state) => look(page, `signin-${name}-${state}`);
      await page.goto(signInUrl(server, app, { origin: partner.origin, locale, flow: name }));
      await shoot('1-email');
      await page.locator('#email').fill('ada@');
      await send(page, '/sign-in/email');
      await page.locator('#problem').waitFor();
      await shoot('2-email-problem');
      await page.locator('#email').fill(email);
      await send(page, '/sign-in/email');
      await page.locator('#code').waitFor();
      await shoot('3-code');
      const code = await newestCode(server);
      await enterCode(page, code === '000000' ? '000001' : '000000');
      await page.locator('#problem').waitFor();
      await shoot('4-code-wrong');
      await press(page, 'resend');
      await page.locator('.info').waitFor();
      await shoot('5-code-again');
      const link = new URL(await newestLink(server));
      await page.goto(link.href);
      await shoot('6-link');
      assert.equal(await page.locator('#code').inputValue(), link.hash.slice('#code='.length));
      assert.equal(new URL(page.url()).hash, '', 'the code leaves the address bar');
      await send(page, '/sign-in/code');
      await page.locator('[data-moved]').waitFor();
      await shoot('7-link-done');
      const stranger = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      await watchShifts(stranger);
      const elsewhere = await stranger.newPage();
      await elsewhere.goto(link.href);
      await look(elsewhere, `signin-${name}-8-link-elsewhere`);
      await stranger.close();

      await page.goto(signInUrl(server, app, { origin: partner.origin, locale, flow: name }));
      await shoot('9-name');
      await page.locator('#given_name').fill('Ada');
      await page.locator('#family_name').fill('Lovelace');
      await press(page, 'save');
      await page.locator('.choices').waitFor();
      await shoot('10-consent');
      await page.locator('#grant_phone').uncheck();
      await press(page, 'agree');
      await page.locator('h1').waitFor();
      await shoot('11-done');
      await page.goto(`${server.origin}/account`);
      await shoot('12-account');
      await page.goto(`${server.origin}/account/delete`);
      await shoot('13-delete');
      await page.goto(signInUrl(server, app, { origin: partner.origin, locale, flow: 'other' }));
      await press(page, 'cancel');
      await page.locator('h1').waitFor();
      await shoot('14-not-now');
      watch.forgive(/status of 40\d/);
      await page.goto(`${server.origin}/sign-in?client_id=nobody&locale=${locale}`);
      await shoot('15-error');
      await page.goto(signInUrl(server, app, { origin: 'https://evil.test', locale }));
      await shoot('16-wrong-origin');
      await context.close();
      watch.assertQuiet();
    });
  }

  it('first page: at most 60 KB over the wire, and nothing on it moves', async () => {
    const { context } = await openContext(browser);
    const page = await context.newPage();
    let bytes = 0;
    const client = await context.newCDPSession(page);
    await client.send('Network.enable');
    client.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
    await watchShifts(context);
    await page.goto(signInUrl(server, app, { origin: partner.origin }));
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(300);
    assert.ok(bytes > 1000 && bytes <= FIRST_PAGE_BYTES, `${bytes} bytes`);
    await assertStill(page, 'the first page');
    console.log(`first page: ${bytes} bytes over the wire`);
    await context.close();
  });

  it('work without JavaScript, from the address to "you are signed in" and the account', async () => {
    const { context, watch } = await openContext(browser, { javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(signInUrl(server, app, { origin: partner.origin, scope: 'email phone', flow: 'nojs' }));
    assert.equal(await page.locator('form#passkey').isVisible(), false);
    await page.locator('#email').fill('nojs@example.com');
    await send(page, '/sign-in/email');
    await page.locator('#code').waitFor();
    await page.locator('#code').fill(await newestCode(server));
    await send(page, '/sign-in/code');
    await press(page, 'agree');
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
    await page.goto(`${server.origin}/account`);
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    await page.locator('#given_name').fill('No Script');
    await send(page, '/account/details');
    await page.getByText('Saved.').waitFor();
    await context.close();
    watch.assertQuiet();
  });

  it('the front page shows developers where everything is, and leads people to their account', async () => {
    const { context, watch } = await openContext(browser);
    await watchShifts(context);
    const page = await context.newPage();
    await page.goto(server.origin);
    await look(page, 'front-development');
    const links = await page.locator('.places a').evaluateAll((all) => all.map((a) => a.href));
    assert.ok(links.length >= 6);
    for (const link of links) assert.equal((await fetch(link)).status, 200, link);
    await context.close();
    watch.assertQuiet();

    const production = await startServer({ dev: false });
    const visitor = new PlainBrowser(production.origin);
    const shown = await visitor.get('/');
    assert.equal(shown.status, 200);
    assert.match(shown.body, /Sign in to your <bdi>Acme ID<\/bdi> account/);
    assert.equal((await visitor.get('/dev/mailbox')).status, 404);
    await production.stop();
  });

  it('work by keyboard alone', async () => {
    const { context, watch } = await openContext(browser);
    const page = await context.newPage();
    await page.goto(signInUrl(server, app, { origin: partner.origin, scope: 'email phone', flow: 'keys' }));
    await page.locator('#email:focus').waitFor();
    await page.keyboard.type('keys@example.com');
    await page.keyboard.press('Enter');
    // A page that is there is not painted yet, and a field has the focus when it is.
    await page.locator('#code:focus').waitFor();
    await page.keyboard.type(await newestCode(server));
    await page.locator('.choices').waitFor();
    const agree = page.locator('button[value="agree"]');
    for (let i = 0; i < 10 && !(await agree.evaluate((e) => e === document.activeElement)); i += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
    await context.close();
    watch.assertQuiet();
  });

  it('the window that waits goes on when the link is used in another', async () => {
    const { context, watch } = await openContext(browser);
    const waiting = await context.newPage();
    await waiting.goto(signInUrl(server, app, { origin: partner.origin, scope: 'email', flow: 'two' }));
    await waiting.locator('#email').fill('link@example.com');
    await send(waiting, '/sign-in/email');
    await waiting.locator('#code').waitFor();
    const linked = await context.newPage();
    await linked.goto(await newestLink(server));
    await send(linked, '/sign-in/code');
    await linked.locator('[data-moved]').waitFor();
    await waiting.locator('.choices').waitFor();
    await context.close();
    watch.assertQuiet();
  });
});
