// The pages of an account that is used: apps that read, a passkey, another browser, and all that
// can be done there. Each state as in signin.pages.test.mjs.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launchBrowser, openContext, watchShifts } from './support/browser.mjs';
import { look } from './support/look.mjs';
import { createApp, newestCode, PlainBrowser, signInUrl, startServer } from './support/server.mjs';

const looks = [
  { name: 'desktop-light', width: 1100, colorScheme: 'light', locale: 'en' },
  { name: 'phone-dark', width: 320, colorScheme: 'dark', locale: 'de' },
  { name: 'phone-rtl', width: 320, colorScheme: 'light', locale: 'ar' },
  { name: 'phone-ja-dark', width: 320, colorScheme: 'dark', locale: 'ja' },
];
const ORIGIN = 'https://fern-and-fable.example';

describe('the pages of an account in use', () => {
  let browser, server, app, quiet;

  before(async () => {
    browser = await launchBrowser();
    server = await startServer();
    app = await createApp(server, ORIGIN);
    quiet = await createApp(server, 'https://moss.example', 'Moss, Lichen & Other Quiet Friends');
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  async function ask(api, authorization, query, variables = {}) {
    const answer = await fetch(`${server.origin}/api/latest/${api}/graphql.json`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await answer.json()).data;
  }
  /** The app's server takes what the last page hands over: its access token. */
  async function connect(page, { clientId, clientSecret }) {
    const result = JSON.parse(await page.locator('#latchkey-result').textContent());
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const { fetchTokensForUser: tokens } = await ask('partners', `Basic ${basic}`,
      'mutation($t:String){fetchTokensForUser(consentToken:$t){accessToken}}',
      { t: result.message.detail.shopConsentToken });
    return tokens.accessToken;
  }
  async function addAuthenticator(page) {
    await page.addInitScript(() => {
      PublicKeyCredential.isConditionalMediationAvailable = async () => false;
    });
    const client = await page.context().newCDPSession(page);
    await client.send('WebAuthn.enable', { enableUI: false });
    await client.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
        isUserVerified: true, automaticPresenceSimulation: true,
      },
    });
  }
  async function signInElsewhere(email) {
    const other = new PlainBrowser(server.origin);
    const asked = await other.submit(await other.get('/account'), '/sign-in/email', { email });
    await other.submit(asked, '/sign-in/code', { code: await newestCode(server) });
  }

  for (const { name, width, colorScheme, locale } of looks) {
    it(`hold for a regular: ${name}`, async () => {
      const { context, watch } = await openContext(browser, {
        viewport: { width, height: 800 }, colorScheme, locale,
      });
      await watchShifts(context);
      const page = await context.newPage();
      await addAuthenticator(page);
      const email = `${name}@example.com`;
      const shoot = (state) => look(page, `account-${name}-${state}`);
      const send = (action) => page.locator(`form[action="${action}"] button`).first().click();
      const agreeTo = async (which, origin, scope) => {
        await page.goto(signInUrl(server, which, { origin, scope, locale, flow: name }));
        if (await page.locator('#email').isVisible()) {
          await page.locator('#email').fill(email);
          await page.locator('form#by_email button').first().click();
          await page.locator('#code').waitFor();
          await page.locator('#code').fill(await newestCode(server));
        }
        await page.locator('.choices').waitFor();
      };
      const agree = async () => {
        await page.locator('button[value="agree"]').click();
        await page.locator('#latchkey-result').waitFor({ state: 'attached' });
      };

      await agreeTo(quiet, 'https://moss.example', 'email');
      await agree();
      await connect(page, quiet);
      await agreeTo(app, ORIGIN, 'email');
      await agree();
      await connect(page, app);
      await agreeTo(app, ORIGIN, 'email phone');
      await shoot('1-consent-to-more');
      await agree();
      const token = await connect(page, app);
      assert.equal((await ask('users', `Bearer ${token}`, '{user{email}}')).user.email, email);
      await signInElsewhere(email);

      await page.goto(`${server.origin}/account`);
      await page.locator('#passkey_name').fill('Ada’s telephone');
      await page.locator('form#add_passkey button').click();
      await page.locator('form[action="/account/passkeys/remove"]').waitFor();
      await shoot('2-passkey-added');
      await page.goto(`${server.origin}/account`);
      assert.equal(await page.locator('form[action="/account/apps/disconnect"]').count(), 2);
      assert.equal(await page.locator('form[action="/account/sessions/end"]').count(), 1);
      await shoot('3-in-use');
      await page.locator('#phone').fill('12');
      await send('/account/details');
      await page.locator('.problem[role="alert"]').first().waitFor();
      await shoot('4-details-refused');
      await send('/account/apps/disconnect');
      await page.locator('.info').waitFor();
      await shoot('5-disconnected');

      await page.locator('#email').fill(`new-${email}`);
      await send('/account/email');
      await page.locator('#code').waitFor();
      await shoot('6-new-address');
      const code = await newestCode(server);
      await page.locator('#code').fill(code === '000000' ? '000001' : '000000');
      await page.locator('#problem').waitFor();
      await shoot('7-new-address-wrong');
      await page.locator('#code').fill(code);
      await page.locator('.info').waitFor();
      await page.goto(`${server.origin}/account/delete`);
      await page.locator('#understood').check();
      await send('/account/delete');
      await page.locator('.lead[role="status"]').waitFor();
      await shoot('8-deleted');
      await context.close();
      watch.assertQuiet();
    });
  }
});
