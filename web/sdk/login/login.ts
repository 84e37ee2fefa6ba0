// The login feature: a button, and what happens from its press to the page's handler.

import type { Brand } from '../brand';
import { notify } from '../notify';
import type { Recognition } from '../recognition';
import type { InitializeOptions, LoginConfig, LoginErrorEvent, LoginInstance, UxMode } from '../types';
import type { Attempt, AttemptOptions, Outcome } from './attempt';
import { createButton } from './button';
import { type EmailField, watchEmailField } from './email_field';
import { openFrame } from './frame';
import { openPopup } from './popup';
import { leave, takeReturn } from './redirect';
import { newFlow, type SignInRequest } from './request';
import { mergeConfig, settingsOf } from './settings';

/** What <shop-login-button> does besides. */
export interface LoginHooks {
  /** What opens and closes around the element. */
  onSurface?: (change: 'popuploading' | 'modalopened' | 'modalclosed') => void;
  /** In place of a sign-in. */
  onPress?: () => void;
}

export interface LoginContext {
  brand: Brand;
  options: InitializeOptions;
  recognition: Promise<Recognition>;
  hooks: LoginHooks;
  onDestroy(): void;
}

/** What the loader holds; the page sees LoginInstance. */
export interface LoginFeature extends LoginInstance {
  /** The SDK's own configuration changed. */
  inherit(options: InitializeOptions): void;
}

export function createLogin(context: LoginContext, config: LoginConfig): LoginFeature {
  return new Login(context, config);
}

const FAILURES = {
  access_denied: 'The person chose not to continue.',
  popup_blocked: 'The browser lets neither a pop-up nor a dialog show the sign-in page.',
  popup_closed: 'The sign-in was closed half-way.',
  frame_unavailable: 'The sign-in page did not come up in the dialog.',
  storage_unavailable: 'The browser keeps nothing for this page.',
  before_authenticate_failed: 'onBeforeAuthenticate did not succeed.',
  email_input_not_found: 'There is no e-mail field where the configuration says.',
} as const;

class Login implements LoginFeature {
  #options: InitializeOptions;
  #config: LoginConfig;
  /** From a press to its outcome. */
  #attempt: Attempt | undefined;
  /** From an outcome until it is gone from the screen. */
  #leaving: Attempt | undefined;
  #email: string | undefined;
  #state: 'new' | 'started' | 'destroyed' = 'new';
  #field: EmailField | undefined;
  readonly #button = createButton(() => this.start());
  readonly #context: LoginContext;
  readonly #stop = new AbortController();

  constructor(context: LoginContext, config: LoginConfig) {
    this.#context = context;
    this.#config = config;
    this.#options = context.options;
    this.#draw();
    this.#watchField();
    // After create() has resolved, so that a handler finds the instance in its variable.
    setTimeout(() => void this.#begin());
  }

  get element(): HTMLElement {
    return this.#button.element;
  }

  start(email?: string): void {
    if (this.#state === 'destroyed') return;
    if (this.#context.hooks.onPress) return this.#context.hooks.onPress();
    if (this.#attempt) return this.#attempt.focus();
    this.#leaving?.cancel();
    if (this.#state === 'started') notify(() => this.#config.onRestart?.());
    this.#state = 'started';
    this.#email = email ?? this.#field?.email();
    this.#open(settingsOf(this.#options, this.#config).mode);
  }

  inherit(options: InitializeOptions): void {
    this.#options = options;
    this.#draw();
  }

  update(config: LoginConfig): void {
    if (this.#state === 'destroyed') return;
    this.#config = mergeConfig(this.#config, config);
    this.#draw();
    this.#watchField();
  }

  destroy(): void {
    if (this.#state === 'destroyed') return;
    this.#state = 'destroyed';
    this.#stop.abort();
    this.#attempt?.cancel();
    this.#leaving?.cancel();
    this.#attempt = this.#leaving = undefined;
    this.#field?.stop();
    this.element.remove();
    this.#context.onDestroy();
  }

  async #begin(): Promise<void> {
    if (this.#state === 'destroyed') return;
    notify(() => this.#config.onReady?.({ feature: 'login' }));
    const returned = takeReturn(settingsOf(this.#options, this.#config).clientId, this.#stop.signal);
    if (returned) this.#button.setState('here');
    const { recognized } = await this.#context.recognition;
    if (this.#isDestroyed()) return;
    notify(() => this.#config.onLoad?.({ feature: 'login', userFound: recognized }));
    if (!returned) return;
    const outcome = await returned;
    if (this.#isDestroyed()) return;
    this.#state = 'started';
    this.#finish(outcome);
    if (outcome.type === 'completed') notify(() => this.#config.onConfirmSuccess?.());
  }

  #isDestroyed(): boolean {
    return this.#state === 'destroyed';
  }

  /** `instead` tells of a pop-up that the browser blocked. */
  #open(mode: UxMode, instead?: 'of a pop-up'): void {
    const flow = newFlow();
    let succeeded = false;
    const options: AttemptOptions = {
      flow,
      onOutcome: (outcome) => {
        this.#leaving = this.#attempt;
        this.#attempt = undefined;
        if (mode === 'iframe') this.#context.hooks.onSurface?.('modalclosed');
        if (outcome.type === 'elsewhere') return this.#open('windoid');
        succeeded = outcome.type === 'completed';
        const blocked = outcome.type === 'unavailable' && instead !== undefined;
        if (blocked) this.#fail('popup_blocked');
        else this.#finish(outcome);
      },
      onGone: () => {
        this.#leaving = undefined;
        if (succeeded) notify(() => this.#config.onConfirmSuccess?.());
      },
    };
    const attempt = this.#show(mode, options);
    if (!attempt) {
      if (mode === 'windoid') return this.#open('iframe', 'of a pop-up');
      return this.#fail('storage_unavailable');
    }
    this.#attempt = attempt;
    this.#button.setState(mode === 'windoid' ? 'window' : 'here');
    void this.#load(attempt, flow);
  }

  #show(mode: UxMode, options: AttemptOptions): Attempt | undefined {
    const { locale, clientId, redirectUri } = settingsOf(this.#options, this.#config);
    switch (mode) {
      case 'windoid': {
        const waits = this.#config.onBeforeAuthenticate !== undefined;
        const popup = openPopup(options, waits ? undefined : this.#request(options.flow));
        if (popup) this.#context.hooks.onSurface?.('popuploading');
        return popup;
      }
      case 'iframe':
        this.#context.hooks.onSurface?.('modalopened');
        return openFrame(options, { brand: this.#context.brand.name, locale });
      case 'redirect':
        return leave(options, clientId, redirectUri);
    }
  }

  async #load(attempt: Attempt, flow: string): Promise<void> {
    try {
      const ready = this.#config.onBeforeAuthenticate?.();
      if (ready !== undefined) await ready;
    } catch {
      if (this.#attempt !== attempt) return;
      attempt.cancel();
      this.#attempt = undefined;
      return this.#fail('before_authenticate_failed');
    }
    // Closed or destroyed meanwhile: there is nothing to load.
    if (this.#attempt === attempt) attempt.load(this.#request(flow));
  }

  #request(flow: string): SignInRequest {
    const { clientId, scope, locale } = settingsOf(this.#options, this.#config);
    const { origin } = window.location;
    return { clientId, origin, scope, locale, loginHint: this.#email, flow };
  }

  #finish(outcome: Outcome): void {
    switch (outcome.type) {
      case 'completed':
        this.#button.setState('idle');
        return notify(() => this.#config.onComplete?.(outcome.detail));
      case 'cancelled':
        return this.#fail('access_denied');
      case 'error':
        return this.#failWith(outcome.detail);
      case 'unavailable':
        return this.#fail('frame_unavailable');
      case 'closed':
      case 'elsewhere':
        return this.#fail('popup_closed');
    }
  }

  #fail(code: keyof typeof FAILURES): void {
    this.#failWith({ code, message: FAILURES[code] });
  }

  #failWith(error: LoginErrorEvent): void {
    this.#button.setState('idle');
    const email = this.#email;
    notify(() => this.#config.onError?.(email === undefined ? error : { ...error, email }));
  }

  #watchField(): void {
    this.#field?.stop();
    this.#field = undefined;
    const selector = this.#config.attributes?.emailInputSelector;
    const { onGetEmailInput } = this.#config;
    const isInline = onGetEmailInput !== undefined || selector !== undefined;
    this.#button.setOffer(isInline ? 'hidden' : 'shown');
    if (!isInline) return;
    this.#field = watchEmailField({
      find: () => onGetEmailInput?.() ?? document.querySelector<HTMLInputElement>(selector ?? ':not(*)'),
      onChange: (email) => this.#button.setOffer(email === undefined ? 'hidden' : 'shown'),
      onMissing: () => this.#fail('email_input_not_found'),
    });
  }

  #draw(): void {
    this.#button.draw(this.#context.brand, settingsOf(this.#options, this.#config));
  }
}
