// Networks that are slow, break off or lose an answer, a server that restarts half-way, and two tabs
// at once: the person goes on where they were, and nothing happens twice.

import assert from 'node:assert/strict';
import { request as send } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { launchBrowser, openContext, until } from './support/browser.mjs';
import { serve } from './support/partner.mjs';
import { createApp, newestCode, signInUrl, startServer } from './support/server.mjs';

describe('signing in over a bad network', () => {
  let browser, server, partner, app;

  before(async () => {
    browser = await launchBrowser();
    server = await startServer();
    partner = await serve(() => ({ body: '<!doctype html><title>Shop</title>' }));
    app = await createApp(server, partner.origin);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await partner?.close();
  });

  const url = (flow) => signInUrl(server, app, { origin: partner.origin, scope: 'email', flow });
  const press = (page) => page.locator('main form button').first().click();
  /** The browser's own page, which says that the network failed. */
  const showsError = (page) => until(() => page.url().startsWith('chrome-error:'));
  async function mailsTo(address) {
    const html = await (await fetch(`${server.origin}/dev/mailbox`)).text();
    return html.split('<article').filter((mail) => mail.includes(address)).length;
  }
  async function askForCode(page, email) {
    await page.locator('#email').fill(email);
    await press(page);
    await page.locator('#code').waitFor();
  }
  async function finish(page) {
    await page.locator('.choices').waitFor();
    await page.locator('button[value="agree"]').click();
    await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
  }
  /** The next request to `path` reaches the server, and its answer reaches nobody. */
  async function loseAnswerOf(page, path) {
    await page.route(`**${path}*`, async (route) => {
      // Not by the browser's own means: they would keep the cookies of an answer that is to be lost.
      const asked = route.request();
      const target = new URL(asked.url());
      const headers = await asked.allHeaders();
      const status = await new Promise((resolve, reject) => {
        const sent = send({
          host: '127.0.0.1', port: target.port, path: target.pathname + target.search,
          method: asked.method(), headers,
        }, (answer) => answer.resume().on('end', () => resolve(answer.statusCode)));
        sent.on('error', reject).end(asked.postDataBuffer());
      });
      assert.equal(status, 303, 'the server did its part');
      await route.abort('connectionreset');
    }, { times: 1 });
  }

  it('slow: a second press sends nothing, and the page says that it is busy', async () => {
    const { context, watch } = await openContext(browser);
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await page.goto(url('slow'));
    await client.send('Network.enable');
    await client.send('Network.emulateNetworkConditions', {
      offline: false, latency: 700, downloadThroughput: 40_000, uploadThroughput: 20_000,
    });
    await page.locator('#email').fill('slow@example.com');
    const busy = await page.locator('form#by_email').evaluate((form) => {
      const button = form.querySelector('button');
      button.click();
      const said = form.getAttribute('aria-busy');
      button.click();
      return said;
    });
    assert.equal(busy, 'true');
    await page.locator('#code').waitFor();
    await page.waitForLoadState(); // until then nobody sends the code but the person
    assert.equal(await mailsTo('slow@example.com'), 1);
    await page.locator('#code').fill(await newestCode(server));
    await finish(page);
    await context.close();
    watch.assertQuiet();
  });

  it('broken off: back, and the same button works', async () => {
    const { context, watch } = await openContext(browser);
    watch.forgive(/ERR_INTERNET_DISCONNECTED/);
    const page = await context.newPage();
    await page.goto(url('broken'));
    await page.locator('#email').fill('broken@example.com');
    await context.setOffline(true);
    await press(page);
    await showsError(page);
    await context.setOffline(false);
    await page.goBack();
    await page.locator('#email').fill('broken@example.com');
    await press(page);
    await page.locator('#code').waitFor();
    await page.locator('#code').fill(await newestCode(server));
    await finish(page);
    await context.close();
    watch.assertQuiet();
  });

  it('lost answers: each step can be sent again', async () => {
    const { context, watch } = await openContext(browser);
    watch.forgive(/ERR_CONNECTION_RESET/);
    const page = await context.newPage();
    const back = async () => {
      await showsError(page);
      await page.goto(url('lost'));
    };
    await page.goto(url('lost'));
    await loseAnswerOf(page, '/sign-in/email');
    await page.locator('#email').fill('lost@example.com');
    await press(page);
    await back();
    await askForCode(page, 'lost@example.com');
    // The code is used up by the answer that was lost; a new one is a press away.
    await loseAnswerOf(page, '/sign-in/code');
    await page.locator('#code').fill(await newestCode(server));
    await back();
    await page.locator('#code').fill(await newestCode(server));
    await page.locator('#problem').waitFor();
    await page.locator('button[value="resend"]').click();
    await page.locator('.info').waitFor();
    await page.locator('#code').fill(await newestCode(server));
    await page.locator('.choices').waitFor();
    await loseAnswerOf(page, '/sign-in/consent');
    await page.locator('button[value="agree"]').click();
    await back();
    await finish(page);
    await context.close();
    watch.assertQuiet();
  });

  it('a restart of the server between any two steps goes unnoticed', async () => {
    const { context, watch } = await openContext(browser);
    // The browser asks for the tab's icon when it likes, also while nobody answers.
    watch.forgive(/ERR_CONNECTION_REFUSED .*\/assets\/key\.svg/);
    const page = await context.newPage();
    await page.goto(url('restart'));
    await server.restart();
    await askForCode(page, 'restart@example.com');
    await server.restart();
    await page.locator('#code').fill(await newestCode(server));
    await page.locator('.choices').waitFor();
    await server.restart();
    await finish(page);
    await server.restart();
    await page.goto(`${server.origin}/account`);
    await page.getByText('You are signed in as restart@example.com').waitFor();
    await context.close();
    watch.assertQuiet();
  });

  it('two tabs of one browser, two people: each flow ends as it began', async () => {
    const { context, watch } = await openContext(browser);
    const [first, second] = [await context.newPage(), await context.newPage()];
    await first.goto(url('tab-1'));
    await askForCode(first, 'ada@example.com');
    const codeOfAda = await newestCode(server);
    await second.goto(url('tab-2'));
    await askForCode(second, 'eve@example.com');
    await second.locator('#code').fill(await newestCode(server));
    await second.locator('.choices').waitFor();
    await first.locator('#code').fill(codeOfAda);
    await first.locator('.choices').waitFor();
    await first.getByText('ada@example.com').first().waitFor();
    // The browser's session is Ada's now: what Eve was shown is not agreed to in Ada's name.
    await second.locator('button[value="agree"]').click();
    await second.getByText('ada@example.com').first().waitFor();
    assert.equal(await second.locator('button[value="agree"]').count(), 1, 'asked again, as Ada');
    await finish(first);
    await context.close();
    watch.assertQuiet();
  });
});
