// The operator's brand on the SDK's button, from the configuration to the pixel.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { screenshot, until } from './support/browser.mjs';
import { useSdk } from './support/sdk.mjs';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-sdk-brand-'));
writeFileSync(join(folder, 'logo.svg'), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <circle cx="16" cy="16" r="15" fill="#0f766e"/></svg>`);

describe("the operator's brand on the button", () => {
  const config = `[brand]
color = "#0f766e"
dark_color = "#5eead4"
logo = "${join(folder, 'logo.svg')}"
`;
  const t = useSdk({ server: 'real', config });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has its name, its colours by the page\'s scheme, and its logo', async () => {
    await t.setUp();
    const backgroundOf = () => t.button().evaluate((e) => getComputedStyle(e).backgroundColor);
    assert.equal(await t.button().textContent(), 'Continue with Acme ID');
    assert.equal(await backgroundOf(), 'rgb(15, 118, 110)');
    await until(() => t.page.locator('#place img').evaluate((img) => img.complete && img.naturalWidth > 0));
    await screenshot(t.page, 'sdk-brand');
    await t.page.evaluate(() => document.documentElement.style.setProperty('color-scheme', 'dark'));
    assert.equal(await backgroundOf(), 'rgb(94, 234, 212)');
  });
});
