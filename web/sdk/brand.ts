// What the button shows is the operator's: GET /sdk/config.json answers {"brand":{"name":"…"}}.
// This is the one place that knows its shape.

import { ask } from './server';

export interface Brand {
  name: string;
}

/** What the button says when the server's answer is missing, late or odd. */
export const FALLBACK_BRAND: Brand = { name: 'Latchkey' };
export const BRAND_MAX_LENGTH = 60;

/** Never rejects: a button under another name still signs people in. */
export async function fetchBrand(clientId: string, stop: AbortSignal): Promise<Brand> {
  const path = `/sdk/config.json?client_id=${encodeURIComponent(clientId)}`;
  return ask(path, { credentials: 'omit' }, stop, async (answer) =>
    answer.ok ? brandOf(await answer.json()) : FALLBACK_BRAND,
  ).catch(() => FALLBACK_BRAND);
}

/** The brand in a server's answer, or the fallback. */
export function brandOf(answer: unknown): Brand {
  const name = (answer as { brand?: { name?: unknown } } | null)?.brand?.name;
  const usable = typeof name === 'string' && name !== '' && name.length <= BRAND_MAX_LENGTH;
  return usable ? { name } : FALLBACK_BRAND;
}
