// The engine beside graphql-js 16, on the same texts in one run. CPU microseconds of one operation.
//
//     npm ci --prefix tests/graphql && node bench/graphql/compare.mjs [build/bench/bin/graphql_bench]

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const require = createRequire(here('../../tests/graphql/package.json'));
const { buildSchema, execute, parse, validate } = require('graphql');

const bench = process.argv[2] ?? here('../../build/bench/bin/graphql_bench');
const schema = buildSchema(execFileSync(bench, ['--sdl'], { encoding: 'utf8' }));
const page = readFileSync(here('page.graphql'), 'utf8');
const user = readFileSync(here('user.graphql'), 'utf8');

// The data of testing/graphql/shop.cpp.
const definition = { key: 'my-membership', namespace: null };
const metafield = { definition, ownerType: 'SHOP_USER', value: 'gold' };
const rootValue = {
  user: {
    sub: 'u-1', email: 'ada@example.com', emailVerified: true, phone: null, phoneVerified: null,
    givenName: 'Ada', familyName: 'Lovelace', name: 'Ada Lovelace', avatar: null,
  },
  metafield: ({ identifier }) => (identifier.key === 'my-membership' ? metafield : null),
  metafields: ({ first }) => ({ nodes: (first ?? 1) > 0 ? [metafield] : [], edges: [] }),
};

/** CPU microseconds of one call, the best of several rounds. */
function measure(work) {
  for (let i = 0; i < 2000; ++i) work();
  let best = Infinity;
  for (let round = 0; round < 7; ++round) {
    const count = 3000;
    const start = process.cpuUsage();
    for (let i = 0; i < count; ++i) work();
    const { user: spent, system } = process.cpuUsage(start);
    best = Math.min(best, (spent + system) / count);
  }
  return best;
}

function run(document) {
  return JSON.stringify(execute({ schema, document, rootValue, variableValues: {} }));
}

const pageDocument = parse(page);
const userDocument = parse(user);
if (validate(schema, pageDocument).length > 0) throw new Error('page.graphql does not validate');
const cache = new Map([[page, pageDocument]]);
for (let i = 0; i < 100; ++i) cache.set(`{ a${i}: user { sub } }`, null);
// A text as a request brings it: a new string each time, whose hash is not known yet.
const bytes = Buffer.from(page);
const theirs = {
  parse: measure(() => parse(page)),
  validate: measure(() => validate(schema, pageDocument)),
  parse_validate_plan: measure(() => validate(schema, parse(page))),
  plan_cache_hit: measure(() => cache.get(bytes.toString('latin1'))),
  execute_user: measure(() => run(userDocument)),
  execute_page: measure(() => run(pageDocument)),
};

const report = JSON.parse(execFileSync(bench,
  ['--benchmark_format=json', '--benchmark_repetitions=5', '--benchmark_min_time=0.2'],
  { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
const ours = {};
for (const { run_name: name, run_type: type, cpu_time: nanoseconds } of report.benchmarks) {
  if (type === 'iteration') ours[name] = Math.min(ours[name] ?? Infinity, nanoseconds / 1000);
}

console.log(`page.graphql: ${page.length} bytes; user.graphql: ${user.length} bytes`);
console.log('CPU us'.padEnd(24), 'latchkey'.padStart(10), 'graphql-js'.padStart(12), 'ratio'.padStart(8));
for (const [name, spent] of Object.entries(theirs)) {
  console.log(name.padEnd(24), ours[name].toFixed(2).padStart(10), spent.toFixed(2).padStart(12),
    (spent / ours[name]).toFixed(1).padStart(8));
}
