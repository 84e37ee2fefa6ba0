// A browser on a partner's page with the SDK, for the specs of the SDK: what all of them begin
// with, and what they ask the page.

import { after, afterEach, before, beforeEach } from 'node:test';
import { launchBrowser, openContext, until } from './browser.mjs';
import { lyingLatchkey, partnerSite } from './partner.mjs';
import { createApp, newestCode, startServer } from './server.mjs';

/** What a completed sign-in hands over, where a test makes it up. */
export const detail = {
  email: 'ada@example.com',
  emailVerified: true,
  consentedScopes: 'email profile',
  signedIn: true,
  shopConsentToken: 'header.payload.signature',
};
export const completed = (flow) => ({ source: 'latchkey', flow, type: 'completed', detail });

/**
 * Registers the hooks of a suite; the answer has its fields from the first test on. `server`:
 * `lying` says what a test tells it to, `real` is the binary, on the page's own site, and
 * `elsewhere` is the binary with TLS, on another one. `config`: the binary's, TOML.
 */
export function useSdk({
  server = 'lying', config = '', site = {}, context = {}, browser = {},
} = {}) {
  const t = new SdkPage();
  before(async () => {
    t.browser = await launchBrowser(browser);
    const scheme = server === 'elsewhere' ? 'https' : 'http';
    t.latchkey = server === 'lying' ? await lyingLatchkey() : await startServer({ scheme, config });
    t.partner = await partnerSite(t.latchkey.origin, site);
    t.shop = server === 'real' ? sameSite(t.partner.origin) : t.partner.origin;
    if (server !== 'lying') t.app = await createApp(t.latchkey, t.shop);
  });
  after(async () => {
    await t.browser?.close();
    await (t.latchkey?.stop ?? t.latchkey?.close)?.();
    await t.partner?.close();
  });
  beforeEach(async () => {
    Object.assign(t, await openContext(t.browser, context));
    t.page = await t.context.newPage();
    await t.open();
  });
  afterEach(async () => {
    await t.context.close();
    t.watch.assertQuiet();
  });
  return t;
}

const isBlocked = "(() => { const w = window.open('about:blank'); w?.close(); return w === null; })()";

/**
 * As a script of the page that nobody pressed anything for. What Playwright evaluates counts as a
 * press until a window was opened for it, or for some seconds.
 */
export async function withoutPress(t, expression) {
  const session = await t.context.newCDPSession(t.page);
  const evaluate = async (code) => {
    const wanted = { expression: code, userGesture: false, returnByValue: true };
    return (await session.send('Runtime.evaluate', wanted)).result.value;
  };
  await until(() => evaluate(isBlocked));
  const value = await evaluate(expression);
  await session.detach();
  return value;
}

/** Cookies of a frame on another site need TLS, which loopback has not: so it is the same site. */
export const sameSite = (origin) => origin.replace('127.0.0.1', 'localhost');

class SdkPage {
  async open(path = '/') {
    await this.page.goto(this.shop + path);
    await until(() => this.page.evaluate(() => Boolean(window.ShopSDK && window.setUp)));
    // The page is served before there is an app: it learns the ID here.
    if (this.app) {
      await this.page.evaluate((id) => {
        document.documentElement.dataset.client = id;
      }, this.app.clientId);
    }
  }

  /** A fresh page whose time stands still but for `page.clock.runFor`. */
  async openFrozen() {
    await this.page.clock.install();
    await this.open();
    await this.page.clock.pauseAt(Date.now() + 3_600_000);
  }

  setUp = (config, options) =>
    this.page.evaluate(([c, o]) => window.setUp(c, o), [config, options]);
  button = () => this.page.locator('#place').getByRole('button');
  heard = () => this.page.evaluate(() => window.heard);
  async said(name) {
    return (await this.heard()).filter(([said]) => said === name).map(([, event]) => event);
  }
  errors = async () => (await this.said('onError')).map(({ code }) => code);
  hears = (name) => until(async () => (await this.said(name)).length > 0);

  /** The pop-up, on the sign-in page. */
  async press() {
    const opened = this.context.waitForEvent('page');
    await this.button().click();
    const popup = await opened;
    await popup.waitForURL(`${this.latchkey.origin}/sign-in?**`);
    return popup;
  }

  /** As the last sign-in page does it; resolves to what came back within half a second. */
  post = (from, message, target = this.shop) =>
    from.evaluate(
      ([said, origin]) =>
        new Promise((resolve) => {
          window.addEventListener('message', (e) => resolve({ origin: e.origin, data: e.data }));
          setTimeout(() => resolve(undefined), 500);
          (window.opener ?? window.parent).postMessage(said, origin);
        }),
      [message, target],
    );

  /** Through the real pages, in a pop-up, a frame or the page itself, as far as the consent. */
  async signIn(place, email) {
    await place.locator('#email').fill(email);
    await place.locator('form[action^="/sign-in/email"] button').first().click();
    await place.locator('#code').waitFor();
    await place.locator('#code').fill(await newestCode(this.latchkey));
    await place.locator('button[value="agree"]').waitFor();
  }
}

export const flowOf = (popup) => new URL(popup.url()).searchParams.get('flow');
