// What the person sees: one button in a shadow root, so that no style of the page breaks it. The
// style sheet is constructed and variables are set through CSSOM: neither needs 'unsafe-inline'.

import type { AppearanceConfig, ButtonLayout, ButtonType } from '../types';
import css from './button.css?inline';
import { buttonText, directionFor, languageFor, textsFor } from './texts';

export interface ButtonView {
  brand: string;
  locale: string;
  type: ButtonType;
  layout: ButtonLayout;
  /** Least specific first. */
  appearances: ReadonlyArray<AppearanceConfig | undefined>;
}

export interface Button {
  readonly element: HTMLElement;
  draw(view: ButtonView): void;
  setState(state: 'idle' | 'busy'): void;
}

export function createButton(onPress: () => void): Button {
  const element = document.createElement('div');
  const root = element.attachShadow({ mode: 'open', delegatesFocus: true });
  root.adoptedStyleSheets = [styleSheet()];

  const divider = make('div', 'or');
  const button = make('button', 'press');
  button.type = 'button';
  button.addEventListener('click', onPress);
  const status = make('div', 'status');
  status.setAttribute('role', 'status');
  root.append(divider, button, status);

  let texts = textsFor('en');
  let variables: Record<string, string> = {};
  return {
    element,
    draw(view) {
      texts = textsFor(view.locale);
      element.lang = languageFor(view.locale);
      element.dir = directionFor(view.locale);
      divider.hidden = view.layout !== 'or';
      divider.style.display = divider.hidden ? 'none' : '';
      divider.textContent = texts.or;
      button.textContent = buttonText(texts, view.type, view.brand);
      for (const name of Object.keys(variables)) element.style.removeProperty(name);
      variables = mergeVariables(view.appearances);
      for (const [name, value] of Object.entries(variables)) element.style.setProperty(name, value);
    },
    setState(state) {
      button.setAttribute('aria-busy', String(state === 'busy'));
      status.textContent = state === 'busy' ? texts.busy : '';
    },
  };
}

/** Later ones win. A name that is not a custom property is left out. */
export function mergeVariables(
  appearances: ReadonlyArray<AppearanceConfig | undefined>,
): Record<string, string> {
  const all = Object.assign({}, ...appearances.map((a) => a?.variables)) as Record<string, string>;
  return Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith('--')));
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, name: string) {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}

function styleSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
