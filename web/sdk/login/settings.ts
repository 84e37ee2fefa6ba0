// What one login is to do: its own configuration over the SDK's over the defaults.

import { DEFAULT_LOCALE } from '../locale';
import type { AppearanceConfig, InitializeOptions, LoginConfig, UxMode } from '../types';

export interface Settings {
  clientId: string;
  locale: string;
  scope: string | undefined;
  mode: UxMode;
  /** Where redirect mode comes back to. */
  redirectUri: string;
  buttonType: string;
  buttonLayout: string;
  variables: Record<string, string>;
}

export function settingsOf(options: InitializeOptions, config: LoginConfig): Settings {
  const { attributes = {} } = config;
  return {
    clientId: attributes.clientId ?? options.apiKey,
    locale: options.locale ?? DEFAULT_LOCALE,
    scope: attributes.scope ?? options.scope,
    mode: modeOf([
      attributes.uxMode,
      config.appearance?.preferredLoginExperience,
      options.appearance?.preferredLoginExperience,
    ]),
    redirectUri: attributes.redirectUri ?? location.origin + location.pathname,
    buttonType: attributes.buttonType ?? 'continue',
    buttonLayout: attributes.buttonLayout ?? 'standalone',
    variables: mergeVariables([options.appearance, config.appearance]),
  };
}

const modes: Readonly<Record<string, UxMode>> = {
  windoid: 'windoid',
  popup: 'windoid',
  iframe: 'iframe',
  redirect: 'redirect',
};

/** The first that is known; a pop-up where none is. */
export function modeOf(wishes: ReadonlyArray<string | undefined>): UxMode {
  const known = wishes.find((wish) => wish !== undefined && Object.hasOwn(modes, wish));
  return modes[known ?? 'windoid'] ?? 'windoid';
}

/** Later ones win. A name that is not a custom property is left out. */
export function mergeVariables(
  appearances: ReadonlyArray<AppearanceConfig | undefined>,
): Record<string, string> {
  const all = Object.assign({}, ...appearances.map((a) => a?.variables)) as Record<string, string>;
  return Object.fromEntries(Object.entries(all).filter(([name]) => name.startsWith('--')));
}

/** `change` over `config`: attributes and variables one by one, all else as a whole. */
export function mergeConfig(config: LoginConfig, change: LoginConfig): LoginConfig {
  const merged = { ...config, ...change };
  merged.attributes = { ...config.attributes, ...change.attributes };
  merged.appearance = {
    ...config.appearance,
    ...change.appearance,
    variables: { ...config.appearance?.variables, ...change.appearance?.variables },
  };
  return merged;
}
