// One try to sign in: what the three ways of showing the sign-in page have in common.

import type { SignInRequest } from './request';
import type { SignInOutcome } from './messages';

/**
 * `closed`: the person left it half-way. `unavailable`: the page did not come up there.
 * `elsewhere`: the person would rather go on in a window of its own.
 */
export type Outcome = SignInOutcome | { type: 'closed' | 'unavailable' | 'elsewhere' };

export interface Attempt {
  /** Loads the sign-in page. Once. */
  load(request: SignInRequest): void;
  focus(): void;
  /** Closes it and stops listening; nothing is reported any more. */
  cancel(): void;
}

export interface AttemptOptions {
  flow: string;
  /** Called once. */
  onOutcome(outcome: Outcome): void;
  /** After the outcome: nothing of it is on the screen any more. */
  onGone(): void;
}
