// In a frame: the page around it, and no other, is told that the sign-in is there, how tall it is,
// and that the person pressed Escape. The server says whose page that may be:
//   <script type="application/json" id="latchkey-frame">{"origin":"…","flow":"…"}</script>

interface Around {
  origin: string;
  flow: string;
}

export function tellAround(): void {
  const element = document.getElementById('latchkey-frame');
  if (!element || window.parent === window) return;
  const { origin, flow } = JSON.parse(element.textContent ?? '') as Around;
  const tell = (type: string, detail?: object) =>
    window.parent.postMessage({ source: 'latchkey', flow, type, detail }, origin);

  tell('loaded');
  const main = document.querySelector('main');
  if (main) {
    new ResizeObserver(() => tell('resized', { height: heightTo(main) })).observe(main);
  }
  document.addEventListener('keydown', (event) => {
    // Escape ends a choice in an input method first.
    if (event.key === 'Escape' && !event.isComposing) tell('close_requested');
  });
}

/** As far as the contents go: the body itself is never lower than its window. */
function heightTo(last: Element): number {
  const below = Number.parseFloat(getComputedStyle(document.body).paddingBottom) || 0;
  return Math.ceil(last.getBoundingClientRect().bottom + window.scrollY + below);
}
