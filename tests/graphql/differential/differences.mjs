// Every way in which the engine is known to answer other than graphql-js 16, and why. Each takes
// errors away from one or both sides before they are compared; the test counts how often.

export const differences = [
  {
    name: 'KnownOperationTypes',
    because: 'September 2025, 5.2.1.1 "Operation Type Existence" is a validation rule: an operation ' +
      'whose root type the schema lacks does not validate. graphql-js 16 follows October 2021, ' +
      'where only execution finds out (6.2); graphql-js 17 has the rule.',
    applies: (ours) => ours.some((it) => it.rule === 'KnownOperationTypes'),
    ours: (error) => error.rule !== 'KnownOperationTypes',
    theirs: () => true,
  },
  {
    name: 'Conditional subscription root fields',
    because: 'September 2025, 5.2.4.1: a subscription must not use @skip or @include at its top ' +
      'level, because what remains could depend on variables. graphql-js 16 lets the directives ' +
      'decide instead, without the variables\' values, so that it counts other fields (or throws).',
    applies: (ours) => ours.some((it) => /must not use @skip or @include/.test(it.message)),
    ours: (error) => error.rule !== 'SingleFieldSubscriptions',
    theirs: (error) => error.rule !== 'SingleFieldSubscriptions',
  },
  {
    name: 'Floats beyond all floats',
    because: 'September 2025, 3.5.2: a number that no finite double represents is a request error. ' +
      'graphql-js 16 takes 1e400 for infinity, and answers null.',
    applies: (ours) => ours.some((it) => /cannot represent a number that large/.test(it.message)),
    ours: (error) => !/cannot represent a number that large/.test(error.message),
    theirs: () => true,
  },
  {
    name: 'Subscriptions are not served',
    because: 'September 2025, 6.2.3 asks for subscriptions only of services that support them. The ' +
      'engine validates them in full and then declines to plan one; nothing is left to compare.',
    applies: (ours) => ours.some((it) => it.rule === 'Subscription'),
    ours: (error) => error.rule !== 'Subscription',
    theirs: () => true,
  },
];
