// Damage: one to three changes to a good document, on its tree so that validation has something
// to say, or on its text so that the parser has.

import { Kind, parse, parseType, parseValue, print, visit } from 'graphql';

const names = ['id', 'name', 'a', 'b', 'unknown', 'title', 'friends', '__typename', '__schema', 'if'];
const typeNames = ['Dog', 'Cat', 'Pet', 'Query', 'Int', 'Unknown', 'Post', 'Content', 'Point',
  '[Int]', 'Boolean!', 'String', 'Found', 'Choice', 'Companion'];
const literals = ['1', '-7', '1.5', '"text"', 'true', 'null', 'ENUM', 'RED', '[1, "a"]', '{ x: 1 }',
  '[]', '{}', '{ x: 1, x: 2 }', '$unknown', '$v0', '99999999999', '[[1]]', '{ byId: 1, byName: "n" }',
  '{ byId: null }', '"""block"""', '{ points: [{ x: 1, y: null }] }', '1e400'];
const directives = ['@skip(if: true)', '@include', '@unknown', '@marked(note: 1)', '@once(if: true)',
  '@once(if: true) @once(if: false)', '@skip(if: $v0)', '@include(if: null)', '@deprecated',
  '@skip(unless: true, if: true)', '@skip(if: true) @skip(if: false)', '@marked(note: $v1, note: "x")'];

const executable = [Kind.OPERATION_DEFINITION, Kind.VARIABLE_DEFINITION, Kind.FIELD,
  Kind.FRAGMENT_SPREAD, Kind.INLINE_FRAGMENT, Kind.FRAGMENT_DEFINITION];

const name = (value) => ({ kind: Kind.NAME, value });

/** Nodes of the tree for which `test` holds. */
function nodes(document, test) {
  const found = [];
  visit(document, { enter: (node) => { if (test(node)) found.push(node); } });
  return found;
}

const kindIs = (...kinds) => (node) => kinds.includes(node.kind);

function directiveNodes(text) {
  return parse(`{ f ${text} }`).definitions[0].selectionSet.selections[0].directives;
}

// Each takes the document (a tree that may be changed) and the random source.
const treeChanges = [
  function renameField(document, random) {
    const node = random.pick(nodes(document, kindIs(Kind.FIELD)));
    if (node) node.name = name(random.pick(names));
  },
  function renameAlias(document, random) {
    const node = random.pick(nodes(document, kindIs(Kind.FIELD)));
    if (node) node.alias = name(random.pick(['a', 'b', 'id', 'name']));
  },
  function dropSelections(document, random) {
    const node = random.pick(nodes(document, (it) => it.kind === Kind.FIELD && it.selectionSet));
    if (node) delete node.selectionSet;
  },
  function addSelections(document, random) {
    const node = random.pick(nodes(document, (it) => it.kind === Kind.FIELD && !it.selectionSet));
    if (node) node.selectionSet = parse('{ id }').definitions[0].selectionSet;
  },
  function dropArgument(document, random) {
    const node = random.pick(nodes(document, (it) => it.arguments?.length > 0));
    if (node) node.arguments = node.arguments.slice(1);
  },
  function repeatArgument(document, random) {
    const node = random.pick(nodes(document, (it) => it.arguments?.length > 0));
    if (node) node.arguments = [...node.arguments, random.pick(node.arguments)];
  },
  function renameArgument(document, random) {
    const node = random.pick(nodes(document, kindIs(Kind.ARGUMENT, Kind.OBJECT_FIELD)));
    if (node) node.name = name(random.pick(names));
  },
  function changeValue(document, random) {
    const node = random.pick(nodes(document, kindIs(Kind.ARGUMENT, Kind.OBJECT_FIELD)));
    if (node) node.value = parseValue(random.pick(literals));
  },
  function changeDefault(document, random) {
    const node = random.pick(nodes(document, kindIs(Kind.VARIABLE_DEFINITION)));
    if (!node) return;
    node.defaultValue = parseValue(random.pick(literals.filter((it) => !it.startsWith('$'))));
  },
  function changeVariableType(document, random) {
    const node = random.pick(nodes(document, kindIs(Kind.VARIABLE_DEFINITION)));
    if (node) node.type = parseType(random.pick(typeNames));
  },
  function renameVariable(document, random) {
    const node = random.pick(nodes(document, kindIs(Kind.VARIABLE)));
    if (node) node.name = name(random.pick(['v0', 'v1', 'c0', 'nowhere']));
  },
  function repeatVariable(document, random) {
    const node = random.pick(nodes(document, (it) => it.variableDefinitions?.length > 0));
    if (!node) return;
    node.variableDefinitions = [...node.variableDefinitions, random.pick(node.variableDefinitions)];
  },
  function addVariable(document, random) {
    const node = random.pick(nodes(document, kindIs(Kind.OPERATION_DEFINITION)));
    const made = parse(`query ($extra: ${random.pick(typeNames)}) { a }`).definitions[0];
    if (node) node.variableDefinitions = [...node.variableDefinitions ?? [], ...made.variableDefinitions];
  },
  function addDirective(document, random) {
    // Not on type system definitions: a document that has some is refused for having them.
    const node = random.pick(nodes(document, (it) =>
      Array.isArray(it.directives) && executable.includes(it.kind)));
    if (node) node.directives = [...node.directives, ...directiveNodes(random.pick(directives))];
  },
  function changeCondition(document, random) {
    const node = random.pick(nodes(document, (it) => it.typeCondition));
    if (node) node.typeCondition.name = name(random.pick(typeNames.filter((it) => /^\w+$/.test(it))));
  },
  function renameFragment(document, random) {
    const all = nodes(document, kindIs(Kind.FRAGMENT_DEFINITION, Kind.FRAGMENT_SPREAD));
    const node = random.pick(all);
    if (node) node.name = name(random.chance(0.7) ? random.pick(all).name.value : 'nowhere');
  },
  function spreadAnywhere(document, random) {
    const set = random.pick(nodes(document, kindIs(Kind.SELECTION_SET)));
    const fragment = random.pick(nodes(document, kindIs(Kind.FRAGMENT_DEFINITION)));
    if (!fragment) return;
    set.selections = [...set.selections, { kind: Kind.FRAGMENT_SPREAD, name: fragment.name, directives: [] }];
  },
  function copySelection(document, random) {
    const sets = nodes(document, kindIs(Kind.SELECTION_SET));
    const from = random.pick(sets);
    const to = random.pick(sets);
    to.selections = [...to.selections, structuredClone(random.pick(from.selections))];
  },
  function copyAndAlias(document, random) {
    const set = random.pick(nodes(document, kindIs(Kind.SELECTION_SET)));
    const copy = structuredClone(random.pick(set.selections));
    if (copy.kind !== Kind.FIELD) return;
    copy.alias = copy.alias ?? copy.name;
    copy.name = name(random.pick(names));
    copy.arguments = random.chance(0.5) ? [] : copy.arguments;
    set.selections = [...set.selections, copy];
  },
  function repeatDefinition(document, random) {
    document.definitions = [...document.definitions, random.pick(document.definitions)];
  },
  function dropDefinition(document, random) {
    if (document.definitions.length < 2) return;
    const at = random.below(document.definitions.length);
    document.definitions = document.definitions.filter((_, index) => index !== at);
  },
  function addDefinition(document, random) {
    const more = random.pick(['{ __typename }', 'query Named { __typename }', 'type T { a: Int }',
      'fragment Unused on Query { __typename }', 'mutation { __typename }', 'scalar S',
      'subscription S { __typename }', 'extend type Query { z: Int }', 'directive @d on FIELD',
      'schema { query: Q }', 'subscription S { petAdded { id } personAdded { id } }']);
    document.definitions = [...document.definitions, ...parse(more).definitions];
  },
  function changeOperation(document, random) {
    const node = random.pick(nodes(document, kindIs(Kind.OPERATION_DEFINITION)));
    if (node) node.operation = random.pick(['query', 'mutation', 'subscription']);
  },
];

const snippets = ['{', '}', '(', ')', '[', ']', '$', ':', '!', '@', '...', '"', '"""', '\\', '#', '|', '&',
  '=', ',', '-', '.', '0', '01', '1.', '1e', '0x1', 'on', 'null', 'fragment', 'query', '\u{1F415}', 'é',
  "'", '\n', '\r\n', '\u0000', '\uFEFF', '"\\u00e9"', '"\\u{1F415}"', '"\\uD83D\\uDC15"', '"\\uD83D"',
  '"\\x"', '"\\u{110000}"', '"\\u12"', '"a\nb"', '<', '%', '{}', '()', '"doc" ', '"""doc"""', 'implements'];

function changeText(text, random) {
  const points = [...text];
  const at = random.below(points.length + 1);
  const roll = random.next();
  if (roll < 0.25) points.splice(at, 1 + random.below(3));
  else if (roll < 0.75) points.splice(at, 0, random.pick(snippets));
  else if (roll < 0.85) points.splice(at);
  else points.splice(at, 1, random.pick(snippets));
  return points.join('');
}

/** A damaged copy of a good document's text. */
export function mutate(text, random) {
  if (random.chance(0.3)) return changeText(text, random);
  // Without locations, so that nodes can be moved about.
  const document = structuredClone(parse(text, { noLocation: true }));
  const count = 1 + random.below(3);
  for (let i = 0; i < count; ++i) random.pick(treeChanges)(document, random);
  return print(document);
}
