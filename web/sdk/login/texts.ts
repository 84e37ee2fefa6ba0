// What the button says, in the languages that Latchkey speaks. {brand} is the operator's name.

import type { ButtonType } from '../types';

export interface Texts {
  continue: string;
  'sign-in': string;
  or: string;
  /** Said to screen readers while the pop-up is open. */
  busy: string;
}

const english: Texts = {
  continue: 'Continue with {brand}',
  'sign-in': 'Sign in with {brand}',
  or: 'or',
  busy: 'Continue in the window that opened.',
};

const languages: Readonly<Record<string, Texts>> = {
  en: english,
  es: {
    continue: 'Continuar con {brand}',
    'sign-in': 'Iniciar sesión con {brand}',
    or: 'o',
    busy: 'Continúa en la ventana que se abrió.',
  },
  fr: {
    continue: 'Continuer avec {brand}',
    'sign-in': 'Se connecter avec {brand}',
    or: 'ou',
    busy: 'Continuez dans la fenêtre qui s’est ouverte.',
  },
  de: {
    continue: 'Weiter mit {brand}',
    'sign-in': 'Mit {brand} anmelden',
    or: 'oder',
    busy: 'Weiter geht es in dem Fenster, das sich geöffnet hat.',
  },
  ja: {
    continue: '{brand}で続ける',
    'sign-in': '{brand}でログイン',
    or: 'または',
    busy: '開いたウィンドウで続けてください。',
  },
  ar: {
    continue: 'المتابعة باستخدام {brand}',
    'sign-in': 'تسجيل الدخول باستخدام {brand}',
    or: 'أو',
    busy: 'تابِع في النافذة التي فُتحت.',
  },
};

const RIGHT_TO_LEFT = ['ar', 'he', 'fa', 'ur'];

/** By the tag's language; English for one that is not here. */
export function textsFor(locale: string): Texts {
  return languages[languageFor(locale)] ?? english;
}

/** The language in which textsFor answers, for the element's `lang`. */
export function languageFor(locale: string): string {
  const language = languageOf(locale);
  return Object.hasOwn(languages, language) ? language : 'en';
}

export function directionFor(locale: string): 'rtl' | 'ltr' {
  return RIGHT_TO_LEFT.includes(languageFor(locale)) ? 'rtl' : 'ltr';
}

export function buttonText(texts: Texts, type: ButtonType, brand: string): string {
  const text = type === 'sign-in' ? texts['sign-in'] : texts.continue;
  return text.replace('{brand}', () => brand);
}

function languageOf(locale: string): string {
  return locale.toLowerCase().split('-')[0] ?? '';
}
