// What the button shows is the operator's, from GET /sdk/config.json. This is the one place that
// knows its shape:
//   {"brand":{"name":"Acme ID","light":{"background":"#4338ca","text":"#ffffff",
//             "logo":{"src":"/brand/…","width":64,"height":64}},"dark":{…}}}
// The schemes, their colours and their logos are there if they are configured.

import { ask, serverOrigin } from './server';

export interface Brand {
  name: string;
  /** Of the button, on light and on dark pages. */
  light?: ColorPair;
  dark?: ColorPair;
  /** The URL of an image about as wide as it is high; a wider one spells the name, as the text does. */
  logo?: string;
}
export interface ColorPair {
  background: string;
  text: string;
}

/** What the button says when the server's answer is missing, late or odd. */
export const FALLBACK_BRAND: Brand = { name: 'Latchkey' };
/** In characters, as the server counts them. */
export const BRAND_MAX_LENGTH = 60;

/** Never rejects: a button under another name still signs people in. */
export async function fetchBrand(clientId: string, stop: AbortSignal): Promise<Brand> {
  const path = `/sdk/config.json?client_id=${encodeURIComponent(clientId)}`;
  return ask(path, { credentials: 'omit' }, stop, async (answer) =>
    answer.ok ? brandOf(await answer.json()) : FALLBACK_BRAND,
  ).catch(() => FALLBACK_BRAND);
}

/** The brand in a server's answer, or the fallback; of the rest, what is usable. */
export function brandOf(answer: unknown): Brand {
  const { name, light, dark } = recordOf(recordOf(answer)['brand']);
  if (typeof name !== 'string' || name === '') return FALLBACK_BRAND;
  if ([...name].length > BRAND_MAX_LENGTH) return FALLBACK_BRAND;
  const brand: Brand = { name };
  const [lightColors, darkColors, logo] = [colorsOf(light), colorsOf(dark), logoOf(light)];
  if (lightColors) brand.light = lightColors;
  if (darkColors) brand.dark = darkColors;
  if (logo) brand.logo = logo;
  return brand;
}

function colorsOf(scheme: unknown): ColorPair | undefined {
  const { background, text } = recordOf(scheme);
  return isColor(background) && isColor(text) ? { background, text } : undefined;
}

function logoOf(scheme: unknown): string | undefined {
  const { src, width, height } = recordOf(recordOf(scheme)['logo']);
  if (typeof src !== 'string' || !/^\/[\w/.-]+$/.test(src) || src.startsWith('//')) return undefined;
  return Number(width) > 0 && Number(width) <= 2 * Number(height) ? serverOrigin + src : undefined;
}

const isColor = (text: unknown): text is string =>
  typeof text === 'string' && /^#[0-9a-f]{6}$/i.test(text);

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
