// What the SDK draws is in shadow roots, so that no style of the page breaks it. Style sheets are
// constructed and variables are set through CSSOM: neither needs 'unsafe-inline' of a page's CSP.

export interface Host {
  element: HTMLElement;
  root: ShadowRoot;
}

export function makeHost(css: string): Host {
  const element = document.createElement('div');
  const root = element.attachShadow({ mode: 'open', delegatesFocus: true });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  return { element, root };
}

export function make<K extends keyof HTMLElementTagNameMap>(tag: K, name: string) {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}

export function setLanguage(element: HTMLElement, language: string, direction: string): void {
  element.lang = language;
  element.dir = direction;
}
