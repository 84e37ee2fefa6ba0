// The name on the button is the operator's: GET /sdk/config.json answers {"brand":{"name":"…"}}.

/** What the button says when the server's answer is missing, late or odd. */
export const FALLBACK_BRAND = 'Latchkey';
export const BRAND_TIMEOUT_MS = 3000;
export const BRAND_MAX_LENGTH = 60;

/** Never rejects: a button under another name still signs people in. */
export async function fetchBrand(
  serverOrigin: string,
  clientId: string,
  stop: AbortSignal,
): Promise<string> {
  const url = `${serverOrigin}/sdk/config.json?client_id=${encodeURIComponent(clientId)}`;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), BRAND_TIMEOUT_MS);
  stop.addEventListener('abort', () => late.abort(), { once: true, signal: late.signal });
  try {
    const answer = await fetch(url, { credentials: 'omit', signal: late.signal });
    return answer.ok ? brandOf(await answer.json()) : FALLBACK_BRAND;
  } catch {
    return FALLBACK_BRAND;
  } finally {
    clearTimeout(timer);
    // Also takes the listener off `stop`.
    late.abort();
  }
}

/** The brand's name in a server's answer, or the fallback. */
export function brandOf(answer: unknown): string {
  const name = (answer as { brand?: { name?: unknown } } | null)?.brand?.name;
  const usable = typeof name === 'string' && name !== '' && name.length <= BRAND_MAX_LENGTH;
  return usable ? name : FALLBACK_BRAND;
}
