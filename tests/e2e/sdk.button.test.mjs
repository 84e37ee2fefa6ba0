// What the SDK draws, how it is configured, and what it says when that is wrong.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { useSdk } from './support/sdk.mjs';

describe("the SDK's button", () => {
  const t = useSdk();
  const style = (name) =>
    t.button().evaluate((e, n) => getComputedStyle(e).getPropertyValue(n), name);

  it("shows the operator's brand, and says so in order", async () => {
    await t.setUp({}, { features: { login: true } });
    assert.equal(await t.button().textContent(), 'Continue with Acme ID');
    await t.hears('onLoad');
    const names = (await t.heard()).map(([name]) => name);
    assert.deepEqual([...names].sort(), ['onLoad', 'onReady', 'sdk.onReady']);
    assert.ok(names.indexOf('onReady') < names.indexOf('onLoad'));
    assert.deepEqual(await t.said('sdk.onReady'), [{ features: ['login'] }]);
    assert.deepEqual(await t.said('onLoad'), [{ feature: 'login', userFound: false }]);
  });

  it('loads no feature before it is asked for, and a preloaded one once', async () => {
    const asked = [];
    t.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const loads = () => asked.filter((path) => path === '/sdk/login.js').length;
    await t.page.evaluate(async () => {
      window.idle = window.ShopSDK.initialize({ apiKey: 'client-1' });
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    assert.equal(loads(), 0);
    await t.page.evaluate(async () => {
      const ready = new Promise((onReady) =>
        window.ShopSDK.initialize({ apiKey: 'client-1', features: { login: true }, onReady }));
      await ready;
    });
    assert.equal(loads(), 1);
    await t.setUp();
    assert.equal(loads(), 1);
  });

  it('takes appearance from the component over the SDK over the page, and from update()', async () => {
    await t.page.evaluate(() => {
      document.documentElement.style.setProperty('--buttons-radius', '30px');
      document.documentElement.style.setProperty('--font-paragraph--size', '18px');
    });
    const variables = { '--buttons-radius': '20px', '--buttons-background': '#005500' };
    await t.setUp({ appearance: { variables: { '--buttons-radius': '3px' } } }, {
      appearance: { variables },
    });
    assert.equal(await style('border-top-left-radius'), '3px');
    assert.equal(await style('background-color'), 'rgb(0, 85, 0)');
    assert.equal(await style('font-size'), '18px', "the page's own");
    await t.page.evaluate(() => window.shop.update({ locale: 'ar', appearance: {} }));
    assert.equal(await style('border-top-left-radius'), '3px');
    assert.equal(await style('background-color'), 'rgb(43, 58, 103)');
    assert.equal(await style('direction'), 'rtl');
    assert.match(await t.button().textContent(), /Acme ID/);
    await t.page.evaluate(() => {
      const inPlace = { variables: { '--buttons-background': '#550000' } };
      window.login.update({ attributes: { buttonType: 'sign-in' }, appearance: inPlace });
      window.shop.update({ locale: 'en' });
    });
    assert.equal(await style('background-color'), 'rgb(85, 0, 0)');
    assert.equal(await style('border-top-left-radius'), '3px', 'one by one');
    assert.equal(await t.button().textContent(), 'Sign in with Acme ID');
  });

  it('never goes below what stays legible', async () => {
    const variables = {
      '--buttons-radius': '-4px', '--x-spacing-base': '2px', '--font-paragraph--size': '9px',
    };
    await t.setUp({ appearance: { variables } });
    assert.equal(await style('border-top-left-radius'), '0px');
    assert.equal(await style('padding-left'), '12px');
    assert.equal(await style('font-size'), '14px');
    assert.equal(await style('min-height'), '48px');
  });

  it("is not reached by the page's styles", async () => {
    await t.page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('button { background: red !important; display: none !important }');
      document.adoptedStyleSheets = [sheet];
    });
    await t.setUp();
    assert.equal(await style('background-color'), 'rgb(43, 58, 103)');
    assert.ok(await t.button().isVisible());
  });

  it('shows something sensible for what it does not know', async () => {
    await t.setUp({
      attributes: { buttonType: 'toString', buttonLayout: 'sideways', uxMode: 'constructor' },
    });
    assert.equal(await t.button().textContent(), 'Continue with Acme ID');
    await t.press();
  });

  it('refuses to start without an apiKey, and to make what it does not know', async () => {
    const outcome = await t.page.evaluate(async () => {
      const attempt = (options) => {
        try {
          return window.ShopSDK.initialize(options) && 'made';
        } catch (e) {
          return `${e.name}: ${e.message}`;
        }
      };
      const refused = [undefined, {}, { apiKey: '' }, { apiKey: '  ' }, { apiKey: 7 }].map(attempt);
      const shop = window.ShopSDK.initialize({ apiKey: 'a' });
      const unknown = await shop.create('toString').catch((e) => e.name);
      return { refused, unknown, byClientId: attempt({ clientId: 'client-1' }) };
    });
    assert.deepEqual(new Set(outcome.refused), new Set([
      'TypeError: ShopSDK.initialize needs apiKey, the client ID of your app',
    ]));
    assert.equal(outcome.unknown, 'TypeError');
    assert.equal(outcome.byClientId, 'made');
  });

  it('tells a malformed locale and an unknown feature, and goes on', async () => {
    await t.setUp({}, { locale: 'not a locale', features: { login: true, 'lead-capture': true } });
    assert.equal(await t.button().textContent(), 'Continue with Acme ID');
    const codes = (await t.said('sdk.onError')).map(({ code }) => code);
    assert.deepEqual(codes.sort(), ['invalid_locale', 'unsupported_feature']);
    assert.deepEqual(await t.said('sdk.onReady'), [{ features: ['login'] }]);
  });

  it('exports initialize from the module too', async () => {
    const same = await t.page.evaluate(
      async (url) => (await import(url)).initialize === window.ShopSDK.initialize,
      `${t.latchkey.origin}/sdk/loader.sdk.esm.js`,
    );
    assert.equal(same, true);
  });
});
