import { describe, expect, it } from 'vitest';
import { buttonText, directionFor, languageFor, textsFor } from './texts';

describe('the button', () => {
  it.each([
    ['en', 'Continue with Acme', 'ltr', 'en'],
    ['fr-CA', 'Continuer avec Acme', 'ltr', 'fr'],
    ['DE', 'Weiter mit Acme', 'ltr', 'de'],
    ['ar', 'المتابعة باستخدام Acme', 'rtl', 'ar'],
    ['ro-RO', 'Continue with Acme', 'ltr', 'en'],
    ['constructor', 'Continue with Acme', 'ltr', 'en'],
    ['', 'Continue with Acme', 'ltr', 'en'],
  ])('in %s says %s', (locale, text, direction, language) => {
    expect(buttonText(textsFor(locale), 'continue', 'Acme')).toBe(text);
    expect(directionFor(locale)).toBe(direction);
    expect(languageFor(locale)).toBe(language);
  });

  it('has another text for sign-in', () => {
    expect(buttonText(textsFor('en'), 'sign-in', 'Acme')).toBe('Sign in with Acme');
  });

  it('takes a name as it is', () => {
    expect(buttonText(textsFor('en'), 'continue', '$& {brand}')).toBe('Continue with $& {brand}');
  });
});
