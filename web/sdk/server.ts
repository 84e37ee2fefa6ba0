// The server is where this code came from, so its address is never configured twice.

export const moduleUrl = import.meta.url;
export const serverOrigin = new URL(moduleUrl).origin;

/** What nobody waits longer for: a button without an answer still signs people in. */
export const PATIENCE_MS = 3000;

/** The server's answer. Rejects when there is none in time, or when `stop` is aborted. */
export async function ask<Answer>(
  path: string,
  init: RequestInit,
  stop: AbortSignal,
  read: (response: Response) => Promise<Answer>,
): Promise<Answer> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE_MS);
  stop.addEventListener('abort', () => late.abort(), { once: true, signal: late.signal });
  try {
    stop.throwIfAborted();
    return await read(await fetch(serverOrigin + path, { ...init, signal: late.signal }));
  } finally {
    clearTimeout(timer);
    // Also takes the listener off `stop`.
    late.abort();
  }
}

/** A form post across origins that needs no preflight. */
export function formPost(fields: Record<string, string>): RequestInit {
  return { method: 'POST', body: new URLSearchParams(fields) };
}
