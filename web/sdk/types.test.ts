// The published types, as a partner's compiler sees them: every TypeScript example of docs/sdk.md
// compiles, and mistakes do not. Needs `npm run build`.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const types = file('../dist/sdk/loader.sdk.esm.d.ts');
const examples = [...readFileSync(file('../../docs/sdk.md'), 'utf8').matchAll(/```ts\n([^]*?)```/g)];

const SHELL = 'declare const sdk: import("./loader.sdk.esm").ShopInstance;\n';
const documented = examples.map(([, source = '']) =>
  /const sdk\b/.test(source) ? source : SHELL + source,
);

/** And what the compiler must say of each. */
const mistakes = [
  ['window.ShopSDK.initialize({});', "Property 'apiKey' is missing"],
  ["window.ShopSDK.initialize({ apiKey: 'a', locale: 7 });", "'number' is not assignable"],
  ["window.ShopSDK.initialize({ apiKey: 'a', features: { logon: true } });", 'logon'],
  [`${SHELL}sdk.create('logon');`, '"logon"'],
  [`${SHELL}sdk.create('login', { appearance: { variables: { color: 'red' } } });`, 'color'],
  [`${SHELL}sdk.create('login', { attributes: { uxMode: 'x' } });`, 'UxMode'],
  [`${SHELL}sdk.create('login', { onComplete: (e) => e.accessToken });`, 'accessToken'],
  [`${SHELL}sdk.update({ apiKey: 'b' });`, 'apiKey'],
] as const;

/** What tsc says about each of `sources`, modules beside the types. */
function problemsOf(sources: readonly string[]): string[] {
  const files = new Map(
    sources.map((source, i) => [file(`../dist/sdk/partner_${i}.ts`), `${source}\nexport {};`]),
  );
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    skipDefaultLibCheck: true,
    types: [],
    paths: { 'https://id.example.com/sdk/loader.sdk.esm.js': [types] },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.getSourceFile = (path, ...rest) => {
    const source = files.get(path);
    return source === undefined
      ? getSourceFile(path, ...rest)
      : ts.createSourceFile(path, source, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([types, ...files.keys()], options, host);
  const found = (path: string) => ts.getPreEmitDiagnostics(program, program.getSourceFile(path));
  const textOf = ({ messageText }: ts.Diagnostic) =>
    ts.flattenDiagnosticMessageText(messageText, '\n');
  return [types, ...files.keys()].map((path) => found(path).map(textOf).join('\n'));
}

describe('the published types', () => {
  let problems: string[] = [];
  // One compilation for all: what it costs is reading the DOM's own types.
  beforeAll(() => {
    problems = problemsOf([...documented, ...mistakes.map(([source]) => source)]);
  }, 300_000);

  it('are sound, and told of with examples', () => {
    expect(problems[0]).toBe('');
    expect(documented.length).toBeGreaterThan(3);
  });

  it.each(documented.map((source, i) => [source, i + 1] as const))('take %s', (_, at) => {
    expect(problems[at]).toBe('');
  });

  it.each(mistakes.map((row, i) => [...row, 1 + documented.length + i] as const))(
    'refuse %s',
    (_, problem, at) => expect(problems[at]).toContain(problem),
  );
});
