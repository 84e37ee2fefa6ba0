// Passkeys, with two authenticators that know nothing of our code: Chromium's virtual one, and an
// independent implementation from npm.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import emulated from 'nid-webauthn-emulator';
import { launchBrowser, openContext, screenshot } from './support/browser.mjs';
import { newestCode, PlainBrowser, startServer } from './support/server.mjs';

const WebAuthnEmulator = emulated.default ?? emulated;
const base64url = (bytes) => Buffer.from(bytes).toString('base64url');

describe('passkeys', () => {
  let browser, server;

  before(async () => {
    browser = await launchBrowser();
    server = await startServer();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** Chromium with an authenticator that has its user's finger on it. */
  async function openWithAuthenticator(autofill = 'off') {
    const { context, watch } = await openContext(browser);
    const page = await context.newPage();
    // A virtual authenticator answers a waiting autofill at once, before any button is pressed.
    if (autofill === 'off') {
      await page.addInitScript(() => {
        PublicKeyCredential.isConditionalMediationAvailable = async () => false;
      });
    }
    const client = await context.newCDPSession(page);
    await client.send('WebAuthn.enable', { enableUI: false });
    const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return { context, watch, page, client, authenticatorId };
  }
  async function signInByCode(page, email) {
    await page.goto(`${server.origin}/account`);
    await page.locator('#email').fill(email);
    await page.locator('form#by_email button').first().click();
    await page.locator('#code').waitFor();
    await page.locator('#code').fill(await newestCode(server));
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
  }
  async function addPasskey(page, name) {
    await page.locator('#passkey_name').fill(name);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('The passkey is added').waitFor();
  }
  const signOut = (page) =>
    page.locator('form[action="/account/sign-out"] button').click()
      .then(() => page.locator('#email').waitFor());

  it('registers, signs in by the button, is renamed, counts up, and is removed', async () => {
    const { context, watch, page, client, authenticatorId } = await openWithAuthenticator();
    await signInByCode(page, 'ada@example.com');
    await addPasskey(page, 'This laptop');
    await screenshot(page, 'account-passkey');
    const [credential] = (await client.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
    assert.equal(credential.rpId, 'localhost');
    assert.equal(credential.isResidentCredential, true);
    for (let i = 0; i < 2; i += 1) {
      await signOut(page);
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
      await page.getByRole('heading', { name: 'Your account' }).waitFor();
      await page.getByText('You are signed in as ada@example.com').waitFor();
    }
    await page.locator('input[value="This laptop"]').fill('Blue laptop');
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.locator('input[value="Blue laptop"]').waitFor();
    await page.getByText('last used').waitFor();
    await page.getByRole('button', { name: 'Remove Blue laptop' }).click();
    await page.getByText('The passkey is removed').waitFor();
    await context.close();
    watch.assertQuiet();
  });

  it('is offered by the browser in the e-mail field', async () => {
    const { context, watch, page } = await openWithAuthenticator('on');
    await signInByCode(page, 'auto@example.com');
    await addPasskey(page, 'Phone');
    const answered = page.waitForRequest((request) => request.url().includes('/sign-in/passkey'));
    await page.locator('form[action="/account/sign-out"] button').click();
    // Nothing is pressed: the browser answers the request that waits behind the e-mail field.
    await answered;
    await page.getByText('You are signed in as auto@example.com').waitFor();
    await context.close();
    watch.assertQuiet();
  });

  it('a device cannot be registered twice', async () => {
    const { context, page } = await openWithAuthenticator();
    await signInByCode(page, 'twice@example.com');
    await addPasskey(page, 'Once');
    await page.locator('#passkey_name').fill('Twice');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('No passkey was used').waitFor();
    await context.close();
  });

  it('a user who is not verified does not get in', async () => {
    const { context, page, client, authenticatorId } = await openWithAuthenticator();
    await signInByCode(page, 'unverified@example.com');
    await addPasskey(page, 'Key');
    await client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await signOut(page);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('No passkey was used').waitFor();
    await screenshot(page, 'signin-passkey-failed');
    await context.close();
  });

  it('takes the answers of an implementation from npm, and none of its counters twice', async () => {
    const emulator = new WebAuthnEmulator();
    const visitor = new PlainBrowser(server.origin);
    let page = await visitor.get('/account');
    page = await visitor.submit(page, '/sign-in/email', { email: 'npm@example.com' });
    page = await visitor.submit(page, '/sign-in/code', { code: await newestCode(server) });
    const asked = JSON.parse(/id="passkey_registration">(.*?)</.exec(page.body)[1]);
    const created = emulator.createJSON(server.origin, {
      rp: { id: asked.rpId, name: asked.rpName },
      user: asked.user,
      challenge: asked.challenge,
      pubKeyCredParams: asked.algorithms.map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: [],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
    });
    page = await visitor.submit(page, '/account/passkeys/add', {
      name: 'npm',
      passkey_client_data: created.response.clientDataJSON,
      passkey_attestation_object: created.response.attestationObject,
    });
    assert.match(page.body, /The passkey is added/);

    const answerOf = (shown) => {
      const { challenge, rpId } = JSON.parse(/id="passkey_request">(.*?)</.exec(shown.body)[1]);
      const got = emulator.getJSON(server.origin, {
        challenge, rpId, userVerification: 'required', allowCredentials: [],
      });
      return {
        passkey_credential_id: got.rawId,
        passkey_client_data: got.response.clientDataJSON,
        passkey_authenticator_data: got.response.authenticatorData,
        passkey_signature: got.response.signature,
        passkey_user_handle: got.response.userHandle ?? asked.user.id,
      };
    };
    for (let i = 0; i < 2; i += 1) {
      const newcomer = new PlainBrowser(server.origin);
      const shown = await newcomer.get('/account');
      const answer = answerOf(shown);
      const inside = await newcomer.submit(shown, '/sign-in/passkey', answer);
      assert.match(inside.body, /npm@example\.com/);
      const other = new PlainBrowser(server.origin);
      const refused = await other.submit(await other.get('/account'), '/sign-in/passkey', answer);
      assert.match(refused.body, /This passkey was not accepted/, 'replayed in another browser');
      assert.equal(base64url(Buffer.from(answer.passkey_user_handle, 'base64url')), asked.user.id);
    }
  });
});
