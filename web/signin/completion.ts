// The last page hands the outcome to the page that opened the pop-up, or that frames it. The server
// puts it into
//   <script type="application/json" id="latchkey-result">{"origin":"…","message":{…}}</script>
// where origin is the app's registered origin: the browser delivers the message to a window of
// exactly that origin and to no other (RFC 9700 4.17).

interface Result {
  origin: string;
  message: { source: 'latchkey'; flow: string; type: string };
}

/** How long the opener may take to say that it has the message. */
const ACKNOWLEDGED_WITHIN_MS = 2000;

export function handOver(): void {
  const element = document.getElementById('latchkey-result');
  const receiver = (window.opener ?? (window.parent === window ? null : window.parent)) as Window | null;
  if (!element || !receiver) return;
  const { origin, message } = JSON.parse(element.textContent ?? '') as Result;
  // The token is on the page no longer than it takes to hand it over.
  element.remove();

  window.addEventListener('message', (event) => {
    if (event.origin !== origin || event.source !== receiver) return;
    if (isAcknowledgement(event.data, message.flow)) window.close();
  });
  receiver.postMessage(message, origin);
  setTimeout(() => window.close(), ACKNOWLEDGED_WITHIN_MS);
}

export function isAcknowledgement(data: unknown, flow: string): boolean {
  const said = data as { source?: unknown; flow?: unknown; type?: unknown } | null;
  return said?.source === 'latchkey-sdk' && said.flow === flow && said.type === 'received';
}
