// <shop-login-button>: the login feature as markup, for pages written that way. Its attributes are
// read when it is in the document and whenever they change; what happens is told by events.

import { serverOrigin } from '../server';
import { Shop } from '../shop';
import type { LoginConfig, LoginInstance } from '../types';
import { authorizeUrl, configOf, OBSERVED, type Read, wantsCode } from './attributes';

export class ShopLoginButton extends HTMLElement {
  static readonly observedAttributes: readonly string[] = OBSERVED;
  #shop: Shop | undefined;
  #login: LoginInstance | undefined;
  #waits = false;

  connectedCallback(): void {
    this.#renew();
  }
  disconnectedCallback(): void {
    this.#clear();
  }
  attributeChangedCallback(): void {
    if (this.isConnected) this.#renew();
  }

  /** As LoginInstance.start. */
  start(email?: string): void {
    this.#login?.start(email);
  }

  /** Once for all attributes that change together. */
  #renew(): void {
    this.#clear();
    if (this.#waits) return;
    this.#waits = true;
    queueMicrotask(() => {
      this.#waits = false;
      if (this.isConnected && !this.#shop) void this.#create();
    });
  }

  #clear(): void {
    this.#shop?.destroy();
    this.#shop = this.#login = undefined;
  }

  async #create(): Promise<void> {
    const read: Read = (name) => this.getAttribute(name);
    const apiKey = read('client-id') ?? '';
    if (apiKey === '') {
      const message = 'shop-login-button needs client-id, the client ID of your app.';
      return this.#tell('error', { code: 'invalid_client', message });
    }
    const shop = new Shop({
      apiKey,
      locale: read('locale') ?? document.documentElement.lang,
      onError: (error) => this.#tell('error', error),
    });
    this.#shop = shop;
    // onError has been told; destroyed meanwhile is no error.
    const login = await shop
      .create('login', this.#config(read, shop), {
        onSurface: (change) => this.#tell(change, null),
        ...(wantsCode(read) && { onPress: () => this.#leaveForCode(read) }),
      })
      .catch(() => undefined);
    if (!login || this.#shop !== shop) return login?.destroy();
    this.#login = login;
    if (!this.hasAttribute('full-width')) login.element.style.inlineSize = 'fit-content';
    this.replaceChildren(login.element);
  }

  #config(read: Read, shop: Shop): LoginConfig {
    return {
      ...configOf(read),
      onLoad: ({ userFound }) => void this.#tellLoaded(userFound, shop),
      onComplete: (event) => this.#tell('completed', { ...event, loggedIn: event.signedIn }),
      onError: (error) => this.#tell('error', error),
      onRestart: () => this.#tell('restarted', null),
    };
  }

  /** The page's server takes the code at its redirect URI: this page has nothing to hear. */
  #leaveForCode(read: Read): void {
    window.location.assign(authorizeUrl(read, serverOrigin, window.location.origin));
  }

  async #tellLoaded(userFound: boolean, shop: Shop): Promise<void> {
    const { failed } = await shop.recognition;
    if (userFound) this.#tell('shopusermatched', null);
    else this.#tell('shopusernotmatched', { apiError: failed });
    this.#tell('loaded', { userFound });
  }

  // None bubbles: an `error` that did would be taken for a script's.
  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
