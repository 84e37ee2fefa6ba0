// Where the binaries are: the release build, unless the environment says otherwise.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

function binary(variable, name) {
  const path = process.env[variable] ??
    fileURLToPath(new URL(`../../../build/release/bin/${name}`, import.meta.url));
  if (!existsSync(path)) throw new Error(`${path} is not built (or set ${variable})`);
  return path;
}

export const serverPath = () => binary('LATCHKEY', 'latchkey');
export const probePath = () => binary('LATCHKEY_PROBE', 'graphql_engine_probe');
