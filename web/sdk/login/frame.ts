// The sign-in page in a dialog of this page. Only the app's registered origin may frame it.

import { serverOrigin } from '../server';
import type { Attempt, AttemptOptions, Outcome } from './attempt';
import { openChannel } from './channel';
import { type DialogView, openDialog } from './dialog';
import { isOutcome, type SignInMessage } from './messages';
import { signInUrl } from './request';

/** A frame that has loaded something, and has not said by then that it is ours, is not. */
const SPEAKS_WITHIN_MS = 2000;
/** What takes longer to load is not waited for. */
const LOADS_WITHIN_MS = 30_000;

export function openFrame(options: AttemptOptions, view: DialogView): Attempt {
  let isThere = false;
  let patience: ReturnType<typeof setTimeout> | undefined;
  const dialog = openDialog(view, {
    onClose: () => answer({ type: 'closed' }),
    onElsewhere: () => answer({ type: 'elsewhere' }),
    onFrameLoad: () => wait(SPEAKS_WITHIN_MS),
  });
  const channel = openChannel(options.flow, () => dialog.frame.contentWindow, hear);

  function wait(milliseconds: number): void {
    if (isThere) return;
    clearTimeout(patience);
    patience = setTimeout(() => answer({ type: 'unavailable' }), milliseconds);
  }
  function hear(message: SignInMessage): void {
    if (isOutcome(message)) return answer(message);
    switch (message.type) {
      case 'loaded':
        isThere = true;
        clearTimeout(patience);
        return dialog.show();
      case 'resized':
        return dialog.resize(message.height);
      case 'close_requested':
        return answer({ type: 'closed' });
    }
  }
  function stop(): void {
    channel.close();
    clearTimeout(patience);
    dialog.close();
  }
  function answer(outcome: Outcome): void {
    stop();
    options.onOutcome(outcome);
    options.onGone();
  }

  return {
    load(request) {
      wait(LOADS_WITHIN_MS);
      dialog.frame.src = signInUrl(serverOrigin, request, { mode: 'iframe' });
    },
    focus: () => dialog.frame.focus(),
    cancel: stop,
  };
}
