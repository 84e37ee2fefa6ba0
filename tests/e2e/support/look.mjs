// One look at a page as it stands: nothing moved, axe finds nothing, nothing is too wide; and a
// screenshot for people to judge.

import assert from 'node:assert/strict';
import AxeBuilder from '@axe-core/playwright';
import { assertStill, screenshot } from './browser.mjs';

export const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The context has `watchShifts`. */
export async function look(page, name) {
  await assertStill(page, name);
  await screenshot(page, name);
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => `${target}`)]);
  assert.deepEqual(found, [], name);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(overflow <= 0, `${name} is ${overflow} px too wide`);
}
