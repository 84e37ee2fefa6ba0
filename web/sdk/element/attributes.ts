// What the attributes of <shop-login-button> say, in kebab-case as in its documentation.

import { modeOf } from '../login/settings';
import type { LoginConfig } from '../types';

/** Those that make it another button; a change draws it anew. */
export const OBSERVED = [
  'client-id',
  'ux-mode',
  'response-type',
  'scope',
  'redirect-uri',
  'state',
  'code-challenge',
  'code-challenge-method',
  'locale',
  'button-type',
  'button-layout',
  'email-input-selector',
] as const;

export type Read = (name: string) => string | null;

export function configOf(read: Read): LoginConfig {
  const given = (name: string) => read(name) || undefined;
  const wanted = {
    uxMode: modeOf([given('ux-mode')]),
    scope: given('scope'),
    redirectUri: given('redirect-uri'),
    buttonType: given('button-type'),
    buttonLayout: given('button-layout'),
    emailInputSelector: given('email-input-selector'),
  };
  const present = Object.entries(wanted).filter(([, value]) => value !== undefined);
  return { attributes: Object.fromEntries(present) };
}

/** Handed on to the authorization endpoint as they are (RFC 6749 4.1.1, RFC 7636 4.3). */
const PASSED_ON = {
  'client-id': 'client_id',
  'redirect-uri': 'redirect_uri',
  'response-type': 'response_type',
  scope: 'scope',
  state: 'state',
  nonce: 'nonce',
  prompt: 'prompt',
  'code-challenge': 'code_challenge',
  'code-challenge-method': 'code_challenge_method',
  'analytics-context': 'analytics_context',
} as const;

const DEFAULT_SCOPE = 'openid email profile';

/** True where the page's own server takes an authorization code at its redirect URI. */
export function wantsCode(read: Read): boolean {
  return read('response-type') === 'code';
}

/** Where such a press leads. */
export function authorizeUrl(read: Read, server: string, pageOrigin: string): string {
  const url = new URL('/oauth/authorize', server);
  for (const [attribute, parameter] of Object.entries(PASSED_ON)) {
    const value = read(attribute);
    if (value) url.searchParams.set(parameter, value);
  }
  if (!url.searchParams.has('redirect_uri')) url.searchParams.set('redirect_uri', pageOrigin);
  if (!url.searchParams.has('scope')) url.searchParams.set('scope', DEFAULT_SCOPE);
  // OpenID Connect Core 3.1.2.1
  const locale = read('locale');
  if (locale) url.searchParams.set('ui_locales', locale);
  return url.href;
}
