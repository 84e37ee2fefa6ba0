// The operator's brand as people see it: colours and logos by scheme, apps' logos, and what stops
// the start because people could not read it.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import {
  assertStill, launchBrowser, openContext, screenshot, watchShifts,
} from './support/browser.mjs';
import { serve } from './support/partner.mjs';
import { latchkey } from './support/processes.mjs';
import { createApp, newestCode, signInUrl, startServer } from './support/server.mjs';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const wordmark = (color) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 28">
  <circle cx="14" cy="14" r="11" fill="none" stroke="${color}" stroke-width="5"/>
  <path d="M36 22V6h4l7 10V6h4v16h-4l-7-10v10z" fill="${color}"/>
  <rect x="60" y="6" width="56" height="16" rx="8" fill="${color}"/></svg>`;

/** A square PNG of one colour. */
function png(side, [red, green, blue]) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2], 8);
  const row = Buffer.from([0, ...Array.from({ length: side }, () => [red, green, blue]).flat()]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

describe('the brand', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-brand-'));
  const file = (name, contents) => {
    writeFileSync(join(folder, name), contents);
    return join(folder, name);
  };
  let browser, server, partner, app;

  before(async () => {
    browser = await launchBrowser();
    server = await startServer({
      config: `[brand]
color = "#ffcc00"
dark_color = "#8ab4ff"
logo = "${file('logo.svg', wordmark('#17171c'))}"
dark_logo = "${file('dark.svg', wordmark('#f2f2f5'))}"
`,
    });
    partner = await serve(() => ({ body: '<!doctype html><title>Shop</title>' }));
    app = await createApp(server, partner.origin);
    await server.cli('app', 'update', '--client-id', app.clientId, '--logo',
      file('app.png', png(64, [11, 110, 79])));
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await partner?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [colorScheme, button, text, width] of [
    ['light', 'rgb(255, 204, 0)', 'rgb(0, 0, 0)', 320],
    ['dark', 'rgb(138, 180, 255)', 'rgb(0, 0, 0)', 1100],
  ]) {
    it(`is on every page, and each stays legible and still: ${colorScheme}`, async () => {
      const { context, watch } = await openContext(browser, {
        colorScheme, viewport: { width, height: 800 },
      });
      await watchShifts(context);
      const page = await context.newPage();
      async function look(state) {
        await page.waitForLoadState('networkidle');
        await assertStill(page, state);
        await screenshot(page, `brand-${colorScheme}-${state}`);
        const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
        assert.deepEqual(violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => `${target}`)]), []);
      }
      const colorsOf = (locator) => locator.evaluate((element) => {
        const { backgroundColor, color } = getComputedStyle(element);
        return [backgroundColor, color];
      });
      await page.goto(signInUrl(server, app, { origin: partner.origin, flow: colorScheme }));
      assert.deepEqual(await colorsOf(page.locator('form#by_email button')), [button, text]);
      const logo = page.getByRole('img', { name: 'Acme ID' });
      const config = await (await fetch(`${server.origin}/sdk/config.json`)).json();
      assert.ok((await logo.evaluate((img) => img.currentSrc)).endsWith(config.brand[colorScheme].logo.src));
      assert.ok(await logo.evaluate((img) => img.complete && img.naturalWidth > 0));
      await look('1-email');
      await page.locator('#email').fill(`${colorScheme}@example.com`);
      await page.locator('form#by_email button').first().click();
      await page.locator('#code').waitFor();
      await look('2-code');
      await page.locator('#code').fill(await newestCode(server));
      await page.locator('button[value="skip"]').click();
      await page.locator('.choices').waitFor();
      assert.ok(await page.locator('.app-logo').evaluate((img) => img.complete && img.naturalWidth === 64));
      await look('3-consent');
      await page.locator('button[value="agree"]').click();
      await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
      await page.goto(`${server.origin}/account`);
      await look('4-account');
      await context.close();
      watch.assertQuiet();
    });
  }

  it('attack 29: a logo that is opened by itself is a document that may do nothing', async () => {
    const { context } = await openContext(browser);
    const page = await context.newPage();
    const { brand } = await (await fetch(`${server.origin}/sdk/config.json`)).json();
    const answer = await page.goto(server.origin + brand.light.logo.src);
    assert.match(answer.headers()['content-security-policy'], /^default-src 'none'; .*sandbox$/);
    assert.equal(answer.headers()['x-content-type-options'], 'nosniff');
    assert.equal(await page.evaluate(() => self.origin), 'null', 'in an origin of its own');
    await context.close();
  });

  for (const [what, brand, says] of [
    ['colours that cannot be read', 'color = "#777777"\ntext_color = "#ffffff"', /brand\.text_color.*4\.48:1/],
    ['a logo that is no image', 'logo = "FILE"', /brand\.logo.*PNG, JPEG, WebP or SVG/],
  ]) {
    it(`${what} stop the start, and it says why`, async () => {
      const config = file('bad.toml', `[brand]\n${brand.replace('FILE', file('logo.gif', 'GIF89a'))}\n`);
      const words = ['serve', '--data', join(folder, 'data'), '--listen', '127.0.0.1:1', '--config', config];
      const { code, said } = await new Promise((resolve) => {
        execFile(latchkey, words, (error, stdout, stderr) => resolve({ code: error?.code, said: stderr }));
      });
      assert.equal(code, 1);
      assert.match(said, says);
    });
  }
});
