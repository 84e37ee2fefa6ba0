// The seeds' guide in a real browser: from a sign-in on a shop's page to the person's data there,
// and what must not happen on the way. Server and shop are the release binaries.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { closeBy, launchBrowser, openContext, screenshot, until } from './support/browser.mjs';
import { serve } from './support/partner.mjs';
import { Person } from './support/person.mjs';
import { startLatchkey } from './support/processes.mjs';

const LOOKS = [
  { name: 'desktop-light', colorScheme: 'light', viewport: { width: 1180, height: 820 } },
  { name: 'desktop-dark', colorScheme: 'dark', viewport: { width: 1180, height: 820 } },
  { name: 'phone-light', colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { name: 'phone-dark', colorScheme: 'dark', viewport: { width: 320, height: 640 } },
];

describe('the guide', () => {
  let browser, stack, context, watch;
  let people = 0;

  before(async () => {
    browser = await launchBrowser();
    stack = await startLatchkey();
  });
  after(async () => {
    await browser?.close();
    await stack?.stop();
  });
  beforeEach(async () => {
    ({ context, watch } = await openContext(browser));
  });
  afterEach(async () => {
    await assertNoTokens(context, watch, stack);
    await context.close();
    watch.assertQuiet();
  });

  /** A person whom Latchkey knows by name. */
  async function ada(where = context) {
    people += 1;
    const email = `ada${people}@example.com`;
    const { userId } = await stack.cli('user', 'create', '--email', email, '--email-verified',
      '--given-name', 'Ada', '--family-name', 'Lovelace');
    const person = new Person({ stack, context: where, email });
    person.userId = userId;
    return person;
  }
  const text = (person, field) => person.page.locator(`[data-field="${field}"]`).textContent();
  async function shopRequests() {
    const received = await watch.received(stack.shop);
    return received.map(({ url }) => new URL(url).pathname);
  }

  it('takes a person from the button to a greeting, and serves each button', async () => {
    const person = await ada();
    const page = await person.openShop();
    assert.equal(await person.button().textContent(), 'Continue with Latchkey');
    const popup = await person.pressSignIn();
    assert.equal(new URL(popup.url()).origin, stack.server);
    await person.giveEmail();
    await person.giveCode(await person.readCode());

    const consent = popup.getByRole('main');
    await popup.getByRole('heading', { name: 'Share your details with Fern & Fable?' }).waitFor();
    const asked = await consent.textContent();
    assert.match(asked, new RegExp(new URL(stack.shop).host), 'who asks');
    for (const scope of ['Your e-mail address', 'Your name', 'Your phone number']) {
      assert.ok(asked.includes(scope), scope);
    }
    assert.match(asked, /until you withdraw it/);
    await person.agree();

    assert.equal(await page.locator('#greeting').textContent(), 'Welcome, Ada.');
    assert.equal(await text(person, 'name'), 'Ada Lovelace');
    assert.equal(await text(person, 'email'), person.email);
    assert.ok(await page.locator('[data-field="verified"]').isVisible());
    assert.match(await text(person, 'scope'), /email.*profile|profile.*email/);
    assert.equal(await text(person, 'tier'), 'Seedling');
    assert.match(await text(person, 'since'), /^\d{1,2} \w+ 20\d\d$/);

    await page.locator('#refresh').click();
    await person.noticeSays(/token was refreshed.* 60 minutes/);
    await page.locator('#reread').click();
    await person.noticeSays(/Read again/);
    assert.equal(await page.locator('#greeting').textContent(), 'Welcome, Ada.');

    await page.reload();
    await page.locator('#greeting').waitFor();
    assert.equal(await page.locator('#greeting').textContent(), 'Welcome, Ada.');

    await page.locator('#sign-out').click();
    await person.noticeSays(/signed out/);
    assert.equal(await person.isSignedIn(), false);
    assert.equal(await text(person, 'email'), '', 'nothing of the person stays on the page');
    await page.reload();
    await person.button().waitFor();
    assert.equal(await person.isSignedIn(), false);
  });

  it('lets a person who is known go straight on, and finds their card again', async () => {
    const person = await ada();
    await person.openShop();
    await person.signIn();
    const since = await text(person, 'since');
    await person.page.locator('#sign-out').click();
    await person.noticeSays(/signed out/);
    const [popup] = await Promise.all([
      context.waitForEvent('page'),
      person.button().click(),
    ]);
    if (!popup.isClosed()) await popup.waitForEvent('close');
    await person.page.locator('#greeting').waitFor();
    assert.equal(await text(person, 'since'), since);
  });

  it('says that access was withdrawn, and signs in again', async () => {
    const person = await ada();
    const page = await person.openShop();
    await person.signIn();
    const { clientId } = stack.app;
    for (const button of ['#refresh', '#reread']) {
      const revoked = await stack.cli('connection', 'revoke', '--client-id', clientId,
        '--user-id', person.userId);
      assert.equal(revoked.revoked, true);
      await page.locator(button).click();
      await person.noticeSays(/Access was withdrawn/);
      assert.equal(await person.isSignedIn(), false);
      await screenshot(page, `storefront-withdrawn${button.replace('#', '-')}`);
      await person.button().waitFor();
      await person.pressSignIn();
      await person.popup.getByRole('heading', { name: /^Share your details/ }).waitFor();
      await person.agree();
    }
    assert.equal(await page.locator('#greeting').textContent(), 'Welcome, Ada.');
  });

  it('recovers from a pop-up that is closed half-way, at each step', async () => {
    const person = await ada();
    await person.openShop();
    const steps = [
      () => person.pressSignIn(),
      async () => { await person.pressSignIn(); await person.giveEmail(); },
      () => person.goToConsent(),
    ];
    for (const walk of steps) {
      await walk();
      await person.popup.close();
      await person.noticeSays(/closed before the end/);
      assert.equal(await person.button().getAttribute('aria-busy'), 'false');
    }
    await screenshot(person.page, 'storefront-popup-closed');
    await person.pressSignIn();
    await person.popup.getByRole('heading', { name: /^Share your details/ }).waitFor();
    await person.agree();
  });

  it('shares nothing after "Not now"', async () => {
    const person = await ada();
    await person.openShop();
    await person.goToConsent();
    await closeBy(person.popup, () => person.popup.getByRole('button', { name: 'Not now' }).click());
    await person.noticeSays(/nothing was shared/);
    assert.ok(!(await shopRequests()).includes('/session/refresh'));
    const rows = await stack.cli('connection', 'list', '--user-id', person.userId);
    assert.deepEqual(rows, []);
  });

  it('shares only what the person left ticked', async () => {
    const person = await ada();
    const page = await person.openShop();
    await person.goToConsent();
    await person.popup.getByRole('checkbox', { name: /name/ }).first().uncheck();
    await person.agree();
    assert.equal(await page.locator('#greeting').textContent(), 'Welcome.');
    assert.equal(await text(person, 'name'), 'not shared');
    assert.equal(await text(person, 'email'), person.email);
    await screenshot(page, 'storefront-partial-consent');
  });

  it('refuses a wrong code and one that a newer code replaced', async () => {
    const person = await ada();
    await person.openShop();
    const popup = await person.pressSignIn();
    await person.giveEmail();
    const first = await person.readCode();
    const wrong = first === '000000' ? '000001' : '000000';
    await person.giveCode(wrong);
    await popup.getByText('This is not the code we sent').waitFor();
    await screenshot(popup, 'signin-wrong-code');
    await popup.getByRole('button', { name: 'Send a new code' }).click();
    await popup.getByText('A new code is on its way').waitFor();
    const second = await person.readCode();
    if (first !== second) {
      await person.giveCode(first);
      await popup.getByText('This is not the code we sent').waitFor();
    }
    await person.giveCode(second);
    await popup.getByRole('heading', { name: /^Share your details/ }).waitFor();
    await person.agree();
  });

  it('ignores messages that another window or origin forges', async () => {
    const evil = await serve(() => ({
      body: '<!doctype html><title>Evil</title><link rel="icon" href="data:,">',
    }));
    try {
      const person = await ada();
      const page = await person.openShop();
      const popup = await person.pressSignIn();
      const flow = new URL(popup.url()).searchParams.get('flow');
      const message = {
        source: 'latchkey', flow, type: 'completed',
        detail: {
          email: 'mallory@example.com', emailVerified: true, consentedScopes: 'email',
          signedIn: true, shopConsentToken: 'eyJhbGciOiJub25lIn0.e30.x',
        },
      };
      // From the page itself, from a window of another origin that knows even the flow, and from a
      // window of Latchkey's own origin that is not the pop-up.
      await page.evaluate((said) => window.postMessage(said, window.location.origin), message);
      for (const url of [evil.origin, `${stack.server}/dev/mailbox`]) {
        const [forger] = await Promise.all([
          context.waitForEvent('page'),
          page.evaluate((to) => void window.open(to), url),
        ]);
        await forger.waitForLoadState();
        await forger.evaluate(([said, to]) => window.opener.postMessage(said, to),
          [message, stack.shop]);
        await forger.close();
      }
      await page.waitForTimeout(300);
      assert.equal(await person.isSignedIn(), false);
      assert.deepEqual((await shopRequests()).filter((path) => path === '/session'), ['/session'],
        'only the page\'s own first look');
      // The real one still counts.
      await person.giveEmail();
      await person.giveCode(await person.readCode());
      await popup.getByRole('heading', { name: /^Share your details/ }).waitFor();
      await person.agree();
      assert.equal(await text(person, 'email'), person.email);
    } finally {
      await evil.close();
    }
  });

  it('lets no other site press the shop\'s buttons', async () => {
    const person = await ada();
    await person.openShop();
    await person.signIn();
    for (const path of ['/session', '/session/refresh', '/session/reread', '/session/end']) {
      const answer = await context.request.post(`${stack.shop}${path}`, {
        headers: { Origin: 'http://evil.example' },
      });
      assert.equal(answer.status(), 403, path);
    }
    await person.page.reload();
    await person.page.locator('#greeting').waitFor();
  });

  it('tells the person when the sign-in service does not answer', async () => {
    watch.forgive(/ERR_FAILED/);
    await context.route(`${stack.server}/**`, (route) => route.abort());
    const page = await context.newPage();
    await page.goto(stack.shop);
    await page.getByText('The sign-in service does not answer').waitFor();
    await screenshot(page, 'storefront-latchkey-away');
    await context.unroute(`${stack.server}/**`);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: /Continue with/ }).waitFor();
  });

  it('sends a visitor to the one name that Latchkey knows the shop by', async () => {
    const page = await context.newPage();
    await page.goto(stack.shop.replace('127.0.0.1', 'localhost'));
    assert.equal(page.url(), `${stack.shop}/`);
    await page.getByRole('button', { name: /Continue with/ }).waitFor();
  });

  for (const { name, ...options } of LOOKS) {
    it(`looks right: ${name}`, async () => {
      await context.close();
      ({ context, watch } = await openContext(browser, options));
      const person = await ada();
      const page = await person.openShop();
      const shoot = async (target, state) => {
        await assertFits(target);
        await screenshot(target, `${state}-${name}`);
      };
      await shoot(page, 'storefront-1-welcome');
      const popup = await person.pressSignIn();
      await popup.setViewportSize({ width: Math.min(480, options.viewport.width), height: 720 });
      await shoot(popup, 'signin-2-email');
      await person.giveEmail();
      await shoot(popup, 'signin-3-code');
      const mailbox = await context.newPage();
      await mailbox.goto(`${stack.server}/dev/mailbox`);
      // It reloads itself every few seconds, which a picture of the whole page may not outlive.
      await mailbox.evaluate(() => window.stop());
      await shoot(mailbox, 'signin-4-mailbox');
      await mailbox.close();
      await person.giveCode(await person.readCode());
      await popup.getByRole('heading', { name: /^Share your details/ }).waitFor();
      await shoot(popup, 'signin-5-consent');
      await person.agree();
      await person.noticeSays(/signed in/);
      await shoot(page, 'storefront-6-account');
    });
  }
});

/** The page scrolls down, never sideways. */
async function assertFits(page) {
  const [wide, room] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(wide <= room, `${page.url()} is ${wide} px wide in a window of ${room}`);
}

/** Nothing that the shop sent, and nothing that the browser keeps of it, holds a token. */
async function assertNoTokens(context, watch, stack) {
  const secret = /lk_(at|rt|cs|mk)_|eyJ[A-Za-z0-9_-]+\./;
  for (const { url, headers, body } of await watch.received(stack.shop)) {
    assert.doesNotMatch(url, secret);
    assert.doesNotMatch(JSON.stringify(headers), secret, url);
    assert.doesNotMatch(body, secret, url);
  }
  for (const page of context.pages().filter((one) => one.url().startsWith(stack.shop))) {
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]));
    assert.equal(kept, JSON.stringify([{}, {}, '', `${stack.shop}/`]));
  }
  for (const cookie of await context.cookies(stack.shop)) {
    if (cookie.name !== 'fern_session') continue;
    assert.ok(cookie.httpOnly);
    assert.equal(cookie.sameSite, 'Strict');
    assert.match(cookie.value, /^[A-Za-z0-9_-]{43}$/);
  }
}
