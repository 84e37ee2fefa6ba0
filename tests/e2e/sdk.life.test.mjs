// What the SDK leaves behind when it is told to go: nothing, as the browser itself counts.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from './support/browser.mjs';
import { partnerPage } from './support/partner.mjs';
import { useSdk } from './support/sdk.mjs';

const ROUNDS = 200;
const page = partnerPage('LATCHKEY', 'client-1',
  '<label>E-mail <input id="email" type="email"></label><div id="place"></div>');

describe("the end of the SDK's components", () => {
  const t = useSdk({ site: { more: { '/field': page } } });

  /** Counted by the page from here on: timers that run and listeners on what outlives the SDK. */
  const count = () => t.page.evaluate(() => {
    const live = { timers: new Set(), intervals: new Set(), listeners: 0, observers: 0 };
    window.live = live;
    const wrap = (name, undo, set) => {
      const [original, originalUndo] = [window[name], window[undo]];
      window[name] = (work, ...rest) => {
        const id = original(() => (name === 'setTimeout' && set.delete(id), work()), ...rest);
        set.add(id);
        return id;
      };
      window[undo] = (id) => (set.delete(id), originalUndo(id));
    };
    wrap('setTimeout', 'clearTimeout', live.timers);
    wrap('setInterval', 'clearInterval', live.intervals);
    const { observe, disconnect } = MutationObserver.prototype;
    MutationObserver.prototype.observe = function (...all) {
      live.observers += 1;
      return observe.apply(this, all);
    };
    MutationObserver.prototype.disconnect = function () {
      live.observers -= 1;
      return disconnect.call(this);
    };
    for (const target of [window, document, document.querySelector('#email')].filter(Boolean)) {
      const { addEventListener, removeEventListener } = target;
      target.addEventListener = (type, listener, options) => {
        live.listeners += 1;
        options?.signal?.addEventListener('abort', () => (live.listeners -= 1));
        return addEventListener.call(target, type, listener, options);
      };
      target.removeEventListener = (...all) => {
        live.listeners -= 1;
        return removeEventListener.apply(target, all);
      };
    }
  });
  const live = () => t.page.evaluate(() => ({
    timers: window.live.timers.size,
    intervals: window.live.intervals.size,
    listeners: window.live.listeners,
    observers: window.live.observers,
    elements: document.querySelectorAll('*').length,
    frames: window.length,
  }));
  /** By the browser's own account, after it has thrown away what nobody holds. */
  async function inBrowser() {
    const session = await t.context.newCDPSession(t.page);
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.collectGarbage');
    const { nodes, documents, jsEventListeners } = await session.send('Memory.getDOMCounters');
    await session.detach();
    return { nodes, documents, jsEventListeners };
  }

  for (const [what, attributes] of [
    ['a pop-up', {}],
    ['a dialog', { uxMode: 'iframe' }],
    ['a redirect that has not left yet', { uxMode: 'redirect' }],
    ['an e-mail field', { emailInputSelector: '#email' }],
    ['an e-mail field that is not there', { emailInputSelector: '#nowhere' }],
  ]) {
    it(`is whole with ${what} open`, async () => {
      await t.open('/field');
      await count();
      const before = await live();
      await t.page.evaluate((given) => window.setUp({
        attributes: given,
        // Nothing loads: what is open stays as it is until it is destroyed.
        onBeforeAuthenticate: () => new Promise(() => {}),
      }), attributes);
      await t.hears('onLoad');
      await t.page.evaluate(() => window.login.start());
      const during = await live();
      assert.ok(during.listeners + during.timers + during.observers > 0, 'something to leave');
      await t.page.evaluate(() => window.login.destroy());
      assert.deepEqual(await live(), before);
      await until(() => t.context.pages().length === 1);
      await t.page.evaluate(() => {
        window.login.destroy();
        window.login.start();
        window.login.update({ attributes: { buttonType: 'sign-in' } });
      });
      assert.deepEqual(await live(), before, 'what is gone stays gone');
      assert.deepEqual(await t.errors(), []);
    });
  }

  it(`leaves nothing after ${ROUNDS} lives`, async () => {
    await t.open('/field');
    await count();
    const round = (times) => t.page.evaluate(async (n) => {
      const kinds = [
        {}, { uxMode: 'iframe' }, { emailInputSelector: '#email' }, { emailInputSelector: '#no' },
      ];
      for (let i = 0; i < n; i += 1) {
        const shop = window.ShopSDK.initialize({ apiKey: 'client-1', features: { login: true } });
        const attributes = kinds[i % kinds.length];
        const login = await shop.create('login', { attributes });
        document.querySelector('#place').append(login.element);
        shop.update({ locale: i % 2 ? 'ar' : 'en' });
        if (attributes.uxMode) login.start();
        // Every other one by itself, the rest with the SDK that made it.
        if (i % 2) login.destroy();
        shop.destroy();
      }
    }, times);
    // What is made once for all: modules, caches of the browser.
    await round(8);
    await until(async () => (await live()).timers === 0);
    const before = { ...(await live()), ...(await inBrowser()) };
    await round(ROUNDS);
    await until(async () => (await live()).timers === 0);
    const same = async () => {
      const now = { ...(await live()), ...(await inBrowser()) };
      return JSON.stringify(now) === JSON.stringify(before) ||
        (now.nodes <= before.nodes && now.jsEventListeners <= before.jsEventListeners &&
          now.documents <= before.documents && now.listeners === before.listeners);
    };
    await until(same).catch(async () => {
      assert.deepEqual({ ...(await live()), ...(await inBrowser()) }, before);
    });
    assert.equal(t.context.pages().length, 1);
  });

  it('destroys its components with itself, and makes no more', async () => {
    await t.setUp();
    await t.page.evaluate(() => window.shop.destroy());
    assert.equal(await t.button().count(), 0);
    const refused = await t.page.evaluate(() => window.shop.create('login').catch((e) => e.name));
    assert.equal(refused, 'AbortError');
  });

  it('tells nothing any more: not what was on its way', async () => {
    let answerNow;
    const destroyed = new Promise((resolve) => { answerNow = resolve; });
    let answered;
    const asked = new Promise((resolve) => {
      void t.context.route('**/sdk/recognition', async (route) => {
        resolve();
        await destroyed;
        answered = route.fulfill({ json: { recognized: true } }).catch(() => undefined);
      });
    });
    await t.page.evaluate(() =>
      window.setUp({}, { onRecognized: () => window.heard.push(['onRecognized']) }));
    await asked;
    const heardBefore = await t.page.evaluate(() => {
      window.shop.destroy();
      return window.heard.length;
    });
    answerNow();
    await until(() => answered !== undefined);
    await answered;
    await t.page.waitForTimeout(300);
    const names = (await t.heard()).map(([name]) => name);
    assert.deepEqual(names.slice(heardBefore), []);
    assert.ok(!names.includes('onRecognized') && !names.includes('onLoad'));
  });
});
