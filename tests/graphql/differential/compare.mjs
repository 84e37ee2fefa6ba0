// Where the engine and the reference differ on one document.

import { differences } from './differences.mjs';
import { places } from './reference.mjs';

const keys = (errors) => [...new Set(errors.map((it) => `${it.rule} @ ${it.places}`))].sort();

/** Echoed arguments are JSON inside a string: read them, so that 1.0 equals 1. */
function canonical(value) {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value === 'string' && value.startsWith('{')) return { echoed: JSON.parse(value) };
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, canonical(inner)]));
}

/** What is comparable about an execution: its data in order, and where its errors are. */
function outcome(response) {
  const errors = (response.errors ?? []).map((error) => ({
    places: places(error.locations),
    path: error.path?.join('.') ?? '',
    null: /Cannot return null/.test(error.message) ? error.message : '',
  }));
  if ('data' in response) return JSON.stringify({ data: canonical(response.data), errors });
  // Nothing ran. Variables have no order of their own.
  return JSON.stringify(errors.sort((a, b) => (a.places < b.places ? -1 : 1)));
}

function compareExecution(engine, reference) {
  const ours = outcome(engine.response);
  const theirs = outcome(reference.response);
  return ours === theirs ? null : { ours, theirs };
}

/** {difference: null or {ours, theirs}, explained: names of differences that took part}. */
export function compare(engine, reference, text) {
  // An operation that is not there: a request error on both sides, found at different times.
  if (engine.refused?.[0].rule === 'OperationName') {
    const agrees = reference.response && !('data' in reference.response);
    return { difference: agrees ? null : { ours: engine.refused, theirs: reference }, explained: [] };
  }
  if (!engine.refused && !reference.refused) {
    return { difference: compareExecution(engine, reference), explained: [] };
  }
  let ours = (engine.refused ?? []).map((it) => ({ ...it, places: places(it.locations) }));
  let theirs = reference.refused ?? [];
  const sides = { ours, theirs, text };
  const applying = differences.filter((it) => it.applies(sides));
  const explained = [];
  for (const each of applying) {
    const before = ours.length + theirs.length;
    ours = ours.filter(each.ours(sides));
    theirs = theirs.filter(each.theirs(sides));
    if (ours.length + theirs.length < before) explained.push(each.name);
  }
  const isSame = JSON.stringify(keys(ours)) === JSON.stringify(keys(theirs));
  return {
    difference: isSame ? null : { ours: keys(ours), theirs: keys(theirs) },
    explained,
  };
}
