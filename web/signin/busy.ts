// A second press while the first is on its way does nothing.

export function holdSubmit(): void {
  for (const form of document.forms) {
    if (form.hasAttribute('data-download')) continue; // the page stays
    form.addEventListener('submit', (event) => {
      if (form.getAttribute('aria-busy') === 'true') event.preventDefault();
      else form.setAttribute('aria-busy', 'true');
    });
  }
  // The back button may bring the page back as it was left.
  window.addEventListener('pageshow', () => {
    for (const form of document.forms) form.removeAttribute('aria-busy');
  });
}
