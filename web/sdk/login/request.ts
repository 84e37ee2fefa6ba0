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

/** How it shows, where that is not a window of its own. */
export type Showing =
  | { mode: 'iframe' }
  | { mode: 'redirect'; returnTo: string; codeChallenge: string };

const FLOW_BYTES = 16;

/** 128 random bits, new for every press. */
export const newFlow = () => randomText(FLOW_BYTES);

/** So many random bytes as base64url. */
export function randomText(bytes: number): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(bytes)));
}

export function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

export function signInUrl(server: string, request: SignInRequest, showing?: Showing): string {
  const url = new URL('/sign-in', server);
  const query = url.searchParams;
  query.set('client_id', request.clientId);
  query.set('origin', request.origin);
  if (request.scope) query.set('scope', request.scope);
  query.set('locale', request.locale);
  query.set('flow', request.flow);
  if (showing) query.set('mode', showing.mode);
  if (showing?.mode === 'redirect') {
    query.set('return_to', showing.returnTo);
    query.set('code_challenge', showing.codeChallenge);
  }
  // An address in a URL lands in logs, so it goes in the fragment, which no server sees.
  if (request.loginHint) url.hash = new URLSearchParams({ login_hint: request.loginHint }).toString();
  return url.href;
}
