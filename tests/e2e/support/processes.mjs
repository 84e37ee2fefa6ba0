// The real thing: server and demo shop as users run them, on free ports, with data of their own.

import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const built = fileURLToPath(new URL('../../../build/release/bin/', import.meta.url));
const bin = process.env.LATCHKEY_BIN ?? built;
/** The server's program, which is its CLI too. */
export const latchkey = join(bin, 'latchkey');
const storefront = join(bin, 'latchkey-storefront');

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 30_000;

/** Starts both and registers the shop. `stop()` ends them and removes what they wrote. */
export async function startLatchkey({ brand = 'Latchkey', shopName = 'Fern & Fable' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-e2e-'));
  const data = join(folder, 'latchkey');
  const running = [];
  const [serverPort, shopPort] = await freePorts(2);
  const server = `http://127.0.0.1:${serverPort}`;
  const shop = `http://127.0.0.1:${shopPort}`;

  /** Runs a command of the CLI on the same data: its JSON. */
  async function cli(...words) {
    const { stdout } = await run(latchkey, [...words, '--data', data, '--json']);
    return JSON.parse(stdout);
  }
  async function stop() {
    await Promise.all(running.map((process) => process.stop()));
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    running.push(await start(latchkey, [
      'serve', '--dev', '--data', data, '--listen', `127.0.0.1:${serverPort}`, '--brand', brand,
    ], `${server}/healthz`));
    const app = await cli('app', 'create', '--name', shopName, '--origin', shop,
      '--redirect-uri', `${shop}/callback`, '--scopes', 'email profile phone');
    const secretFile = join(folder, 'secret');
    writeFileSync(secretFile, `${app.clientSecret}\n`, { mode: 0o600 });
    running.push(await start(storefront, [
      '--latchkey', server, '--client-id', app.clientId, '--client-secret-file', secretFile,
      '--data', join(folder, 'shop'), '--listen', `127.0.0.1:${shopPort}`,
    ], `${shop}/healthz`));
    return { server, shop, app, cli, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs `program` until `stop()`; resolves when `healthUrl` answers, rejects with its log. */
export async function start(program, words, healthUrl) {
  const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (bytes) => (log += bytes));
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', (error) => {
      log += String(error);
      resolve();
    });
  });
  const isOver = () => child.exitCode !== null || child.signalCode !== null || !child.pid;
  const last = performance.now() + START_TIMEOUT_MS;
  while (!(await isHealthy(healthUrl))) {
    if (isOver() || performance.now() > last) {
      child.kill('SIGKILL');
      throw new Error(`${program} did not start:\n${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return {
    /** What it wrote so far. */
    log: () => log,
    pid: child.pid,
    async stop() {
      if (isOver()) return;
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await ended;
      clearTimeout(kill);
      if (child.signalCode === 'SIGKILL') throw new Error(`${program} did not stop:\n${log}`);
    },
  };
}

async function isHealthy(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

/** Held together until all are known, so that no two are the same. */
export async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
