// The engine beside graphql-js 16 on generated documents, half of them damaged: the verdict, the
// rules that refuse, the places of errors and the executed result are the same.
//
//     DOCUMENTS=3000 SEED=1 node --test differential.test.mjs     documents for each schema

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { compare } from './differential/compare.mjs';
import { differences } from './differential/differences.mjs';
import { Generator } from './differential/generate.mjs';
import { mutate } from './differential/mutate.mjs';
import { Probe } from './differential/probe.mjs';
import { Random } from './differential/random.mjs';
import { Reference } from './differential/reference.mjs';
import { schemas } from './differential/schemas.mjs';
import { probePath } from './support/paths.mjs';

const documents = Number(process.env.DOCUMENTS ?? 2500);
const seed = Number(process.env.SEED ?? 1);
const mostShown = 5;

let probe;
before(() => { probe = new Probe(probePath()); });
after(() => probe.end());

/** The document of one schema that a seed makes; every other one is damaged. */
function makeDocument(schema, index) {
  const random = new Random(seed * 1_000_003 + index);
  const made = new Generator(schema, random).document();
  return index % 2 === 0 ? made : { ...made, text: mutate(made.text, random) };
}

for (const subject of schemas) {
  test(`${documents} documents on the schema "${subject.name}", seed ${seed}`, async (t) => {
    const reference = new Reference(subject);
    const { name, sdl, world } = subject;
    assert.deepEqual(await probe.ask({ schema: name, sdl, world }), { ok: true });
    const counts = { accepted: 0, refused: 0, explained: {}, rules: new Set() };
    const failures = [];
    for (let index = 0; index < documents; ++index) {
      const { text, operation, variables } = makeDocument(reference.schema, index);
      const theirs = reference.run({ text, operation, variables });
      const ours = await probe.ask({ run: name, document: text, operation, variables });
      counts[theirs.refused ? 'refused' : 'accepted'] += 1;
      for (const { rule } of theirs.refused ?? []) counts.rules.add(rule);
      const { difference, explained } = compare(ours, theirs, text);
      for (const each of explained) counts.explained[each] = (counts.explained[each] ?? 0) + 1;
      if (difference) failures.push({ index, text, operation, variables, ...difference });
    }
    t.diagnostic(`${counts.accepted} accepted, ${counts.refused} refused by ${counts.rules.size} ` +
      `rules; explained: ${JSON.stringify(counts.explained)}`);
    assert.equal(failures.length, 0, JSON.stringify(failures.slice(0, mostShown), null, 2));
    assert.ok(counts.accepted > documents / 5 && counts.refused > documents / 5, 'a mix of both');
  });
}

test('every known difference says why', () => {
  for (const each of differences) assert.match(each.because, /September 2025/);
});
