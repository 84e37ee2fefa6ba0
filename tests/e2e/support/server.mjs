// The server alone, set up as a test of the sign-in pages needs it, and an app whose page is
// somewhere else. The stack with the demo shop is in processes.mjs.

import { execFile } from 'node:child_process';
import { request as send } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts, latchkey, start } from './processes.mjs';

const run = promisify(execFile);

/**
 * `dev`: mail stays in the mailbox page. `config`: TOML. Passkeys need a name, so the server is
 * reached as localhost, or as `host`, a name below it. `scheme`: https has a certificate that only a
 * lenient client takes.
 */
export async function startServer({
  dev = true, config = '', brand = 'Acme ID', scheme = 'http',
  host = 'localhost',
} = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-signin-'));
  const data = join(folder, 'data');
  const configFile = join(folder, 'config.toml');
  writeFileSync(configFile, scheme === 'https' ? config + (await makeCertificate(folder)) : config);
  const [port] = await freePorts(1);
  const origin = `${scheme}://${host}:${port}`;
  const health = `${scheme}://localhost:${port}/healthz`;  // of any host
  const words = [
    'serve', ...(dev ? ['--dev'] : []), '--data', data, '--listen', `127.0.0.1:${port}`,
    '--public-url', origin, '--brand', brand, '--config', configFile,
  ];
  let running = await start(latchkey, words, health);

  return {
    origin,
    /** What the server wrote since it last started. */
    log: () => running.log(),
    data,
    usage: () => usageOf(running.pid),
    async cli(...more) {
      const { stdout } = await run(latchkey, [...more, '--data', data, '--json']);
      return JSON.parse(stdout);
    },
    async restart() {
      await running.stop();
      running = await start(latchkey, words, health);
    },
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** CPU seconds so far, resident memory now and at most, in MiB: of a process, as Linux counts. */
function usageOf(pid) {
  const [, after] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = after.split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mib = (name) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)[1]) / 1024;
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { cpuSeconds: ticks / 100, rssMib: mib('VmRSS'), peakMib: mib('VmHWM') };
}

/** The settings that name it. */
async function makeCertificate(folder) {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  await run('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost',
    '-keyout', key, '-out', certificate,
  ]);
  return `\n[tls]\ncertificate = "${certificate}"\nkey = "${key}"\n`;
}

/** Registers an app whose page is at `origin`. */
export function createApp(server, origin, name = 'Fern & Fable') {
  return server.cli('app', 'create', '--name', name, '--origin', origin, '--redirect-uri',
    `${origin}/callback`, '--scopes', 'openid email profile phone');
}

export function signInUrl(server, app, { origin, scope = 'shop_app:oauth', locale = 'en', flow = 'flow' }) {
  const query = new URLSearchParams({ client_id: app.clientId, origin, scope, locale, flow });
  return `${server.origin}/sign-in?${query}`;
}

/** The newest code in the mailbox page. */
export async function newestCode(server) {
  const html = await (await fetch(`${server.origin}/dev/mailbox`)).text();
  return /data-code>(\d{6})</.exec(html)?.[1];
}

/** The link beside it. */
export async function newestLink(server) {
  const html = await (await fetch(`${server.origin}/dev/mailbox`)).text();
  return /https?:\S+\/sign-in\/link\S+#code=\d{6}/.exec(html)?.[0].replaceAll('&amp;', '&');
}

/** As a browser without a screen: keeps cookies, sends the forms of pages. */
export class PlainBrowser {
  #cookies = new Map();
  #options;
  /** `localAddress`: any of 127.0.0.0/8, for people of many networks. */
  constructor(origin, options = {}) {
    this.origin = origin;
    this.#options = options;
  }

  cookieValues() {
    return [...this.#cookies.values()];
  }
  async get(target) {
    const { pathname, search } = new URL(target, this.origin);
    return this.#follow(await this.#send(pathname + search, {}));
  }
  /** Sends the form of `page` whose action begins with `action`. */
  async submit(page, action, fields) {
    const target = new RegExp(`action="(${action}[^"]*)"`).exec(page.body)?.[1];
    if (!target) throw new Error(`no form to ${action} in\n${page.body}`);
    const hidden = {};
    for (const name of ['token', 'person', 'via']) {
      const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1];
      if (value !== undefined) hidden[name] = value;
    }
    const body = new URLSearchParams({ ...hidden, ...fields }).toString();
    const headers = { 'sec-fetch-site': 'same-origin' };
    const answer = await this.#send(target.replaceAll('&amp;', '&'), { method: 'POST', body, headers });
    return this.#follow(answer);
  }

  #send(path, { method = 'GET', body = '', headers = {} }) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const form = method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
    const { hostname, port } = new URL(this.origin);
    const options = {
      ...this.#options, hostname, port, path, method, family: 4,
      headers: { ...headers, ...form, cookie, 'content-length': Buffer.byteLength(body) },
    };
    return new Promise((resolve, reject) => {
      const asked = send(options, async (response) => {
        for (const line of response.headers['set-cookie'] ?? []) this.#keep(line);
        let text = '';
        for await (const part of response.setEncoding('utf8')) text += part;
        resolve({ status: response.statusCode, location: response.headers.location, body: text });
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }
  #keep(line) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
    if (/Max-Age=0/.test(line)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
  async #follow(answer) {
    let now = answer;
    for (let i = 0; now.status === 303 && i < 5; i += 1) {
      now = await this.#send(now.location, {});
    }
    return now;
  }
}
