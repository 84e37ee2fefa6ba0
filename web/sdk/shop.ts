// What `initialize` gives: one configuration that every component inherits, and their lives.

import { type Brand, fetchBrand } from './brand';
import { isFeature, loadLogin } from './feature_code';
import { canonicalLocale } from './locale';
import type { LoginFeature, LoginHooks } from './login/login';
import { notify } from './notify';
import { type Recognition, recognize } from './recognition';
import type {
  Feature,
  InitializeOptions,
  LoginConfig,
  SdkErrorEvent,
  ShopInstance,
  UpdateOptions,
} from './types';

/** Throws TypeError when `apiKey` is missing. */
export function initialize(options: InitializeOptions): ShopInstance {
  const apiKey = options?.apiKey ?? options?.clientId;
  if (typeof apiKey !== 'string' || apiKey.trim() === '') {
    throw new TypeError('ShopSDK.initialize needs apiKey, the client ID of your app');
  }
  return new Shop({ ...options, apiKey });
}

export class Shop implements ShopInstance {
  /** What the server knows of this browser; a page hears the half of it that is its own. */
  readonly recognition: Promise<Recognition>;
  #options: InitializeOptions;
  readonly #brand: Promise<Brand>;
  readonly #stop = new AbortController();
  readonly #made = new Set<LoginFeature>();

  constructor(options: InitializeOptions) {
    this.#options = this.#withLocale(options);
    this.#brand = fetchBrand(options.apiKey, this.#stop.signal);
    this.recognition = recognize(options.apiKey, this.#stop.signal);
    void this.#tellRecognition();
    void this.#preload();
  }

  async create(
    feature: 'login',
    config: LoginConfig = {},
    hooks: LoginHooks = {},
  ): Promise<LoginFeature> {
    if (!isFeature(feature)) throw new TypeError(`unknown feature: ${feature}`);
    const [{ createLogin }, brand] = await Promise.all([this.#load(), this.#brand]);
    if (this.#stop.signal.aborted) throw new DOMException('the SDK was destroyed', 'AbortError');
    const login = createLogin(
      {
        brand,
        options: this.#options,
        recognition: this.recognition,
        hooks,
        onDestroy: () => this.#made.delete(login),
      },
      config,
    );
    this.#made.add(login);
    return login;
  }

  update(options: UpdateOptions): void {
    const { apiKey } = this.#options;
    this.#options = this.#withLocale({ ...this.#options, ...options, apiKey });
    for (const feature of this.#made) feature.inherit(this.#options);
  }

  destroy(): void {
    this.#stop.abort();
    for (const feature of [...this.#made]) feature.destroy();
  }

  async #tellRecognition(): Promise<void> {
    const { recognized, problem } = await this.recognition;
    if (this.#stop.signal.aborted) return;
    if (problem) this.#fail(problem);
    notify(() => this.#options.onRecognized?.({ recognized }));
  }

  async #preload(): Promise<void> {
    const asked = Object.entries(this.#options.features ?? {}).filter(([, wanted]) => wanted);
    const features = asked.map(([name]) => name).filter(isFeature) satisfies Feature[];
    // create() meets the same failure and rejects with it; here onError has been told.
    const loaded = await Promise.all(features.map(() => this.#load())).catch(() => undefined);
    if (this.#stop.signal.aborted) return;
    for (const [name] of asked) {
      if (isFeature(name)) continue;
      this.#fail({ code: 'unsupported_feature', message: `There is no feature ${name} here.` });
    }
    if (loaded) notify(() => this.#options.onReady?.({ features }));
  }

  async #load() {
    try {
      return await loadLogin();
    } catch (cause) {
      const message = 'The sign-in code could not be loaded.';
      if (!this.#stop.signal.aborted) this.#fail({ code: 'api_unavailable', message });
      throw new Error(message, { cause });
    }
  }

  /** With a locale that everything behind understands. What is wrong is told, not thrown. */
  #withLocale(options: InitializeOptions): InitializeOptions {
    const locale = canonicalLocale(options.locale);
    if (locale !== undefined) return { ...options, locale };
    const message = `${String(options.locale)} is no BCP-47 tag.`;
    queueMicrotask(() => this.#fail({ code: 'invalid_locale', message }));
    const { locale: _, ...rest } = options;
    return rest;
  }

  // Nobody listening must not mean that nobody learns: this is a mistake in the page.
  #fail(error: SdkErrorEvent): void {
    const { onError } = this.#options;
    if (onError) notify(() => onError(error));
    else console.error(`ShopSDK: ${error.code}: ${error.message}`);
  }
}
