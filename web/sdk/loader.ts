// The loader: a page's one script tag. It registers window.ShopSDK and fetches a feature's code
// when it is first needed, from beside itself, so the server's address is never configured twice.

import { fetchBrand } from './brand';
import type { createLogin, LoginFeature } from './login/login';
import { notify } from './notify';
import type { Feature, InitializeOptions, LoginConfig, ShopInstance } from './types';

export type * from './types';

const features = { login: './login.js' } as const satisfies Record<Feature, string>;

// Built as a file of its own: the bundler must not follow this import.
function loadLogin(): Promise<{ createLogin: typeof createLogin }> {
  return import(/* @vite-ignore */ new URL(features.login, moduleUrl).href);
}

const moduleUrl = import.meta.url;
const serverOrigin = new URL(moduleUrl).origin;

class Shop implements ShopInstance {
  #options: InitializeOptions;
  readonly #brand: Promise<string>;
  readonly #stop = new AbortController();
  readonly #made = new Set<LoginFeature>();

  constructor(options: InitializeOptions) {
    this.#options = { ...options };
    this.#brand = fetchBrand(serverOrigin, options.apiKey, this.#stop.signal);
    void this.#preload();
  }

  async create(feature: 'login', config: LoginConfig = {}): Promise<LoginFeature> {
    if (!Object.hasOwn(features, feature)) throw new TypeError(`unknown feature: ${feature}`);
    const [{ createLogin }, brand] = await Promise.all([this.#load(), this.#brand]);
    if (this.#stop.signal.aborted) throw new DOMException('the SDK was destroyed', 'AbortError');
    const login = createLogin({ serverOrigin, brand, options: this.#options }, config, () => {
      this.#made.delete(login);
    });
    this.#made.add(login);
    return login;
  }

  update(options: Partial<Omit<InitializeOptions, 'apiKey'>>): void {
    this.#options = { ...this.#options, ...options, apiKey: this.#options.apiKey };
    for (const feature of this.#made) feature.update(this.#options);
  }

  destroy(): void {
    this.#stop.abort();
    for (const feature of [...this.#made]) feature.destroy();
  }

  async #preload(): Promise<void> {
    const wanted = this.#options.features?.login ? (['login'] as const) : [];
    // create() meets the same failure and rejects with it; here onError has been told.
    const loaded = await Promise.all(wanted.map(() => this.#load())).catch(() => undefined);
    if (loaded && !this.#stop.signal.aborted) {
      notify(() => this.#options.onReady?.({ features: [...wanted] }));
    }
  }

  async #load() {
    try {
      return await loadLogin();
    } catch (cause) {
      const message = 'The sign-in code could not be loaded.';
      notify(() => this.#options.onError?.({ code: 'api_unavailable', message }));
      throw new Error(message, { cause });
    }
  }
}

/** Throws TypeError when `apiKey` is missing. */
export function initialize(options: InitializeOptions): ShopInstance {
  if (typeof options?.apiKey !== 'string' || options.apiKey === '') {
    throw new TypeError('ShopSDK.initialize needs apiKey, the client ID of your app');
  }
  return new Shop(options);
}

window.ShopSDK = { initialize };
