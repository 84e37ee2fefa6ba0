// Codes over real SMTP: a server from npm that insists on TLS and a login, one that is away for a
// while, and one that refuses.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { until } from './support/browser.mjs';
import { freePorts } from './support/processes.mjs';
import { PlainBrowser, startServer } from './support/server.mjs';

const USER = 'latchkey';
const PASSWORD = 'a mail password';

describe('codes by mail', () => {
  let folder, tls, server, mails, smtp;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-smtp-'));
    // A certificate for 127.0.0.1 that the server under test is told to trust.
    execFileSync('openssl', [
      'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
      '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1',
      '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem'),
    ], { stdio: 'ignore' });
    tls = { key: readFileSync(join(folder, 'key.pem')), cert: readFileSync(join(folder, 'cert.pem')) };
    writeFileSync(join(folder, 'password'), `${PASSWORD}\n`);
  });
  after(async () => {
    await server?.stop();
    await close();
    rmSync(folder, { recursive: true, force: true });
  });
  const close = () => new Promise((resolve) => (smtp ? smtp.close(resolve) : resolve()));

  /** A mail server that takes mail only over TLS and from who logs in. */
  async function listen(port, options = {}) {
    mails = [];
    smtp = new SMTPServer({
      ...tls,
      authOptional: false,
      authMethods: ['PLAIN', 'LOGIN'],
      onAuth: ({ username, password }, session, done) =>
        username === USER && password === PASSWORD && session.secure
          ? done(null, { user: username })
          : done(new Error('wrong login')),
      onData(stream, session, done) {
        let text = '';
        const from = session.envelope.mailFrom.address;
        const to = session.envelope.rcptTo.map(({ address }) => address);
        stream.on('data', (bytes) => (text += bytes));
        stream.on('end', () => {
          mails.push({ text, secure: session.secure, from, to });
          done();
        });
      },
      ...options,
    });
    smtp.on('error', () => undefined);
    await new Promise((resolve) => smtp.listen(port, '127.0.0.1', resolve));
  }
  const settings = (url) => `
[smtp]
url = "${url}"
from = "signin@example.com"
username = "${USER}"
password_file = "${join(folder, 'password')}"
ca_file = "${join(folder, 'cert.pem')}"
`;
  /** The decoded part of a mail. */
  const part = (mail, type) => {
    const at = mail.text.indexOf(`Content-Type: ${type}`);
    const body = mail.text.slice(mail.text.indexOf('\r\n\r\n', at) + 4);
    return Buffer.from(body.slice(0, body.indexOf('\r\n--')), 'base64').toString('utf8');
  };
  const codeIn = (mail) => /^ {4}(\d{6})$/m.exec(part(mail, 'text/plain'))[1];
  async function askForCode(email) {
    const visitor = new PlainBrowser(server.origin);
    const page = await visitor.submit(await visitor.get('/account'), '/sign-in/email', { email });
    return { visitor, page };
  }

  for (const [what, scheme, options] of [
    ['STARTTLS', 'smtp', {}],
    ['TLS from the first byte', 'smtps', { secure: true }],
  ]) {
    it(`arrive over ${what}, after a login, in both forms`, async () => {
      const [port] = await freePorts(1);
      await listen(port, options);
      server = await startServer({ dev: false, config: settings(`${scheme}://127.0.0.1:${port}`) });
      const { visitor, page } = await askForCode('ada@example.com');
      await until(() => mails.length === 1);
      const [mail] = mails;
      assert.equal(mail.secure, true);
      assert.equal(mail.from, 'signin@example.com');
      assert.deepEqual(mail.to, ['ada@example.com']);
      const code = codeIn(mail);
      assert.match(mail.text, new RegExp(`Subject: ${code} is your code for Acme ID\r\n`));
      assert.ok(part(mail, 'text/html').includes(code));
      assert.ok(part(mail, 'text/plain').includes(`${server.origin}/sign-in/link?`));
      const inside = await visitor.submit(page, '/sign-in/code', { code });
      assert.match(inside.body, /Your account/);
      await server.stop();
      await close();
    });
  }

  it('attack 25: the log of a whole sign-in names neither the person nor a secret', async () => {
    const [port] = await freePorts(1);
    await listen(port);
    server = await startServer({ dev: false, config: settings(`smtp://127.0.0.1:${port}`) });
    const { visitor, page } = await askForCode('ada.canary@example.com');
    await until(() => mails.length === 1);
    const code = codeIn(mails[0]);
    const inside = await visitor.submit(page, '/sign-in/code', { code });
    await visitor.submit(inside, '/account/details', { given_name: 'Canaria', phone: '+33123456789' });
    await until(() => /\/account\/details/.test(server.log()));
    assert.match(server.log(), /"event":"mail"|mail/);
    const secrets = [code, 'canary', 'Canaria', '33123456789', ...visitor.cookieValues()];
    assert.ok(secrets.length >= 6);
    for (const secret of secrets) assert.ok(!server.log().includes(secret), `it says ${secret}`);
    await server.stop();
    await close();
  });

  it('wait while the mail server is away, through a restart of ours', async () => {
    const [port] = await freePorts(1);
    server = await startServer({ dev: false, config: settings(`smtp://127.0.0.1:${port}`) });
    const { visitor, page } = await askForCode('patient@example.com');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await server.restart();
    await listen(port);
    await until(() => mails.length === 1, { withinMs: 30_000 });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    assert.equal(mails.length, 1, 'and come once');
    assert.match((await visitor.submit(page, '/sign-in/code', { code: codeIn(mails[0]) })).body,
      /Your account/);
    await server.stop();
    await close();
  });

  it('never go out in the clear, or to a server that cannot prove its name', async () => {
    for (const options of [
      { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] },
      { key: undefined, cert: undefined }, // npm's own certificate, of another name and maker
    ]) {
      const [port] = await freePorts(1);
      await listen(port, options);
      server = await startServer({
        dev: false,
        config: settings(`smtp://127.0.0.1:${port}`).replace('[smtp]', '[smtp]\ntls = "required"'),
      });
      await askForCode('ada@example.com');
      await new Promise((resolve) => setTimeout(resolve, 2500));
      assert.equal(mails.length, 0);
      await server.stop();
      await close();
    }
  });
});
