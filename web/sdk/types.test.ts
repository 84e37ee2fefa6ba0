// The published types, as a partner's compiler sees them: every TypeScript example of docs/sdk.md
// compiles, and mistakes do not. Needs `npm run build`.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const types = file('../dist/sdk/loader.sdk.esm.d.ts');
const examples = [...readFileSync(file('../../docs/sdk.md'), 'utf8').matchAll(/```ts\n([^]*?)```/g)];

/** What tsc says about `source`, a module beside the types. */
function problemsOf(source: string): string[] {
  const name = file('../dist/sdk/partner.ts');
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    paths: { 'https://id.example.com/sdk/loader.sdk.esm.js': [types] },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === name || fileExists(path);
  host.getSourceFile = (path, ...rest) =>
    path === name
      ? ts.createSourceFile(path, source, ts.ScriptTarget.ES2022)
      : getSourceFile(path, ...rest);
  const program = ts.createProgram([name, types], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('the published types', () => {
  it('are told of with examples', () => {
    expect(examples.length).toBeGreaterThan(3);
  });

  it.each(examples.map(([, source]) => [source ?? '']))('take the documented use %#', (source) => {
    const shell = 'declare const sdk: import("./loader.sdk.esm").ShopInstance;\n';
    const given = /const sdk\b/.test(source) ? source : shell + source;
    expect(problemsOf(`${given}\nexport {};`)).toEqual([]);
  });

  it.each([
    ['window.ShopSDK.initialize({});', "Property 'apiKey' is missing"],
    ["window.ShopSDK.initialize({ apiKey: 'a', locale: 7 });", "'number' is not assignable"],
    ["window.ShopSDK.initialize({ apiKey: 'a', features: { logon: true } });", 'logon'],
    ["window.ShopSDK.initialize({ apiKey: 'a' }).create('logon');", '"logon"'],
    [
      "window.ShopSDK.initialize({ apiKey: 'a', appearance: { variables: { color: 'red' } } });",
      'color',
    ],
    [
      "window.ShopSDK.initialize({ apiKey: 'a' }).create('login', { attributes: { uxMode: 'x' } });",
      'UxMode',
    ],
    [
      "window.ShopSDK.initialize({ apiKey: 'a' })" +
        ".create('login', { onComplete: (e) => e.accessToken });",
      'accessToken',
    ],
    ["window.ShopSDK.initialize({ apiKey: 'a' }).update({ apiKey: 'b' });", 'apiKey'],
  ])('refuse %s', (source, problem) => {
    expect(problemsOf(`${source}\nexport {};`).join('\n')).toContain(problem);
  });
});
