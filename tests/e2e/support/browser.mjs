// Chromium, and what it must never do while a test looks on.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const screenshots = fileURLToPath(new URL('../../../artefacts/screenshots/', import.meta.url));

/** Generous: a busy machine is no failure, and what works does not wait. */
const PATIENCE_MS = 30_000;

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `popups: 'blocked'` lets Chromium block them as it does for people. */
export function launchBrowser({ popups = 'allowed' } = {}) {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const ignoreDefaultArgs = popups === 'blocked' ? ['--disable-popup-blocking'] : [];
  return chromium.launch({ executablePath, args: FLAGS, ignoreDefaultArgs });
}

/**
 * Does what closes the page, and waits until it is closed. The page may be gone before the gesture is
 * over (a key goes down, and up): only that is forgiven.
 */
export async function closeBy(page, act) {
  const gesture = act().catch((error) => {
    if (!/has been closed/.test(error.message)) throw error;
  });
  await Promise.all([page.waitForEvent('close'), gesture]);
}

/** A fresh person's browser; `watch` collects what must not happen. */
export async function openContext(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const watch = new Watch();
  context.on('request', (request) => watch.request(request));
  context.on('response', (response) => watch.response(response));
  context.on('console', (message) => watch.console(message));
  context.on('weberror', (error) => watch.problem(`uncaught: ${error.error()}`));
  return { context, watch };
}

class Watch {
  #problems = [];
  #bodies = [];
  #forgiven = [];

  /** What the test provokes on purpose, before or after it happens. */
  forgive(pattern) {
    this.#forgiven.push(pattern);
  }

  request(request) {
    const { protocol, hostname } = new URL(request.url());
    const isLocal = ['data:', 'blob:', 'about:'].includes(protocol);
    const isOwn = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
      || hostname.endsWith('.localhost');
    if (!isLocal && !isOwn) {
      this.problem(`third-party request: ${request.url()}`);
    }
  }

  response(response) {
    const body = response.body().then(
      (bytes) => bytes.toString('utf8'),
      // A redirect has no body, and a closed page takes its bodies with it.
      () => '',
    );
    this.#bodies.push({ url: response.url(), headers: response.headers(), body });
  }

  console(message) {
    if (!['error', 'warning'].includes(message.type())) return;
    const text = `${message.type()}: ${message.text()} (${message.location().url})`;
    this.problem(text);
  }

  problem(text) {
    this.#problems.push(text);
  }

  assertQuiet() {
    const isForgiven = (problem) => this.#forgiven.some((pattern) => pattern.test(problem));
    assert.deepEqual(this.#problems.filter((problem) => !isForgiven(problem)), []);
  }

  /** Everything that the browser received from `origin`: [{url, headers, body}]. */
  async received(origin) {
    const all = this.#bodies.filter(({ url }) => url.startsWith(origin));
    return Promise.all(all.map(async (one) => ({ ...one, body: await one.body })));
  }
}

/** Before any page of the context: notes what moves without the person having done anything. */
export function watchShifts(context) {
  return context.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const { hadRecentInput, value, sources } of list.getEntries()) {
        if (hadRecentInput) continue;
        const what = sources.map(({ node, previousRect: from, currentRect: to }) =>
          `${node?.nodeName}.${node?.className} ${[from.x, from.y]} to ${[to.x, to.y]}`);
        window.shifts.push([value, ...what]);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** Fails if anything on the page moved. Ask before a screenshot: taking one resizes the window. */
export async function assertStill(page, what) {
  assert.deepEqual(await page.evaluate(() => window.shifts), [], what);
}

export async function screenshot(page, name) {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: `${screenshots}${name}.png`, fullPage: true });
}

/** Asks until it is true; the page's own CSP forbids the eval that waitForFunction needs. */
export async function until(isTrue, { withinMs = PATIENCE_MS } = {}) {
  const last = performance.now() + withinMs;
  while (!(await isTrue())) {
    assert.ok(performance.now() < last, `not within ${withinMs} ms: ${isTrue}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
