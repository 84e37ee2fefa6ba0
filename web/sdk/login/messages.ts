// What the sign-in page says to the page that opened or frames it, and what is believed (RFC 9700
// 4.17). Any window can post any message; four checks make one ours: it comes from Latchkey's
// origin, from the window that this press opened, it is in our protocol, and it names this press.

import type { LoginCompleteEvent, LoginErrorEvent } from '../types';

export const FROM_LATCHKEY = 'latchkey';
export const FROM_SDK = 'latchkey-sdk';

/** How it ended. */
export type SignInOutcome =
  | { type: 'completed'; detail: LoginCompleteEvent }
  | { type: 'cancelled' }
  | { type: 'error'; detail: LoginErrorEvent };

/** What a frame says of itself meanwhile. */
export type FrameNews =
  | { type: 'loaded' }
  | { type: 'resized'; height: number }
  | { type: 'close_requested' };

export type SignInMessage = SignInOutcome | FrameNews;

export interface Expected {
  origin: string;
  source: unknown;
  flow: string;
}

/** The message, if it is from our window about our press and well-formed; undefined otherwise. */
export function judgeMessage(
  event: Pick<MessageEvent, 'origin' | 'source' | 'data'>,
  expected: Expected,
): SignInMessage | undefined {
  if (event.origin !== expected.origin) return undefined;
  if (event.source === null || event.source !== expected.source) return undefined;
  return readMessage(event.data, expected.flow);
}

/** The same for what came another way from the server itself. */
export function readMessage(data: unknown, flow: string): SignInMessage | undefined {
  if (!isRecord(data) || data['source'] !== FROM_LATCHKEY) return undefined;
  if (data['flow'] !== flow) return undefined;
  return readBody(data['type'], data['detail']);
}

export function isOutcome(message: SignInMessage | undefined): message is SignInOutcome {
  return message !== undefined && ['completed', 'cancelled', 'error'].includes(message.type);
}

/** Tells the pop-up that its answer arrived, so that it closes. */
export function acknowledgement(flow: string) {
  return { source: FROM_SDK, flow, type: 'received' } as const;
}

function readBody(type: unknown, detail: unknown): SignInMessage | undefined {
  switch (type) {
    case 'completed':
      return isComplete(detail) ? { type, detail: pickComplete(detail) } : undefined;
    case 'error':
      return isError(detail)
        ? { type, detail: { code: detail.code, message: detail.message } }
        : undefined;
    case 'resized':
      return isResize(detail) ? { type, height: detail.height } : undefined;
    case 'cancelled':
    case 'loaded':
    case 'close_requested':
      return { type };
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

function isResize(detail: unknown): detail is { height: number } {
  return isRecord(detail) && Number.isFinite(detail['height']);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
