// What was built keeps its promises: sizes, names, nothing from elsewhere. Needs `npm run build`.

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const read = (name: string) => readFileSync(new URL(`dist/${name}`, import.meta.url));

describe('dist', () => {
  it.each([
    ['sdk/loader.sdk.esm.js', 6 * 1024],
    ['sdk/loader.shop-login-button.esm.js', 6 * 1024],
    ['sdk/login.js', 20 * 1024],
    ['signin.js', 4 * 1024],
    ['graphiql/graphiql.js', 420 * 1024],
    ['graphiql/graphiql.css', 20 * 1024],
  ])('%s is at most %i bytes with gzip', (name, limit) => {
    const size = gzipSync(read(name), { level: 9 }).length;
    console.log(`${name}: ${size} bytes with gzip, at most ${limit}`);
    expect(size).toBeLessThanOrEqual(limit);
  });

  it.each(['sdk/loader.sdk.esm.js', 'sdk/loader.shop-login-button.esm.js', 'sdk/login.js', 'signin.js', 'graphiql/graphiql.js'])(
    '%s runs under a strict CSP: no eval, no import from elsewhere',
    (name) => {
      const code = read(name).toString();
      expect(code).not.toMatch(/\beval\(|new Function\(/);
      expect(code).not.toMatch(/\bimport\s*(?:\(\s*)?["']https?:/);
    },
  );

  it('loads no font or style from elsewhere in GraphiQL', () => {
    expect(read('graphiql/graphiql.css').toString()).not.toMatch(/@import|@font-face|url\(http/);
  });

  it('has the loader export initialize', () => {
    expect(read('sdk/loader.sdk.esm.js').toString()).toMatch(/export\s*\{[^}]*\bas initialize\b/);
  });

  it('keeps the placeholders for the server in the GraphiQL page', () => {
    const page = read('graphiql/index.html').toString();
    expect(page).toContain('data-endpoint="{{endpoint}}"');
    expect(page).toContain('data-api="{{api}}"');
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
  });
});
