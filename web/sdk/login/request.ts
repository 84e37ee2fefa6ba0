// The address of the sign-in page for one press of the button.

export interface SignInRequest {
  clientId: string;
  /** The page's own origin; the server answers to it only when the app has registered it. */
  origin: string;
  locale: string;
  /** Names this press in every message, so that an answer to another one is not taken for it. */
  flow: string;
  scope?: string | undefined;
  loginHint?: string | undefined;
}

const FLOW_BYTES = 16;

/** 128 random bits as base64url, new for every press. */
export function newFlow(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(FLOW_BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

export function signInUrl(serverOrigin: string, request: SignInRequest): string {
  const url = new URL('/sign-in', serverOrigin);
  url.searchParams.set('client_id', request.clientId);
  url.searchParams.set('origin', request.origin);
  if (request.scope) url.searchParams.set('scope', request.scope);
  url.searchParams.set('locale', request.locale);
  url.searchParams.set('flow', request.flow);
  // An address in a URL lands in logs, so it goes in the fragment, which no server sees.
  if (request.loginHint) url.hash = new URLSearchParams({ login_hint: request.loginHint }).toString();
  return url.href;
}
