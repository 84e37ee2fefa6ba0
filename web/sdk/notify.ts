// A page's handler is a guest: what it throws is reported as the page's own error and never stops
// a sign-in.

export function notify(call: () => void): void {
  try {
    call();
  } catch (error) {
    reportError(error);
  }
}
