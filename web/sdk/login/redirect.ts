// The sign-in page in this very window, which comes back. Between leaving and coming back only the
// tab's own storage knows the verifier that opens what the server hands back sealed in the
// fragment (RFC 7636): a link with somebody else's outcome, or a copy of this one, opens nothing.

import { ask, formPost, serverOrigin } from '../server';
import type { Attempt, AttemptOptions, Outcome } from './attempt';
import { isOutcome, readMessage } from './messages';
import { base64Url, randomText, signInUrl } from './request';

const KEY = 'latchkey.redirect';
const VERIFIER_BYTES = 32;

interface Left {
  clientId: string;
  flow: string;
  verifier: string;
}

/** Undefined when this page may keep nothing. */
export function leave(options: AttemptOptions, clientId: string, returnTo: string) {
  const verifier = randomText(VERIFIER_BYTES);
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ clientId, flow: options.flow, verifier }));
  } catch {
    return undefined;
  }
  // The back button may bring this page back as it was left.
  const onShow = (event: PageTransitionEvent) => {
    if (!event.persisted) return;
    stop();
    options.onOutcome({ type: 'closed' });
    options.onGone();
  };
  window.addEventListener('pageshow', onShow);
  let stopped = false;
  function stop(): void {
    stopped = true;
    window.removeEventListener('pageshow', onShow);
  }
  return {
    async load(request) {
      const codeChallenge = await challengeOf(verifier);
      const url = signInUrl(serverOrigin, request, { mode: 'redirect', returnTo, codeChallenge });
      if (!stopped) window.location.assign(url);
    },
    focus: () => {},
    cancel: stop,
  } satisfies Attempt;
}

/**
 * What this page came back with for this app, if it did; undefined if not. Takes it out of the
 * address and out of the storage: it is told once.
 */
export function takeReturn(clientId: string, stop: AbortSignal): Promise<Outcome> | undefined {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const flow = fragment.get('latchkey_flow');
  const result = fragment.get('latchkey_result');
  if (!flow || !result) return undefined;
  const left = takeLeft();
  if (left && left.clientId !== clientId) {
    // Another app's component on this page will ask.
    sessionStorage.setItem(KEY, JSON.stringify(left));
    return undefined;
  }
  history.replaceState(history.state, '', location.pathname + location.search);
  if (!left || left.flow !== flow) return Promise.resolve(notOurs);
  return open(result, left, stop);
}

async function open(result: string, left: Left, stop: AbortSignal): Promise<Outcome> {
  const init = formPost({ result, code_verifier: left.verifier });
  try {
    return await ask('/sdk/result', { ...init, credentials: 'omit' }, stop, async (answer) => {
      const said: unknown = await answer.json();
      const message = readMessage(said, left.flow);
      if (isOutcome(message)) return message;
      return (said as { error?: unknown }).error === 'expired' ? late : notOurs;
    });
  } catch {
    return failed('api_unavailable', 'The server could not be reached.');
  }
}

function takeLeft(): Left | undefined {
  try {
    const text = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return text === null ? undefined : (JSON.parse(text) as Left);
  } catch {
    return undefined;
  }
}

export async function challengeOf(verifier: string): Promise<string> {
  const bytes = new TextEncoder().encode(verifier);
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

const failed = (code: string, message: string): Outcome => ({
  type: 'error',
  detail: { code, message },
});
const notOurs = failed('invalid_result', 'This page did not ask for what came back.');
const late = failed('expired', 'What came back is too old.');
