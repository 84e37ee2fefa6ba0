// Inline mode: beside the page's own e-mail field. What is typed stays in the page; the field only
// decides when the offer shows, and the address goes along when the person presses. Nothing is
// asked about it before: the answer would tell any page who has an account.

/** Typing has paused for so long. */
const DEBOUNCE_MS = 300;
/** A page that draws its field later than this has none. */
const APPEARS_WITHIN_MS = 10_000;

export interface EmailFieldOptions {
  /** Where the field is now; undefined or null until it is there. May throw. */
  find(): HTMLInputElement | null | undefined;
  /** The address in it, after a pause; undefined when there is none. */
  onChange(email: string | undefined): void;
  onMissing(): void;
}

export interface EmailField {
  /** The address in it right now. */
  email(): string | undefined;
  stop(): void;
}

export function watchEmailField(options: EmailFieldOptions): EmailField {
  const stop = new AbortController();
  let input: HTMLInputElement | undefined;
  let debounce: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    clearTimeout(debounce);
    options.onChange(emailOf(input));
  }
  function attach(): boolean {
    input = find(options) ?? undefined;
    if (!input) return false;
    const { signal } = stop;
    const pause = () => {
      clearTimeout(debounce);
      debounce = setTimeout(tell, DEBOUNCE_MS);
    };
    input.addEventListener('input', pause, { signal });
    input.addEventListener('change', tell, { signal });
    tell();
    return true;
  }
  const forget = attach() ? () => {} : waitForField(attach, options.onMissing);

  return {
    email: () => emailOf(input),
    stop() {
      stop.abort();
      clearTimeout(debounce);
      forget();
      input = undefined;
    },
  };
}

/** Looks again whenever the document grows. What stops it. */
function waitForField(attach: () => boolean, onMissing: () => void): () => void {
  const timer = setTimeout(onMissing, APPEARS_WITHIN_MS);
  const observer = new MutationObserver(() => {
    if (attach()) forget();
  });
  function forget(): void {
    clearTimeout(timer);
    observer.disconnect();
  }
  observer.observe(document, { childList: true, subtree: true });
  return forget;
}

function find(options: EmailFieldOptions): HTMLInputElement | undefined {
  try {
    const found = options.find();
    return found instanceof HTMLInputElement ? found : undefined;
  } catch {
    return undefined; // a selector that is none
  }
}

function emailOf(input: HTMLInputElement | undefined): string | undefined {
  const text = input?.value.trim() ?? '';
  return isPlausibleEmail(text) && input?.validity.valid ? text : undefined;
}

/** Good enough to offer to go on with; the server judges. */
export function isPlausibleEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text);
}
