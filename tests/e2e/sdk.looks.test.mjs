// Every look of what the SDK draws: legible to axe and to the eye (screenshots), in both schemes,
// from right to left, on narrow pages.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { screenshot, until } from './support/browser.mjs';
import { partnerPage } from './support/partner.mjs';
import { useSdk } from './support/sdk.mjs';

const gallery = partnerPage('LATCHKEY', 'client-1', '<div id="place"></div>');
const colors = { background: '#c2410c', text: '#ffffff' };
const darkColors = { background: '#fdba74', text: '#000000' };
const logo = { src: '/brand/logo', width: 32, height: 32 };

/** Each is one login, under a caption. */
const looks = [
  ['continue', {}],
  ['sign-in', { attributes: { buttonType: 'sign-in' } }],
  ['sign-up', { attributes: { buttonType: 'sign-up' } }],
  ['or', { attributes: { buttonLayout: 'or' } }],
  ['square', { appearance: { variables: { '--buttons-radius': '0px' } } }],
  ['pill', { appearance: { variables: { '--buttons-radius': '999px', '--x-spacing-base': '24px' } } }],
  ['its own colours', { appearance: { variables: {
    '--buttons-background': '#ffffff', '--buttons-color': '#1a1a20', '--buttons-border': '#8a8a96',
  } } }],
  ['large', { appearance: { variables: {
    '--font-paragraph--size': '20px', '--font-paragraph--line-height': '28px',
    '--shop-pay-button-height': '60px',
  } } }],
  ['small and narrow', { appearance: { variables: {
    '--font-paragraph--size': '14px', '--shop-pay-button-width': '220px',
  } } }],
];

describe('the looks of the SDK', () => {
  const t = useSdk({ site: { more: { '/gallery': gallery } } });

  async function show(brand, locale, scheme, width = 380) {
    for (const key of Object.keys(t.latchkey.brand)) delete t.latchkey.brand[key];
    Object.assign(t.latchkey.brand, brand);
    await t.page.setViewportSize({ width: 800, height: 700 });
    await t.page.emulateMedia({ colorScheme: scheme });
    await t.open('/gallery');
    await t.page.evaluate(async ([all, language, wide]) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`:root { color-scheme: light dark; font: 15px system-ui, sans-serif }
        body { margin: 24px; background: light-dark(#fff, #131318); color: light-dark(#222, #eee) }
        #place { display: grid; gap: 10px; width: min(100%, ${wide}px) } p { margin: 8px 0 0 }`);
      document.adoptedStyleSheets = [sheet];
      document.documentElement.lang = language;
      const shop = window.ShopSDK.initialize({ apiKey: 'client-1', locale: language });
      const place = document.querySelector('#place');
      for (const [name, config] of all) {
        const caption = document.createElement('p');
        caption.textContent = name;
        place.append(caption, (await shop.create('login', config)).element);
      }
    }, [looks, locale, width]);
    await until(async () => (await t.page.locator('#place').getByRole('button').count()) === looks.length);
  }
  async function assertAccessible(what) {
    const { violations } = await new AxeBuilder({ page: t.page }).analyze();
    assert.deepEqual(violations.map(({ id, nodes }) => [id, ...nodes.map((n) => String(n.target))]), [], what);
  }

  const brands = {
    plain: { name: 'Acme ID' },
    branded: {
      name: 'Acme ID', light: { ...colors, logo }, dark: { ...darkColors, logo },
    },
  };
  for (const [name, brand] of Object.entries(brands)) {
    for (const scheme of ['light', 'dark']) {
      it(`${name}, ${scheme}`, async () => {
        await show(brand, 'en', scheme);
        await assertAccessible(`${name} ${scheme}`);
        await screenshot(t.page, `sdk-looks-${name}-${scheme}`);
      });
    }
  }

  it('from right to left, and in every language', async () => {
    await show(brands.branded, 'ar', 'light');
    await assertAccessible('ar');
    await screenshot(t.page, 'sdk-looks-arabic');
    for (const locale of ['es', 'fr', 'de', 'ja']) {
      await show(brands.plain, locale, 'light');
      await screenshot(t.page, `sdk-looks-${locale}`);
    }
  });

  it('with a long name in a narrow place', async () => {
    await show({ ...brands.branded, name: 'The Long-Established Northern Provident Society of Acme' },
      'de', 'light', 260);
    await t.page.setViewportSize({ width: 320, height: 700 });
    const wider = await t.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wider, false, 'the page does not scroll sideways');
    await screenshot(t.page, 'sdk-looks-long');
  });

  it('takes the brand\'s colours, and the page\'s over them', async () => {
    await show(brands.branded, 'en', 'light');
    const backgroundOf = (index) => t.page.locator('#place').getByRole('button').nth(index)
      .evaluate((e) => getComputedStyle(e).backgroundColor);
    assert.equal(await backgroundOf(0), 'rgb(194, 65, 12)');
    assert.equal(await backgroundOf(6), 'rgb(255, 255, 255)');
    await t.page.evaluate(() => document.documentElement.style.setProperty('color-scheme', 'dark'));
    assert.equal(await backgroundOf(0), 'rgb(253, 186, 116)', "the page's scheme decides");
  });

  it('shows where the keyboard is, and what is under the pointer', async () => {
    await show(brands.branded, 'en', 'light');
    const first = t.page.locator('#place').getByRole('button').first();
    await t.page.keyboard.press('Tab');
    assert.ok(await first.evaluate((e) => e.matches(':focus-visible')));
    await t.page.locator('#place').getByRole('button').nth(1).hover();
    await screenshot(t.page, 'sdk-looks-focus');
    await t.page.emulateMedia({ forcedColors: 'active' });
    await screenshot(t.page, 'sdk-looks-forced-colours');
  });

  it('does without a logo that the page does not let in', async () => {
    await t.context.route('**/brand/logo', (route) => route.abort());
    t.watch.forgive(/ERR_FAILED/);
    await show(brands.branded, 'en', 'light');
    await until(async () => (await t.page.locator('#place img').count()) === 0);
  });

  for (const scheme of ['light', 'dark']) {
    it(`the dialog, ${scheme}`, async () => {
      await show(brands.branded, 'ar', scheme);
      await t.context.route('**/sign-in?*', () => {}); // never: the dialog's own face
      await t.page.evaluate(async () => {
        const shop = window.ShopSDK.initialize({ apiKey: 'client-1', locale: 'ar' });
        window.login = await shop.create('login', { attributes: { uxMode: 'iframe' } });
        window.login.start();
      });
      await t.page.getByRole('dialog').waitFor();
      await assertAccessible('dialog');
      await screenshot(t.page, `sdk-dialog-arabic-${scheme}`);
    });
  }
});
