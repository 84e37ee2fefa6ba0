// What the button says, in the languages that Latchkey speaks. {brand} is the operator's name.

export interface Texts {
  continue: string;
  'sign-in': string;
  'sign-up': string;
  or: string;
  /** Said to screen readers while the pop-up is open. */
  busy: string;
  loading: string;
  close: string;
  /** In the dialog: go on in a window of its own. */
  elsewhere: string;
}

const english: Texts = {
  continue: 'Continue with {brand}',
  'sign-in': 'Sign in with {brand}',
  'sign-up': 'Sign up with {brand}',
  or: 'or',
  busy: 'Continue in the window that opened.',
  loading: 'Loading…',
  close: 'Close',
  elsewhere: 'Open in a new window',
};

const languages: Readonly<Record<string, Texts>> = {
  en: english,
  es: {
    continue: 'Continuar con {brand}',
    'sign-in': 'Iniciar sesión con {brand}',
    'sign-up': 'Registrarse con {brand}',
    or: 'o',
    busy: 'Continúa en la ventana que se abrió.',
    loading: 'Cargando…',
    close: 'Cerrar',
    elsewhere: 'Abrir en una ventana nueva',
  },
  fr: {
    continue: 'Continuer avec {brand}',
    'sign-in': 'Se connecter avec {brand}',
    'sign-up': 'S’inscrire avec {brand}',
    or: 'ou',
    busy: 'Continuez dans la fenêtre qui s’est ouverte.',
    loading: 'Chargement…',
    close: 'Fermer',
    elsewhere: 'Ouvrir dans une nouvelle fenêtre',
  },
  de: {
    continue: 'Weiter mit {brand}',
    'sign-in': 'Mit {brand} anmelden',
    'sign-up': 'Mit {brand} registrieren',
    or: 'oder',
    busy: 'Weiter geht es in dem Fenster, das sich geöffnet hat.',
    loading: 'Wird geladen …',
    close: 'Schließen',
    elsewhere: 'In einem neuen Fenster öffnen',
  },
  ja: {
    continue: '{brand}で続ける',
    'sign-in': '{brand}でログイン',
    'sign-up': '{brand}で登録',
    or: 'または',
    busy: '開いたウィンドウで続けてください。',
    loading: '読み込み中…',
    close: '閉じる',
    elsewhere: '新しいウィンドウで開く',
  },
  ar: {
    continue: 'المتابعة باستخدام {brand}',
    'sign-in': 'تسجيل الدخول باستخدام {brand}',
    'sign-up': 'التسجيل باستخدام {brand}',
    or: 'أو',
    busy: 'تابِع في النافذة التي فُتحت.',
    loading: 'جارٍ التحميل…',
    close: 'إغلاق',
    elsewhere: 'الفتح في نافذة جديدة',
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

/** An unknown type means `continue`. */
export function buttonText(texts: Texts, type: string, brand: string): string {
  const known = type === 'sign-in' || type === 'sign-up' ? type : 'continue';
  return withBrand(texts[known], brand);
}

export function withBrand(text: string, brand: string): string {
  return text.replace('{brand}', () => brand);
}

function languageOf(locale: string): string {
  return locale.toLowerCase().split('-')[0] ?? '';
}
