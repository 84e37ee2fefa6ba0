// What the person sees in the page: one button, or nothing while there is nothing to offer.

import type { Brand } from '../brand';
import css from './button.css?inline';
import type { Settings } from './settings';
import { make, makeHost, setLanguage } from './shadow';
import { buttonText, directionFor, languageFor, textsFor } from './texts';

export type ButtonState = 'idle' | 'window' | 'here';

export interface Button {
  readonly element: HTMLElement;
  draw(brand: Brand, settings: Settings): void;
  /** `window`: the person goes on in another window; `here`: in this one. */
  setState(state: ButtonState): void;
  /** Inline mode shows it once there is an address, and says so to screen readers. */
  setOffer(offer: 'shown' | 'hidden'): void;
}

export function createButton(onPress: () => void): Button {
  const { element, root } = makeHost(css);
  const offer = make('div', 'offer');
  const divider = make('div', 'or');
  const button = make('button', 'press');
  button.type = 'button';
  button.addEventListener('click', onPress);
  const label = make('span', 'label');
  button.append(label);
  offer.append(divider, button);
  const status = make('div', 'status');
  status.setAttribute('role', 'status');
  root.append(offer, status);

  let texts = textsFor('en');
  let variables: Record<string, string> = {};
  return {
    element,
    draw(brand, settings) {
      texts = textsFor(settings.locale);
      setLanguage(element, languageFor(settings.locale), directionFor(settings.locale));
      divider.hidden = settings.buttonLayout !== 'or';
      divider.textContent = texts.or;
      drawBrand(offer, button, brand);
      label.textContent = buttonText(texts, settings.buttonType, brand.name);
      for (const name of Object.keys(variables)) element.style.removeProperty(name);
      variables = settings.variables;
      for (const [name, value] of Object.entries(variables)) element.style.setProperty(name, value);
    },
    setState(state) {
      button.setAttribute('aria-busy', String(state !== 'idle'));
      status.textContent = state === 'window' ? texts.busy : '';
    },
    setOffer(wanted) {
      const hidden = wanted === 'hidden';
      if (offer.hidden === hidden) return;
      offer.hidden = hidden;
      status.textContent = hidden ? '' : label.textContent;
    },
  };
}

function drawBrand(offer: HTMLElement, button: HTMLElement, brand: Brand): void {
  for (const [name, value] of [
    ['--brand-light', brand.light?.background],
    ['--brand-light-text', brand.light?.text],
    ['--brand-dark', brand.dark?.background],
    ['--brand-dark-text', brand.dark?.text],
  ] as const) {
    if (value !== undefined) offer.style.setProperty(name, value);
  }
  if (!brand.logo || button.querySelector('.logo')) return;
  const logo = make('img', 'logo');
  logo.alt = ''; // the text beside it names the brand
  // A policy of the page may forbid images from elsewhere; then there is none.
  logo.addEventListener('error', () => logo.remove());
  logo.src = brand.logo;
  button.prepend(logo);
}
