// One press of the button: a pop-up, one answer from it, or its being closed.

import { acknowledgement, judgeMessage, type SignInMessage } from './messages';

export type PopupOutcome = SignInMessage | { type: 'closed' };

export interface Popup {
  /** Loads the sign-in page, where the pop-up was opened empty. */
  navigate(url: string): void;
  focus(): void;
  /** Closes it and stops listening; no outcome is reported any more. */
  cancel(): void;
}

export interface PopupOptions {
  /** Where it starts; empty to open it now and load the page later. */
  url: string;
  serverOrigin: string;
  flow: string;
  /** Called once. */
  onOutcome(outcome: PopupOutcome): void;
}

const WIDTH = 480;
const HEIGHT = 720;

/** A closed window tells nobody, so it is looked at this often. */
const POLL_MS = 250;
/** A message posted just before the window closed may still be on its way. */
const GRACE_MS = 250;

/** Undefined when the browser blocks it: it must be called straight from a press. */
export function openPopup(options: PopupOptions): Popup | undefined {
  const opened = window.open(options.url || 'about:blank', '_blank', placement());
  if (!opened) return undefined;

  let grace: ReturnType<typeof setTimeout> | undefined;
  const poll = setInterval(() => {
    if (!opened.closed) return;
    clearInterval(poll);
    grace = setTimeout(() => end({ type: 'closed' }), GRACE_MS);
  }, POLL_MS);

  function stop(): void {
    window.removeEventListener('message', onMessage);
    clearInterval(poll);
    clearTimeout(grace);
  }
  function end(outcome: PopupOutcome): void {
    stop();
    options.onOutcome(outcome);
  }
  function onMessage(event: MessageEvent): void {
    const expected = { origin: options.serverOrigin, source: opened, flow: options.flow };
    const message = judgeMessage(event, expected);
    if (!message) return;
    opened?.postMessage(acknowledgement(options.flow), options.serverOrigin);
    end(message);
  }
  window.addEventListener('message', onMessage);

  return {
    navigate: (url) => opened.location.replace(url),
    focus: () => opened.focus(),
    cancel: () => {
      stop();
      opened.close();
    },
  };
}

// In the middle of the window that it belongs to, on whichever screen that is.
function placement(): string {
  const left = Math.round(window.screenX + Math.max(0, (window.outerWidth - WIDTH) / 2));
  const top = Math.round(window.screenY + Math.max(0, (window.outerHeight - HEIGHT) / 2));
  return `popup=yes,width=${WIDTH},height=${HEIGHT},left=${left},top=${top}`;
}
