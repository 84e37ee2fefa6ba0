// Whether this browser is signed in at the server, as far as it sends the cookie of a session from
// this page: yes or no, and to registered origins alone. No address ever goes into the question,
// so the answer cannot tell who has an account.

import { ask, formPost } from './server';
import type { SdkErrorEvent } from './types';

export interface Recognition {
  recognized: boolean;
  /** The server could not say. */
  failed: boolean;
  /** Why it never will, from this page. */
  problem?: SdkErrorEvent;
}

const STRANGER: Recognition = { recognized: false, failed: false };

const PROBLEMS = {
  invalid_client: 'There is no app with this apiKey.',
  invalid_origin: "The app has not registered this page's origin.",
} as const;

/** Never rejects. */
export async function recognize(clientId: string, stop: AbortSignal): Promise<Recognition> {
  const init: RequestInit = { ...formPost({ client_id: clientId }), credentials: 'include' };
  return ask('/sdk/recognition', init, stop, async (answer) =>
    recognitionOf(await answer.json()),
  ).catch(() => ({ ...STRANGER, failed: true }));
}

export function recognitionOf(answer: unknown): Recognition {
  const { recognized, error } = (answer ?? {}) as { recognized?: unknown; error?: unknown };
  if (typeof recognized === 'boolean') return { recognized, failed: false };
  if (error === 'invalid_client' || error === 'invalid_origin') {
    return { ...STRANGER, problem: { code: error, message: PROBLEMS[error] } };
  }
  return { ...STRANGER, failed: true };
}
