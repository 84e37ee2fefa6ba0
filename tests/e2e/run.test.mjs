// The README's first command: ./x run prints URLs that answer, and Ctrl-C stops what it started.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { until } from './support/browser.mjs';
import { freePorts } from './support/processes.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const READY = /Ctrl-C stops both/;
// It looks at what is to be built first, which takes a while even when nothing is.
const READY_WITHIN_MS = 300_000;

// With LATCHKEY_BIN other binaries than the tree's are under test, and this would build the tree's.
describe('./x run', { skip: Boolean(process.env.LATCHKEY_BIN) }, () => {
  it('serves what it prints, stops at Ctrl-C, and starts again on the same data', async () => {
    const data = mkdtempSync(join(tmpdir(), 'latchkey-run-'));
    const [port, shopPort] = await freePorts(2);
    const words = ['run', '--port', port, '--shop-port', shopPort, '--data', data].map(String);
    try {
      for (const round of ['first', 'again']) {
        const text = await runOnce(words);
        assert.equal(/Registering the demo shop/.test(text), round === 'first');
        assert.equal(await isOpen(port), false);
        assert.equal(await isOpen(shopPort), false);
      }
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  });
});

/** Starts, visits every URL that is printed, presses Ctrl-C: all that it said. */
async function runOnce(words) {
  const child = spawn('./x', words, { cwd: root, detached: true });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const pressCtrlC = () => process.kill(-child.pid, 'SIGINT'); // as a terminal: the whole group
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (some) => (text += some));
  try {
    const isOver = () => READY.test(text) || child.exitCode !== null;
    await until(isOver, { withinMs: READY_WITHIN_MS });
    assert.match(text, READY);
    const urls = text.match(/^ {2}\S.*http:\S+$/gm).map((line) => line.split(/\s+/).at(-1));
    assert.equal(urls.length, 4, text);
    for (const url of urls) {
      const status = await fetch(url).then((answer) => answer.status, (error) => error.cause);
      assert.equal(status, 200, url);
    }
  } finally {
    if (child.exitCode === null) pressCtrlC();
  }
  assert.equal(await ended, 0, text);
  assert.match(text, /Stopped\.\s*$/);
  return text;
}

function isOpen(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true) || socket.destroy());
    socket.once('error', () => resolve(false));
  });
}
