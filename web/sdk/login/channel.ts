// Hears one window about one press, until it is closed.

import { serverOrigin } from '../server';
import { acknowledgement, isOutcome, judgeMessage, type SignInMessage } from './messages';

export interface Channel {
  close(): void;
}

/** `speaker` is asked each time: a frame has its window only while it is in the document. */
export function openChannel(
  flow: string,
  speaker: () => Window | null,
  onMessage: (message: SignInMessage) => void,
): Channel {
  function hear(event: MessageEvent): void {
    const source = speaker();
    const message = judgeMessage(event, { origin: serverOrigin, source, flow });
    if (!message) return;
    if (isOutcome(message)) source?.postMessage(acknowledgement(flow), serverOrigin);
    onMessage(message);
  }
  window.addEventListener('message', hear);
  return { close: () => window.removeEventListener('message', hear) };
}
