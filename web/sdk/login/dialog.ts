// A modal dialog with a frame in it, at the end of the page's body: wherever the login's own
// element stands, hidden or not, this is seen. The browser keeps the focus inside and gives it
// back when the dialog goes.

import css from './dialog.css?inline';
import { make, makeHost, setLanguage } from './shadow';
import { directionFor, languageFor, textsFor, withBrand } from './texts';

export interface DialogView {
  brand: string;
  locale: string;
}

export interface DialogListeners {
  /** The person closes it: by the button, by Escape, by a press beside it. */
  onClose(): void;
  /** The person would rather have a window of its own. Called from the press itself. */
  onElsewhere(): void;
  /** The frame has loaded something: ours, or the browser's word that it may not. */
  onFrameLoad(): void;
}

export interface Dialog {
  readonly frame: HTMLIFrameElement;
  /** The page in the frame is there. */
  show(): void;
  /** In CSS pixels; the window's height limits it. */
  resize(height: number): void;
  /** Tells nobody. */
  close(): void;
}

export function openDialog(view: DialogView, listeners: DialogListeners): Dialog {
  const texts = textsFor(view.locale);
  const { element, root } = makeHost(css);
  setLanguage(element, languageFor(view.locale), directionFor(view.locale));
  const title = withBrand(texts['sign-in'], view.brand);

  const dialog = make('dialog', 'dialog');
  dialog.setAttribute('aria-label', title);
  dialog.setAttribute('aria-busy', 'true');
  const close = makeButton('close', '', listeners.onClose);
  close.setAttribute('aria-label', texts.close);
  const frame = make('iframe', 'frame');
  frame.title = title;
  const waiting = make('p', 'waiting');
  waiting.setAttribute('role', 'status');
  waiting.textContent = texts.loading;
  const elsewhere = makeButton('elsewhere', texts.elsewhere, listeners.onElsewhere);
  dialog.append(close, waiting, frame, elsewhere);
  root.append(dialog);

  frame.addEventListener('load', () => {
    // The empty document that every frame begins with is no news.
    if (frame.hasAttribute('src')) listeners.onFrameLoad();
  });
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    listeners.onClose();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) listeners.onClose();
  });
  document.body.append(element);
  dialog.showModal();

  return {
    frame,
    show() {
      dialog.removeAttribute('aria-busy');
      waiting.remove();
      frame.focus();
    },
    resize: (height) => frame.style.setProperty('height', `${height}px`),
    close() {
      dialog.close();
      element.remove();
    },
  };
}

function makeButton(name: string, text: string, onPress: () => void): HTMLButtonElement {
  const button = make('button', name);
  button.type = 'button';
  button.textContent = text;
  button.addEventListener('click', onPress);
  return button;
}
