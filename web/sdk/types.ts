// The SDK's public types, published as sdk/types/types.d.ts. Names and shapes are the contract's
// (section 4.2), so that code written for the Shop platform compiles; codes are ours.

/** The features that `create` knows. */
export type Feature = 'login';

/** A BCP-47 tag such as `en`, `fr` or `ro-RO`. */
export type Locale = string;

/** CSS custom properties that style what the SDK draws; a component's win over the SDK's. */
export interface AppearanceConfig {
  variables?: Record<`--${string}`, string>;
}

/** What went wrong with the SDK itself, outside any one sign-in. */
export interface SdkErrorEvent {
  /** `api_unavailable`: a feature's code did not load. */
  code: 'api_unavailable';
  message: string;
}

export interface InitializeOptions {
  /** The app's client ID. */
  apiKey: string;
  /** Default `en`. */
  locale?: Locale;
  /** `true` starts to load that feature's code now, so that `create` answers sooner. */
  features?: Partial<Record<Feature, boolean>>;
  appearance?: AppearanceConfig;
  /** Scopes to ask for, separated by spaces, where a component names none. */
  scope?: string;
  onError?(event: SdkErrorEvent): void;
  /** The features that were to be loaded now are loaded. */
  onReady?(event: { features: Feature[] }): void;
}

/** `continue`: "Continue with …"; `sign-in`: "Sign in with …". */
export type ButtonType = 'continue' | 'sign-in';

/** `standalone`: the button alone; `or`: under a line that says "or", to follow another form. */
export type ButtonLayout = 'standalone' | 'or';

export interface LoginAttributes {
  /** Default `continue`. */
  buttonType?: ButtonType;
  /** Default `standalone`. */
  buttonLayout?: ButtonLayout;
  /** Scopes to ask for, separated by spaces; `shop_app:oauth` asks for all the app may have. */
  scope?: string;
}

/** The person signed in and agreed. */
export interface LoginCompleteEvent {
  email: string;
  emailVerified: boolean;
  /** Separated by spaces. */
  consentedScopes: string;
  /** `false`: the person only gave an e-mail address. */
  signedIn: boolean;
  /** A credential, good once and for minutes: hand it to your server at once, never log it. */
  shopConsentToken?: string;
}

/**
 * Why a sign-in ended without an answer. The codes below come from the SDK; a code that the server
 * sends (`invalid_request`, `server_error`, …) is passed on as it is.
 *
 * - `popup_blocked`: the browser did not let the pop-up open
 * - `popup_closed`: the person closed the pop-up half-way
 * - `access_denied`: the person chose "Not now"
 * - `before_authenticate_failed`: `onBeforeAuthenticate` threw or rejected
 */
export type LoginErrorCode =
  | 'popup_blocked'
  | 'popup_closed'
  | 'access_denied'
  | 'before_authenticate_failed'
  | 'invalid_request'
  | 'server_error'
  | (string & {});

export interface LoginErrorEvent {
  code: LoginErrorCode;
  message: string;
}

export interface LoginConfig {
  attributes?: LoginAttributes;
  appearance?: AppearanceConfig;
  /** Runs after the press and before the sign-in page loads; the page waits for its promise. */
  onBeforeAuthenticate?(): void | Promise<void>;
  /** The element's code is loaded. */
  onReady?(event: { feature: 'login' }): void;
  /** The element is drawn and can be pressed. */
  onLoad?(event: { feature: 'login' }): void;
  onComplete?(event: LoginCompleteEvent): void;
  onError?(event: LoginErrorEvent): void;
  /** The person starts again after a sign-in that ended. */
  onRestart?(): void;
}

export interface LoginInstance {
  /** Yours to put into the document, where and when you like. */
  readonly element: HTMLElement;
  /** Starts as if pressed; call it from a click or a key, or the pop-up is blocked. */
  start(email?: string): void;
  /** Takes the element out, closes a pop-up that is open, stops listening. */
  destroy(): void;
}

export interface ShopInstance {
  /** Resolves when the element can be inserted. Rejects when the feature's code does not load. */
  create(feature: 'login', config?: LoginConfig): Promise<LoginInstance>;
  /** Changes what is named, in components that exist too. */
  update(options: Partial<Omit<InitializeOptions, 'apiKey'>>): void;
  /** Destroys every component that it made. */
  destroy(): void;
}

export interface ShopSdk {
  initialize(options: InitializeOptions): ShopInstance;
}

declare global {
  interface Window {
    ShopSDK: ShopSdk;
  }
}
