// The link beside the code opens a window of its own. Its code comes in the fragment, which no
// server and no log sees; the person sends it by pressing the button. Then the window that asked
// for the code goes on by itself.

import { CODE_DIGITS, digitsOf } from './code_entry';

const channelOf = (flow: string): BroadcastChannel => new BroadcastChannel(`latchkey-${flow}`);

export function takeLinkedCode(): void {
  const code = linkedCodeOf(location.hash);
  if (code === undefined) return;
  history.replaceState(history.state, '', location.pathname + location.search);
  const input = document.querySelector<HTMLInputElement>('input[autocomplete~="one-time-code"]');
  if (!input) return;
  input.value = code;
  input.form?.querySelector('button')?.focus();
}

export function linkedCodeOf(hash: string): string | undefined {
  const code = new URLSearchParams(hash.replace(/^#/, '')).get('code') ?? '';
  return code.length === CODE_DIGITS && digitsOf(code) === code ? code : undefined;
}

/** Tells the waiting window that this one got through, or waits to be told. */
export function followLink(): void {
  const moved = document.querySelector('[data-moved]')?.getAttribute('data-moved');
  if (moved) channelOf(moved).postMessage('moved');
  const waiting = document.querySelector('form[data-flow]')?.getAttribute('data-flow');
  if (waiting) channelOf(waiting).addEventListener('message', () => location.reload());
}
