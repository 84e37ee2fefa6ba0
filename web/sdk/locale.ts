// Locales as pages write them.

export const DEFAULT_LOCALE = 'en';

/** What the server takes at most (RFC 5646 4.4.1). */
const MAX_LENGTH = 35;

/** The tag in its usual spelling, `en_US` included; English for none; undefined if it is no tag. */
export function canonicalLocale(locale: unknown): string | undefined {
  if (locale === undefined || locale === null || locale === '') return DEFAULT_LOCALE;
  if (typeof locale !== 'string' || locale.length > MAX_LENGTH) return undefined;
  try {
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}
