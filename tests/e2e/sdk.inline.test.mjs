// Inline mode: beside the page's own e-mail field. What is typed there stays there until a press.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import AxeBuilder from '@axe-core/playwright';
import { screenshot, until } from './support/browser.mjs';
import { partnerPage } from './support/partner.mjs';
import { flowOf, useSdk } from './support/sdk.mjs';

const form = `<form><label for="email">E-mail address</label>
  <input id="email" type="email" autocomplete="email"><div id="place"></div>
  <button type="submit">Subscribe</button></form>`;
const inline = { attributes: { emailInputSelector: '#email', buttonLayout: 'or' } };

describe('the SDK beside an e-mail field', () => {
  const t = useSdk({ site: { more: { '/form': partnerPage('LATCHKEY', 'client-1', form) } } });
  const field = () => t.page.locator('#email');
  const offers = () => t.button().isVisible();

  it('offers itself once there is an address, and takes the offer back', async () => {
    await t.open('/form');
    await t.setUp(inline);
    assert.equal(await offers(), false);
    await field().pressSequentially('ada@example');
    await t.page.waitForTimeout(500);
    assert.equal(await offers(), false, 'not half an address');
    await field().pressSequentially('.com');
    await until(offers);
    const status = t.page.locator('#place').getByRole('status');
    assert.equal(await status.textContent(), 'Continue with Acme ID', 'said to screen readers');
    const { violations } = await new AxeBuilder({ page: t.page }).analyze();
    assert.deepEqual(violations.map(({ id }) => id), []);
    await screenshot(t.page, 'sdk-inline');
    await field().fill('');
    await until(async () => !(await offers()));
  });

  it('waits for a pause in typing', async () => {
    await t.open('/form');
    await t.setUp(inline);
    // The address is whole at first, and typing goes on at once.
    const seen = await t.page.evaluate(async () => {
      const input = document.querySelector('#email');
      const button = window.login.element.shadowRoot.querySelector('.offer');
      const seen = [];
      for (const value of ['a@b.c', 'a@b.co', 'a@b.com']) {
        input.value = value;
        input.dispatchEvent(new Event('input'));
        seen.push(button.hidden);
      }
      return seen;
    });
    assert.deepEqual(seen, [true, true, true]);
    await until(offers);
  });

  it('attack 23: asks nobody about the address, and sends it along only when pressed', async () => {
    const sent = [];
    t.context.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')));
    await t.open('/form');
    await t.setUp(inline);
    const before = sent.length;
    await field().pressSequentially('grace@example.com');
    await until(offers);
    await t.page.waitForTimeout(500);
    assert.deepEqual(sent.slice(before), [], 'nothing leaves the page while typing');
    const popup = await t.press();
    assert.match(popup.url(), /#login_hint=grace%40example\.com$/);
    assert.ok(sent.every((text) => !text.split('#')[0].includes('grace')), 'nor in a request then');
    await popup.close();
    await t.hears('onError');
    assert.equal((await t.said('onError'))[0].email, 'grace@example.com');
  });

  it('takes the field from a handler, and one that comes later', async () => {
    await t.page.evaluate(() => window.setUp({ onGetEmailInput: () => window.lateField }));
    await t.page.evaluate(() => {
      window.lateField = document.createElement('input');
      window.lateField.type = 'email';
      window.lateField.value = 'late@example.com';
      document.querySelector('main').prepend(window.lateField);
    });
    await until(offers);
    const popup = await t.press();
    assert.match(popup.url(), /late%40example\.com$/);
    assert.ok(flowOf(popup));
  });

  it('shows an offer at once beside a field that the browser has filled in', async () => {
    await t.open('/form');
    await field().fill('filled@example.com');
    await t.setUp(inline);
    assert.equal(await offers(), true);
  });

  it('says when there is no field', async () => {
    for (const emailInputSelector of ['#nowhere', 'h1', ':::']) {
      await t.openFrozen();
      await t.setUp({ attributes: { emailInputSelector } });
      await t.page.clock.runFor(10_000);
      await t.hears('onError');
      assert.deepEqual(await t.errors(), ['email_input_not_found']);
    }
  });

  it('becomes a plain button again by update()', async () => {
    await t.open('/form');
    await t.setUp(inline);
    assert.equal(await offers(), false);
    await t.page.evaluate(() => window.login.update({ attributes: { emailInputSelector: undefined } }));
    assert.equal(await offers(), true);
  });
});
