// The SDK's public types, published as loader.sdk.esm.d.ts beside the loader. Names and shapes are
// the contract's (section 4.2), so that code written for the Shop platform compiles; codes are
// ours. docs/sdk.md tells what each does.

/** The features that `create` knows. */
export type Feature = 'login';

/** A BCP-47 tag such as `en`, `fr` or `ro-RO`. */
export type Locale = string;

/** CSS custom properties that style what the SDK draws; a component's win over the SDK's. */
export interface AppearanceConfig {
  variables?: Record<`--${string}`, string>;
  /** Where `attributes.uxMode` says nothing: `popup` is `windoid`. */
  preferredLoginExperience?: 'popup' | 'iframe' | 'redirect' | (string & {});
}

/** What is wrong with how the SDK is used or reached, outside any one sign-in. */
export interface SdkErrorEvent {
  /**
   * - `api_unavailable`: a feature's code did not load
   * - `invalid_client`: there is no app with this `apiKey`
   * - `invalid_origin`: the app has not registered this page's origin
   * - `invalid_locale`: `locale` is no BCP-47 tag; English is shown
   * - `unsupported_feature`: `features` names one that is not offered here
   */
  code:
    | 'api_unavailable'
    | 'invalid_client'
    | 'invalid_origin'
    | 'invalid_locale'
    | 'unsupported_feature';
  message: string;
}

/** Whether this browser is signed in to the operator's service, as far as it may be seen. */
export interface RecognizedState {
  recognized: boolean;
}

export interface InitializeOptions {
  /** The app's client ID. */
  apiKey: string;
  /** Default `en`. */
  locale?: Locale;
  /** `true` starts to load that feature's code now, so that `create` answers sooner. */
  features?: Partial<Record<Feature | 'lead-capture', boolean>>;
  appearance?: AppearanceConfig;
  /** Scopes to ask for, separated by spaces, where a component names none. */
  scope?: string;
  onError?(event: SdkErrorEvent): void;
  /** The features that were to be loaded now are loaded. */
  onReady?(event: { features: Feature[] }): void;
  /** Once for each page load, without any press. Says nothing about who it is. */
  onRecognized?(state: RecognizedState): void;
  /** Taken for `apiKey` by some integrations, and ignored beside it. */
  clientId?: string;
}

/** What can be changed later: all but the app. */
export type UpdateOptions = Partial<Omit<InitializeOptions, 'apiKey' | 'clientId'>>;

/** `continue`: "Continue with …"; `sign-in`: "Sign in with …"; `sign-up`: "Sign up with …". */
export type ButtonType = 'continue' | 'sign-in' | 'sign-up' | (string & {});

/** `standalone`: the button alone; `or`: under a line that says "or", to follow another form. */
export type ButtonLayout = 'standalone' | 'or' | (string & {});

/**
 * Where the sign-in shows: a window of its own, a dialog in this page, or this very window, which
 * comes back.
 */
export type UxMode = 'windoid' | 'iframe' | 'redirect';

export interface LoginAttributes {
  /** Default `continue`, which an unknown one means too. */
  buttonType?: ButtonType;
  /** Default `standalone`. */
  buttonLayout?: ButtonLayout;
  /** Scopes to ask for, separated by spaces; `shop_app:oauth` asks for all the app may have. */
  scope?: string;
  /** The page's e-mail field: the button shows once an address is in it, and takes it along. */
  emailInputSelector?: string;
  /** Default `windoid`; a pop-up that the browser blocks becomes a dialog. */
  uxMode?: UxMode;
  /** `redirect`: the registered URI to return to. Default: this page without query and fragment. */
  redirectUri?: string;
  /** Another app than `apiKey`. */
  clientId?: string;
  /** Accepted and ignored: the origin that counts is the page's own. */
  storefrontOrigin?: string;
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
 * Why a sign-in ended without an answer.
 *
 * - `popup_blocked`: the browser let neither a pop-up nor a dialog show the page
 * - `popup_closed`: the person closed the pop-up or the dialog half-way
 * - `access_denied`: the person chose "Not now"
 * - `frame_unavailable`: `uxMode: 'iframe'`, and the page did not come up in the frame
 * - `storage_unavailable`: `uxMode: 'redirect'`, and the browser keeps nothing for this page
 * - `before_authenticate_failed`: `onBeforeAuthenticate` threw or rejected
 * - `email_input_not_found`: no field where `emailInputSelector` or `onGetEmailInput` points
 * - `invalid_result`, `expired`: what redirect mode brought back was not for this page, or late
 * - `api_unavailable`: the server could not be reached
 * - `invalid_request`, `rate_limited`, `retriable_server_error`: the server's, passed on
 */
export type LoginErrorCode =
  | 'popup_blocked'
  | 'popup_closed'
  | 'access_denied'
  | 'frame_unavailable'
  | 'storage_unavailable'
  | 'before_authenticate_failed'
  | 'email_input_not_found'
  | 'invalid_result'
  | 'expired'
  | 'api_unavailable'
  | 'invalid_request'
  | 'rate_limited'
  | 'retriable_server_error'
  | (string & {});

export interface LoginErrorEvent {
  code: LoginErrorCode;
  message: string;
  /** The address that the page itself handed to the sign-in, if it did. */
  email?: string;
}

/** The element is drawn and recognition has finished. */
export interface LoginLoadEvent {
  feature: Feature;
  userFound: boolean;
}

export interface LoginConfig {
  attributes?: LoginAttributes;
  appearance?: AppearanceConfig;
  /** Runs after the press and before the sign-in page loads; the page waits for its promise. */
  onBeforeAuthenticate?(): void | Promise<void>;
  /** The element's code is loaded. */
  onReady?(event: { feature: Feature }): void;
  onLoad?(event: LoginLoadEvent): void;
  onComplete?(event: LoginCompleteEvent): void;
  /** After `onComplete`: nothing of the sign-in is on the screen any more. */
  onConfirmSuccess?(): void;
  onError?(event: LoginErrorEvent): void;
  /** The person starts again after a sign-in that ended. */
  onRestart?(): void;
  /** The page's e-mail field, in place of `emailInputSelector`. */
  onGetEmailInput?(): HTMLInputElement | null | undefined;
}

export interface LoginInstance {
  /** Yours to put into the document, where and when you like. */
  readonly element: HTMLElement;
  /** Starts as if pressed; called from anything but a click or a key, it shows as a dialog. */
  start(email?: string): void;
  /** Changes what is named: attributes and variables one by one, handlers as a whole. */
  update(config: LoginConfig): void;
  /** Takes the element out, closes what is open, stops listening. */
  destroy(): void;
}

export interface ShopInstance {
  /** Resolves when the element can be inserted. Rejects when the feature's code does not load. */
  create(feature: 'login', config?: LoginConfig): Promise<LoginInstance>;
  /** Changes what is named, in components that exist too. */
  update(options: UpdateOptions): void;
  /** Destroys every component that it made. */
  destroy(): void;
}

export interface ShopSdk {
  /** Throws TypeError without an `apiKey`. */
  initialize(options: InitializeOptions): ShopInstance;
}

/** What `completed` carries on `<shop-login-button>`. */
export interface CompletedDetail extends LoginCompleteEvent {
  loggedIn: boolean;
}

/** The events of `<shop-login-button>`; none bubbles. */
export interface ShopLoginButtonEvents {
  loaded: CustomEvent<{ userFound: boolean }>;
  completed: CustomEvent<CompletedDetail>;
  error: CustomEvent<LoginErrorEvent>;
  restarted: CustomEvent<null>;
  popuploading: CustomEvent<null>;
  modalopened: CustomEvent<null>;
  modalclosed: CustomEvent<null>;
  shopusermatched: CustomEvent<null>;
  shopusernotmatched: CustomEvent<{ apiError: boolean }>;
}

declare global {
  interface Window {
    ShopSDK: ShopSdk;
  }
  interface HTMLElementTagNameMap {
    'shop-login-button': HTMLElement;
  }
}

/** The same as `window.ShopSDK.initialize`, for `import`. */
export declare const initialize: ShopSdk['initialize'];
