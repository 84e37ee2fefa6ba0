// A second press while the first is on its way does nothing. Not for ever: on a network that swallows
// the answer, or when the person stopped the page, pressing again has to work.

const BUSY_FOR_MS = 10_000;

export function holdSubmit(): void {
  for (const form of document.forms) {
    if (form.hasAttribute('data-download')) continue; // the page stays
    form.addEventListener('submit', (event) => {
      if (form.getAttribute('aria-busy') === 'true') {
        event.preventDefault();
        return;
      }
      form.setAttribute('aria-busy', 'true');
      setTimeout(() => form.removeAttribute('aria-busy'), BUSY_FOR_MS);
    });
  }
  // The back button may bring the page back as it was left.
  window.addEventListener('pageshow', () => {
    for (const form of document.forms) form.removeAttribute('aria-busy');
  });
}
