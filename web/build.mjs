// Builds what the server serves to browsers into dist/. Every bundle stands alone and has a fixed
// name: the names are a contract with the binary that embeds them and with pages that load them.

import { execFile } from 'node:child_process';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';

const root = dirname(fileURLToPath(import.meta.url));
const dist = resolve(root, 'dist');
const say = process.env.LATCHKEY_WEB_QUIET ? () => {} : (text) => console.log(text);

const bundles = [
  { from: 'sdk/loader.ts', to: 'sdk/loader.sdk.esm.js' },
  { from: 'sdk/element/loader.ts', to: 'sdk/loader.shop-login-button.esm.js' },
  { from: 'sdk/login/login.ts', to: 'sdk/login.js' },
  // Not a module's scope of its own unless wrapped: it may be loaded by a plain script tag too.
  { from: 'signin/signin.ts', to: 'signin.js', format: 'iife' },
  { from: 'graphiql/main.tsx', to: 'graphiql/graphiql.js' },
];

async function bundle({ from, to, format = 'es' }) {
  const used = new Set();
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    esbuild: { legalComments: 'none', jsx: 'automatic' },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [collectPackages(used)],
    css: { postcss: { plugins: [withoutFonts] } },
    build: {
      outDir: dist,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      cssCodeSplit: false,
      chunkSizeWarningLimit: 4000,
      rollupOptions: {
        input: resolve(root, from),
        preserveEntrySignatures: 'strict',
        onwarn: (warning, warn) => {
          // React's "use client" marks, which mean nothing in a bundle.
          if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
        },
        output: {
          format,
          entryFileNames: to,
          assetFileNames: 'graphiql/graphiql[extname]',
          inlineDynamicImports: true,
        },
      },
    },
  });
  if (used.size > 0) await writeLicenses(used, join(dist, dirname(to), 'licenses.txt'));
  say(`  dist/${to}`);
}

/** GraphiQL's style sheet carries 270 KB of web fonts; the person's own fonts do as well. */
const withoutFonts = {
  postcssPlugin: 'without-fonts',
  AtRule: { 'font-face': (rule) => rule.remove() },
};

/** Notes the folders of the npm packages whose code goes into the bundle. */
function collectPackages(used) {
  return {
    name: 'collect-packages',
    generateBundle(_, chunks) {
      for (const chunk of Object.values(chunks)) {
        for (const id of Object.keys(chunk.modules ?? {})) {
          const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replace(/^\0/, ''));
          if (folder) used.add(folder[0].split('?')[0]);
        }
      }
    },
  };
}

/** The licences of what is redistributed, as they ask. */
async function writeLicenses(folders, file) {
  const texts = [];
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json')));
    const names = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENCE'];
    const found = await Promise.all(
      names.map((n) => readFile(join(folder, n), 'utf8').catch(() => '')),
    );
    texts.push(`${name} ${version} (${license})\n\n${found.find((text) => text) ?? ''}`.trim());
  }
  await writeFile(file, `${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
}

await rm(dist, { recursive: true, force: true });
for (const one of bundles) await bundle(one);
await copyFile(join(root, 'graphiql/index.html'), join(dist, 'graphiql/index.html'));
const tsc = join(root, 'node_modules/typescript/bin/tsc');
await promisify(execFile)(process.execPath, [tsc, '-p', join(root, 'sdk/tsconfig.types.json')]);
// Beside the loader and under its name, where TypeScript looks for it.
await rename(join(dist, 'sdk/types/types.d.ts'), join(dist, 'sdk/loader.sdk.esm.d.ts'));
await rm(join(dist, 'sdk/types'), { recursive: true });
say('  dist/sdk/loader.sdk.esm.d.ts');
