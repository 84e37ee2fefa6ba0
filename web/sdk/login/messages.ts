// What the sign-in page says to the page that opened it, and what is believed (RFC 9700 4.17).
// Any window can post any message; four checks make one ours: it comes from Latchkey's origin,
// from the pop-up that this press opened, it is in our protocol, and it names this press.

import type { LoginCompleteEvent, LoginErrorEvent } from '../types';

export const FROM_LATCHKEY = 'latchkey';
export const FROM_SDK = 'latchkey-sdk';

export type SignInMessage =
  | { type: 'completed'; detail: LoginCompleteEvent }
  | { type: 'cancelled' }
  | { type: 'error'; detail: LoginErrorEvent };

export interface Expected {
  origin: string;
  source: unknown;
  flow: string;
}

/** The message, if it is from our pop-up about our press and well-formed; undefined otherwise. */
export function judgeMessage(
  event: Pick<MessageEvent, 'origin' | 'source' | 'data'>,
  expected: Expected,
): SignInMessage | undefined {
  if (event.origin !== expected.origin) return undefined;
  if (event.source === null || event.source !== expected.source) return undefined;
  const data: unknown = event.data;
  if (!isRecord(data) || data['source'] !== FROM_LATCHKEY) return undefined;
  if (data['flow'] !== expected.flow) return undefined;
  return readMessage(data['type'], data['detail']);
}

/** Tells the pop-up that its answer arrived, so that it closes. */
export function acknowledgement(flow: string) {
  return { source: FROM_SDK, flow, type: 'received' } as const;
}

function readMessage(type: unknown, detail: unknown): SignInMessage | undefined {
  switch (type) {
    case 'completed':
      return isComplete(detail) ? { type, detail: pickComplete(detail) } : undefined;
    case 'cancelled':
      return { type };
    case 'error':
      return isError(detail)
        ? { type, detail: { code: detail.code, message: detail.message } }
        : undefined;
    default:
      return undefined;
  }
}

// Only what is documented reaches the page, whatever a newer server adds.
function pickComplete(detail: LoginCompleteEvent): LoginCompleteEvent {
  const { email, emailVerified, consentedScopes, signedIn, shopConsentToken } = detail;
  const event = { email, emailVerified, consentedScopes, signedIn };
  return shopConsentToken === undefined ? event : { ...event, shopConsentToken };
}

function isComplete(detail: unknown): detail is LoginCompleteEvent {
  return (
    isRecord(detail) &&
    typeof detail['email'] === 'string' &&
    typeof detail['emailVerified'] === 'boolean' &&
    typeof detail['consentedScopes'] === 'string' &&
    typeof detail['signedIn'] === 'boolean' &&
    ['string', 'undefined'].includes(typeof detail['shopConsentToken'])
  );
}

function isError(detail: unknown): detail is LoginErrorEvent {
  return (
    isRecord(detail) && typeof detail['code'] === 'string' && typeof detail['message'] === 'string'
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
