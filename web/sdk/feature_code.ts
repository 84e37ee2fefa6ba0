// Features are files of their own beside the loader, fetched when they are first needed.

import type { createLogin } from './login/login';
import { moduleUrl } from './server';
import type { Feature } from './types';

const files = { login: './login.js' } as const satisfies Record<Feature, string>;

export const isFeature = (name: string): name is Feature => Object.hasOwn(files, name);

type LoginCode = { createLogin: typeof createLogin };

/** Tried twice: a browser keeps a module that failed, so the second go is by another name. */
export function loadLogin(): Promise<LoginCode> {
  const url = new URL(files.login, moduleUrl);
  return load(url.href).catch(() => {
    url.searchParams.set('again', '1');
    return load(url.href);
  });
}

// Built apart: the bundler must not follow this import.
function load(url: string): Promise<LoginCode> {
  return import(/* @vite-ignore */ url);
}
