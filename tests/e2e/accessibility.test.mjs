// Every page of the guide under axe, in both themes: nobody is kept out by how a page is built.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { closeBy, launchBrowser, openContext } from './support/browser.mjs';
import { Person } from './support/person.mjs';
import { startLatchkey } from './support/processes.mjs';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

describe('accessibility', () => {
  let browser, stack;

  before(async () => {
    browser = await launchBrowser();
    stack = await startLatchkey();
  });
  after(async () => {
    await browser?.close();
    await stack?.stop();
  });

  async function assertAccessible(page, what, without = []) {
    const axe = new AxeBuilder({ page }).withTags(RULES).disableRules(without);
    const { violations } = await axe.analyze();
    const where = ({ target }) => String(target);
    const found = violations.map(({ id, nodes }) => [id, ...nodes.map(where)]);
    assert.deepEqual(found, [], what);
  }

  for (const colorScheme of ['light', 'dark']) {
    it(`holds from the shop to consent and back, ${colorScheme}`, async () => {
      const { context, watch } = await openContext(browser, { colorScheme });
      const person = new Person({ stack, context, email: `grace-${colorScheme}@example.com` });
      const page = await person.openShop();
      await assertAccessible(page, 'the shop');

      const popup = await person.pressSignIn();
      await assertAccessible(popup, 'the e-mail page');
      await popup.getByLabel('E-mail address').fill('not an address');
      await popup.getByRole('button', { name: 'Send me a code' }).click();
      await popup.getByRole('alert').waitFor();
      await assertAccessible(popup, 'the e-mail page with a problem');
      await person.giveEmail();
      await assertAccessible(popup, 'the code page');
      const mailbox = await context.newPage();
      await mailbox.goto(`${stack.server}/dev/mailbox`);
      // A developer's tool that shows new mail by itself, every few seconds, without a script.
      await assertAccessible(mailbox, 'the mailbox', ['meta-refresh']);
      await mailbox.close();

      await person.giveCode(await person.readCode());
      await popup.getByLabel('Given name').waitFor();
      await assertAccessible(popup, 'the name page');
      await popup.getByLabel('Given name').fill('Grace');
      await popup.getByRole('button', { name: 'Continue', exact: true }).click();
      await popup.getByRole('heading', { name: /^Share your details/ }).waitFor();
      await assertAccessible(popup, 'the consent page');
      await person.agree();
      await person.noticeSays(/signed in/);
      await assertAccessible(page, 'the shop with the account');

      const lost = await context.newPage();
      watch.forgive(/status of 400/);
      await lost.goto(`${stack.server}/sign-in`);
      await assertAccessible(lost, 'the error page');
      await context.close();
      watch.assertQuiet();
    });
  }

  it('goes all the way by keyboard', async () => {
    const { context, watch } = await openContext(browser);
    const person = new Person({ stack, context, email: 'keyboard@example.com' });
    await stack.cli('user', 'create', '--email', person.email, '--given-name', 'Kay');
    const page = await person.openShop();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const [popup] = await Promise.all([
      context.waitForEvent('page'),
      page.keyboard.press('Enter'),
    ]);
    await popup.locator('#email:focus').waitFor();
    await popup.keyboard.type(person.email);
    await popup.keyboard.press('Enter');
    await popup.getByRole('heading', { name: 'Enter the code' }).waitFor();
    await popup.locator('#code:focus').waitFor();
    await popup.keyboard.type(await person.readCode());
    await popup.getByRole('heading', { name: /^Share your details/ }).waitFor();
    const agree = popup.getByRole('button', { name: 'Agree and continue' });
    for (let presses = 0; presses < 10; presses += 1) {
      if (await agree.evaluate((element) => element === document.activeElement)) break;
      await popup.keyboard.press('Tab');
    }
    await closeBy(popup, () => popup.keyboard.press('Enter'));
    await page.locator('#greeting').waitFor();
    assert.equal(await page.locator('#greeting').textContent(), 'Welcome, Kay.');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'greeting');
    await context.close();
    watch.assertQuiet();
  });
});
