// Every way in which the engine is known to answer other than graphql-js 16, and why. Each says
// when it applies, and which errors of the two sides then do not count; the test counts how often.

const always = () => true;
const key = (error) => `${error.rule} @ ${error.places}`;
const isAmong = (errors) => {
  const keys = new Set(errors.map(key));
  return (error) => keys.has(key(error));
};
const isMerging = (error) => error.rule === 'OverlappingFieldsCanBeMerged';

export const differences = [
  {
    name: 'KnownOperationTypes',
    because: 'September 2025, 5.2.1.1 "Operation Type Existence" is a validation rule: an operation ' +
      'whose root type the schema lacks does not validate. graphql-js 16 follows October 2021, ' +
      'where only execution finds out (6.2); graphql-js 17 has the rule.',
    applies: ({ ours }) => ours.some((it) => it.rule === 'KnownOperationTypes'),
    ours: () => (error) => error.rule !== 'KnownOperationTypes',
    theirs: () => always,
  },
  {
    name: 'Conditional subscription root fields',
    because: 'September 2025, 5.2.4.1: a subscription must not use @skip or @include at its top ' +
      'level, because what remains could depend on variables. graphql-js 16 lets the directives ' +
      'decide instead, without the variables\' values, so that it counts other fields (or throws).',
    applies: ({ ours }) => ours.some((it) => /must not use @skip or @include/.test(it.message)),
    ours: () => (error) => error.rule !== 'SingleFieldSubscriptions',
    theirs: () => (error) => error.rule !== 'SingleFieldSubscriptions',
  },
  {
    name: 'Floats beyond all floats',
    because: 'September 2025, 3.5.2: a number that no finite double represents is a request error. ' +
      'graphql-js 16 takes 1e400 for infinity, and answers null.',
    applies: ({ ours }) => ours.some((it) => /cannot represent a number that large/.test(it.message)),
    ours: () => (error) => !/cannot represent a number that large/.test(error.message),
    theirs: () => always,
  },
  {
    name: 'The shape of __typename',
    because: 'September 2025, 4.1: __typename is a String! of every type, so that 5.3.2 ' +
      'SameResponseShape holds it against other fields under its key. graphql-js 16 looks only at ' +
      'declared fields there, and lets `... on A { x: __typename } ... on B { x: count }` pass.',
    applies: ({ ours, text }) => text.includes('__typename') && ours.some((it) =>
      isMerging(it) && /conflicting types .*"String!"/.test(it.message)),
    ours: ({ theirs }) => (error) => !isMerging(error) || isAmong(theirs)(error) ||
      !/conflicting types .*"String!"/.test(error.message),
    theirs: () => always,
  },
  {
    name: 'Block strings are strings',
    because: 'September 2025, 2.9.4: """a""" and "a" are one StringValue, so that 5.3.2 finds two ' +
      'fields with the one and the other to have identical arguments. graphql-js 16 compares ' +
      'arguments as it would print them.',
    applies: ({ ours, theirs, text }) => text.includes('"""') &&
      theirs.some((it) => isMerging(it) && !isAmong(ours)(it)),
    ours: () => always,
    theirs: ({ ours }) => (error) => !isMerging(error) || isAmong(ours)(error),
  },
  {
    name: 'Subscriptions are not served',
    because: 'September 2025, 6.2.3 asks for subscriptions only of services that support them. The ' +
      'engine validates them in full and then declines to plan one; nothing is left to compare.',
    applies: ({ ours }) => ours.some((it) => it.rule === 'Subscription'),
    ours: () => (error) => error.rule !== 'Subscription',
    theirs: () => always,
  },
];
