// The sign-in page in a window of its own.

import { serverOrigin } from '../server';
import type { Attempt, AttemptOptions, Outcome } from './attempt';
import { openChannel } from './channel';
import { isOutcome } from './messages';
import { type SignInRequest, signInUrl } from './request';

const WIDTH = 480;
const HEIGHT = 720;

/** A closed window tells nobody, so it is looked at this often. */
const POLL_MS = 250;
/** A message posted just before the window closed may still be on its way. */
const GRACE_MS = 250;

/**
 * Opens it on `first`, or empty. Undefined when the browser blocks it: it must be called straight
 * from a press, because after an await the browser no longer lets it open.
 */
export function openPopup(options: AttemptOptions, first?: SignInRequest): Attempt | undefined {
  const url = first ? signInUrl(serverOrigin, first) : 'about:blank';
  const opened = window.open(url, '_blank', placement());
  if (!opened) return undefined;

  let answered = false;
  let grace: ReturnType<typeof setTimeout> | undefined;
  const poll = setInterval(() => {
    if (!opened.closed) return;
    clearInterval(poll);
    if (answered) return options.onGone();
    grace = setTimeout(() => {
      answer({ type: 'closed' });
      options.onGone();
    }, GRACE_MS);
  }, POLL_MS);
  const channel = openChannel(options.flow, () => opened, (message) => {
    if (isOutcome(message)) answer(message);
  });

  function answer(outcome: Outcome): void {
    answered = true;
    channel.close();
    clearTimeout(grace);
    options.onOutcome(outcome);
  }

  return {
    load(request) {
      if (!first) opened.location.replace(signInUrl(serverOrigin, request));
    },
    focus: () => opened.focus(),
    cancel() {
      channel.close();
      clearInterval(poll);
      clearTimeout(grace);
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
