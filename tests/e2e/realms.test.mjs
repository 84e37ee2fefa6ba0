// Two realms in one installation on two hosts, as people's browsers meet them. The second is made
// with the command line while the server runs.

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { launchBrowser, openContext, until } from './support/browser.mjs';
import { startServer } from './support/server.mjs';

const config = `
[brand]
color = "#4338ca"
[realm.moss.brand]
name = "Moss ID"
color = "#166534"
[realm.closed]
sign_up = "closed"
`;

describe('two realms', () => {
  let browser, server, port;

  const origin = (host) => `http://${host}.localhost:${port}`;
  /** As any client may say it is on its way to a host. */
  const statusUnder = (host, path) => new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, headers: { host } };
    request(options, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', reject).end();
  });
  const isServed = async (host) =>
    (await statusUnder(`${host}.localhost:${port}`, '/sdk/config.json')) === 200;

  before(async () => {
    browser = await launchBrowser();
    server = await startServer({ host: 'fern.localhost', brand: 'Fern ID', config });
    port = new URL(server.origin).port;
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function newestCode(context, host) {
    const mailbox = await context.newPage();
    await mailbox.goto(`${origin(host)}/dev/mailbox`);
    const code = (await mailbox.locator('[data-code]').first().textContent()).trim();
    await mailbox.close();
    return code;
  }
  const brandOf = async (page) => (await page.locator('header.brand').textContent()).trim();
  /** From the account page to the page behind the code. */
  async function signIn(context, host, email) {
    const page = await context.newPage();
    await page.goto(`${origin(host)}/account`);
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await page.getByRole('heading', { name: 'Enter the code' }).waitFor();
    await page.getByLabel('Code', { exact: true }).fill(await newestCode(context, host));
    return page;
  }

  it('one alone is every host', async () => {
    assert.equal(await statusUnder('anything.example', '/sdk/config.json'), 200);
  });

  it('a new one is served without a restart, and from then on a stranger to both is refused', async () => {
    await server.cli('realm', 'create', 'moss', '--public-url', origin('moss'));
    // At once, although the server has not looked yet: nobody meets the first realm there.
    assert.equal(await statusUnder('anything.example', '/sdk/config.json'), 421);
    await server.cli('realm', 'create', 'closed', '--public-url', origin('closed'));
    await until(() => isServed('moss'));
    await until(() => isServed('closed'));
    assert.ok(await isServed('fern'));
    assert.equal(await statusUnder('anything.example', '/healthz'), 200);
  });

  it('each signs its own people in, in its own brand', async () => {
    const { context, watch } = await openContext(browser, { locale: 'en' });
    const fern = await signIn(context, 'fern', 'ada@example.com');
    await fern.getByRole('heading', { name: 'Your account' }).waitFor();
    assert.equal(await brandOf(fern), 'Fern ID');

    const moss = await context.newPage();
    await moss.goto(`${origin('moss')}/account`);
    assert.match(moss.url(), /moss\.localhost:\d+\/sign-in/, 'signed in here is not signed in there');
    assert.equal(await brandOf(moss), 'Moss ID');
    await moss.close();

    const there = await signIn(context, 'moss', 'ada@example.com');
    await there.getByRole('heading', { name: 'Your account' }).waitFor();
    await there.goto(`${origin('moss')}/dev/mailbox`);
    assert.equal(await there.locator('article').count(), 1, 'the mail of the other is not here');
    await fern.reload();
    await fern.getByRole('heading', { name: 'Your account' }).waitFor();
    watch.assertQuiet();
    await context.close();
  });

  it('one that is closed makes nobody a person by a right code', async () => {
    const { context } = await openContext(browser, { locale: 'en' });
    const page = await signIn(context, 'closed', 'eve@example.com');
    await page.getByText('There is no account with this address.').waitFor();
    await server.cli('user', 'create', '--realm', 'closed', '--email', 'ada@example.com');
    const known = await signIn(context, 'closed', 'ada@example.com');
    await known.getByRole('heading', { name: 'Your account' }).waitFor();
    await context.close();
  });
});
