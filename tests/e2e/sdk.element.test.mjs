// <shop-login-button>: the login as markup, with the attributes and events that pages written for
// the older way know.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { screenshot, until } from './support/browser.mjs';
import { completed, detail, flowOf, useSdk } from './support/sdk.mjs';

const EVENTS = [
  'loaded', 'completed', 'error', 'restarted', 'popuploading', 'modalopened', 'modalclosed',
  'shopusermatched', 'shopusernotmatched',
];

describe('<shop-login-button>', () => {
  const t = useSdk();
  const button = () => t.page.locator('shop-login-button').getByRole('button');
  const told = () => t.page.evaluate(() => window.told);
  const tells = (name) => until(async () => (await told()).some(([event]) => event === name));
  async function press() {
    const opened = t.context.waitForEvent('page');
    await button().click();
    const popup = await opened;
    await popup.waitForURL(/\/sign-in\?/);
    return popup;
  }
  /** Puts one into the page and, unless it is there, loads what makes it one. */
  async function insert(attributes) {
    await t.page.evaluate(async ([given, events, url]) => {
      window.told = [];
      const element = document.createElement('shop-login-button');
      for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
      for (const name of events) {
        element.addEventListener(name, (event) => window.told.push([name, event.detail]));
      }
      document.querySelector('#place').append(element);
      await import(url);
    }, [attributes, EVENTS, `${t.latchkey.origin}/sdk/loader.shop-login-button.esm.js`]);
  }

  it('is a button that hands the answer to `completed`', async () => {
    await insert({ 'client-id': 'client-1', scope: 'openid email', locale: 'de' });
    await tells('loaded');
    assert.deepEqual(await told(), [
      ['shopusernotmatched', { apiError: false }],
      ['loaded', { userFound: false }],
    ]);
    assert.equal(await button().textContent(), 'Weiter mit Acme ID');
    const popup = await press();
    const asked = new URL(popup.url()).searchParams;
    assert.equal(asked.get('client_id'), 'client-1');
    assert.equal(asked.get('scope'), 'openid email');
    assert.equal(asked.get('locale'), 'de');
    await t.post(popup, completed(flowOf(popup)));
    await tells('completed');
    const heard = (await told()).slice(2);
    assert.deepEqual(heard, [
      ['popuploading', null],
      ['completed', { ...detail, loggedIn: true }],
    ]);
    const { violations } = await new AxeBuilder({ page: t.page }).analyze();
    assert.deepEqual(violations.map(({ id }) => id), []);
  });

  it('goes to the authorization endpoint for a code, as its attributes say', async () => {
    const attributes = {
      'client-id': 'client-1',
      'ux-mode': 'redirect',
      'response-type': 'code',
      scope: 'openid email',
      'redirect-uri': `${t.shop}/callback`,
      state: 'a state & more',
      'code-challenge-method': 'S256',
      'code-challenge': 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      'analytics-context': 'loginWithShopSelfServe',
    };
    await insert(attributes);
    await tells('loaded');
    await button().click();
    await t.page.waitForURL(`${t.latchkey.origin}/oauth/authorize?**`);
    assert.deepEqual(Object.fromEntries(new URL(t.page.url()).searchParams), {
      client_id: 'client-1',
      redirect_uri: `${t.shop}/callback`,
      response_type: 'code',
      scope: 'openid email',
      state: 'a state & more',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
      analytics_context: 'loginWithShopSelfServe',
    });
  });

  it('opens and closes a dialog with ux-mode="iframe"', async () => {
    await insert({ 'client-id': 'client-1', 'ux-mode': 'iframe' });
    await tells('loaded');
    await button().click();
    await tells('modalopened');
    await t.page.getByRole('button', { name: 'Close' }).click();
    await tells('error');
    assert.deepEqual((await told()).slice(2), [
      ['modalopened', null],
      ['modalclosed', null],
      ['error', { code: 'popup_closed', message: 'The sign-in was closed half-way.' }],
    ]);
    await button().click();
    await tells('restarted');
  });

  it('says so when it has no client-id', async () => {
    await insert({});
    await tells('error');
    const message = 'shop-login-button needs client-id, the client ID of your app.';
    assert.deepEqual(await told(), [['error', { code: 'invalid_client', message }]]);
  });

  it('is as wide as its text, or as its place with full-width', async () => {
    const width = async () => (await button().boundingBox()).width;
    await insert({ 'client-id': 'client-1' });
    await tells('loaded');
    assert.ok((await width()) < 400);
    await screenshot(t.page, 'sdk-element');
    await t.page.evaluate(() => document.querySelector('#place').replaceChildren());
    await insert({ 'client-id': 'client-1', 'full-width': '' });
    await tells('loaded');
    assert.ok((await width()) > 900);
  });

  it('follows its attributes, moves with its parent, and goes with itself', async () => {
    await insert({ 'client-id': 'client-1' });
    await tells('loaded');
    await t.page.evaluate(() => {
      const element = document.querySelector('shop-login-button');
      element.setAttribute('locale', 'fr');
      element.setAttribute('button-type', 'sign-in');
    });
    await until(async () => (await button().textContent()) === 'Se connecter avec Acme ID');
    await t.page.evaluate(() =>
      document.querySelector('main').prepend(document.querySelector('shop-login-button')));
    await until(async () => (await button().count()) === 1);
    const popup = await press();
    await Promise.all([
      popup.waitForEvent('close'),
      t.page.evaluate(() => document.querySelector('shop-login-button').remove()),
    ]);
    assert.equal((await told()).filter(([name]) => name === 'error').length, 0);
  });

  it('may be loaded twice', async () => {
    const again = `${t.latchkey.origin}/sdk/loader.shop-login-button.esm.js?again`;
    await insert({ 'client-id': 'client-1' });
    await t.page.evaluate((url) => import(url), again);
    await tells('loaded');
    assert.equal(await button().count(), 1);
  });
});
