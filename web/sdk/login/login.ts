// The login feature: a button, and what happens from its press to the page's handler.

import { notify } from '../notify';
import type { InitializeOptions, LoginConfig, LoginErrorEvent, LoginInstance } from '../types';
import { createButton } from './button';
import { openPopup, type Popup, type PopupOutcome } from './popup';
import { newFlow, signInUrl } from './request';

export interface LoginContext {
  serverOrigin: string;
  brand: string;
  options: InitializeOptions;
}

/** What the loader holds; the page sees LoginInstance. */
export interface LoginFeature extends LoginInstance {
  update(options: InitializeOptions): void;
}

const DEFAULT_LOCALE = 'en';

export function createLogin(
  context: LoginContext,
  config: LoginConfig,
  onDestroy: () => void,
): LoginFeature {
  return new Login(context, config, onDestroy);
}

class Login implements LoginFeature {
  #options: InitializeOptions;
  #popup: Popup | undefined;
  #state: 'new' | 'started' | 'destroyed' = 'new';
  readonly #button = createButton(() => this.start());
  readonly #context: LoginContext;
  readonly #config: LoginConfig;
  readonly #onDestroy: () => void;

  constructor(context: LoginContext, config: LoginConfig, onDestroy: () => void) {
    this.#context = context;
    this.#config = config;
    this.#options = context.options;
    this.#onDestroy = onDestroy;
    this.#draw();
    // After create() has resolved, so that a handler finds the instance in its variable.
    setTimeout(() => this.#announce());
  }

  get element(): HTMLElement {
    return this.#button.element;
  }

  start(email?: string): void {
    if (this.#state === 'destroyed') return;
    if (this.#popup) return this.#popup.focus();
    if (this.#state === 'started') notify(() => this.#config.onRestart?.());
    this.#state = 'started';

    const flow = newFlow();
    const url = this.#urlFor(flow, email);
    const waits = this.#config.onBeforeAuthenticate !== undefined;
    const { serverOrigin } = this.#context;
    // Opened in the press itself: after an await the browser would block it.
    const popup = openPopup({
      url: waits ? '' : url,
      serverOrigin,
      flow,
      onOutcome: (outcome) => this.#finish(outcome),
    });
    if (!popup) {
      return this.#fail({ code: 'popup_blocked', message: 'The browser blocked the pop-up.' });
    }
    this.#popup = popup;
    this.#button.setState('busy');
    if (waits) void this.#prepare(popup, url);
  }

  update(options: InitializeOptions): void {
    this.#options = options;
    this.#draw();
  }

  destroy(): void {
    if (this.#state === 'destroyed') return;
    this.#state = 'destroyed';
    this.#popup?.cancel();
    this.#popup = undefined;
    this.element.remove();
    this.#onDestroy();
  }

  async #prepare(popup: Popup, url: string): Promise<void> {
    try {
      await this.#config.onBeforeAuthenticate?.();
    } catch {
      if (this.#popup !== popup) return;
      popup.cancel();
      this.#idle();
      this.#fail({
        code: 'before_authenticate_failed',
        message: 'onBeforeAuthenticate did not succeed.',
      });
      return;
    }
    // Closed or destroyed meanwhile: there is nothing to load.
    if (this.#popup === popup) popup.navigate(url);
  }

  #finish(outcome: PopupOutcome): void {
    this.#idle();
    switch (outcome.type) {
      case 'completed':
        return notify(() => this.#config.onComplete?.(outcome.detail));
      case 'cancelled':
        return this.#fail({ code: 'access_denied', message: 'The person chose not to continue.' });
      case 'error':
        return this.#fail(outcome.detail);
      case 'closed':
        return this.#fail({ code: 'popup_closed', message: 'The pop-up was closed half-way.' });
    }
  }

  #fail(error: LoginErrorEvent): void {
    notify(() => this.#config.onError?.(error));
  }

  #idle(): void {
    this.#popup = undefined;
    this.#button.setState('idle');
  }

  #announce(): void {
    if (this.#state === 'destroyed') return;
    notify(() => this.#config.onReady?.({ feature: 'login' }));
    notify(() => this.#config.onLoad?.({ feature: 'login' }));
  }

  #urlFor(flow: string, email: string | undefined): string {
    return signInUrl(this.#context.serverOrigin, {
      clientId: this.#options.apiKey,
      origin: window.location.origin,
      scope: this.#config.attributes?.scope ?? this.#options.scope,
      locale: this.#options.locale ?? DEFAULT_LOCALE,
      loginHint: email,
      flow,
    });
  }

  #draw(): void {
    this.#button.draw({
      brand: this.#context.brand,
      locale: this.#options.locale ?? DEFAULT_LOCALE,
      type: this.#config.attributes?.buttonType ?? 'continue',
      layout: this.#config.attributes?.buttonLayout ?? 'standalone',
      appearances: [this.#options.appearance, this.#config.appearance],
    });
  }
}
