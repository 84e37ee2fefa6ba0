// The schemas of the differential test and the data behind them. Between them they have interfaces
// that implement interfaces, unions, inputs with defaults and nesting, OneOf inputs, lists of
// lists, custom scalars, deprecated members, custom and repeatable directives.
//
// A world holds objects by id; see engine_probe.cpp for {$ref}, {$error} and {$arguments}.

const ref = (id) => ({ $ref: id });
const echo = { $arguments: true };
const failure = { $error: true };

const zoo = {
  name: 'zoo',
  sdl: `
"Where things are said to be."
directive @marked(note: String, level: Int = 1) repeatable on
  FIELD | QUERY | MUTATION | FRAGMENT_DEFINITION | FRAGMENT_SPREAD | INLINE_FRAGMENT |
  VARIABLE_DEFINITION
directive @once(if: Boolean!) on FIELD | QUERY

interface Node { id: ID! }
interface Being implements Node { id: ID!  name(upper: Boolean = false): String }
interface Pet implements Being & Node {
  id: ID!  name(upper: Boolean = false): String  owner: Person  friends(first: Int = 2): [Pet]
}
type Dog implements Pet & Being & Node {
  id: ID!  name(upper: Boolean = false): String  owner: Person  friends(first: Int = 2): [Pet]
  barks: Boolean!  volume: Int  nickname: String @deprecated(reason: "use name")
  doesKnow(command: Command!, loudly: Boolean! = true): String
}
type Cat implements Pet & Being & Node {
  id: ID!  name(upper: Boolean = false): String  owner: Person  friends(first: Int = 2): [Pet]
  meows: Boolean  volume: Float  lives: Int!  enemy: Dog!
}
type Person implements Being & Node {
  id: ID!  name(upper: Boolean = false): String  age: Int  pets: [Pet!]  mood: Mood
  born: Date  parents: [Person!]!  broken: String  brokenStrict: String!
}
type Robot { serial: String!  makers: [[Person]]  power: Float }
union Companion = Dog | Cat | Robot
union Mortal = Person | Dog
enum Command { SIT HEEL STAY @deprecated }
enum Mood { GLAD SAD }
"As in ISO 8601."
scalar Date @specifiedBy(url: "https://example.com/date")

type Query {
  pet(id: ID): Pet
  pets: [Pet!]!
  companion: Companion
  companions: [Companion]
  mortal: Mortal!
  person(id: ID!): Person
  node: Node
  being: Being
  robot: Robot!
  absent: Dog
}
type Mutation { adopt(pet: ID!, by: ID): Pet  rename(name: String!): Person!  breakIt: String! }
type Subscription { petAdded(kind: String): Pet  personAdded: Person }
`,
  world: {
    rex: {
      __typename: 'Dog', id: 'rex', name: 'Rex', owner: ref('ann'), barks: true, volume: 3,
      friends: [ref('tom'), null, ref('fido')], nickname: 'R', doesKnow: echo,
    },
    fido: {
      __typename: 'Dog', id: 'fido', name: null, owner: null, barks: null, volume: -7,
      friends: [], nickname: failure, doesKnow: echo,
    },
    tom: {
      __typename: 'Cat', id: 'tom', name: 'Tom', owner: ref('bob'), friends: null, meows: false,
      volume: 0.5, lives: 9, enemy: ref('rex'),
    },
    ghost: {
      __typename: 'Cat', id: 'ghost', name: failure, owner: ref('ann'), friends: [ref('fido')],
      meows: null, volume: 1e21, lives: failure, enemy: null,
    },
    ann: {
      __typename: 'Person', id: 'ann', name: 'Ann', age: 41, pets: [ref('rex'), ref('tom')],
      mood: 'GLAD', born: '1984-02-29', parents: [ref('bob')], broken: failure, brokenStrict: 'no',
    },
    bob: {
      __typename: 'Person', id: 'bob', name: 'Bob "é" \u{1F415}\n', age: null,
      pets: [ref('ghost'), ref('fido')], mood: null, born: null, parents: [], broken: null,
      brokenStrict: failure,
    },
    r2: {
      __typename: 'Robot', serial: 'R2', power: 1.5,
      makers: [[ref('ann'), null], null, [], [ref('bob')]],
    },
    Query: {
      pet: ref('rex'), pets: [ref('rex'), ref('tom'), ref('fido')], companion: ref('r2'),
      companions: [ref('r2'), null, ref('ghost'), ref('fido')], mortal: ref('ann'),
      person: ref('bob'), node: ref('tom'), being: ref('ann'), robot: ref('r2'), absent: null,
    },
    Mutation: { adopt: ref('ghost'), rename: ref('ann'), breakIt: failure },
    Subscription: {},
  },
};

const inputs = {
  name: 'inputs',
  sdl: `
input Point { x: Float!  y: Float! = 0.5  label: String = "here" }
input Shape { points: [Point!]!  closed: Boolean = true  inner: Shape  tags: [[String]]  fill: Fill }
input Defaults {
  point: Point = { x: 1 }  list: [Int!]! = [1, 2]  number: Int = 7  any: Any  color: Color! = RED
}
input Choice @oneOf { byId: ID  byName: String  byPoint: Point  byList: [Int!] }
input Search { text: String!  choice: Choice  limit: Int = 10 @deprecated(reason: "paging") }
enum Color { RED GREEN BLUE }
enum Fill { SOLID NONE }
scalar Any
scalar Date @specifiedBy(url: "https://example.com/date")
interface Result { echo: String }
type Found implements Result { echo: String  colors: [Color!]  again(search: Search): Found! }
type Missing implements Result { echo: String  reason: String! }
union Outcome = Found | Missing

type Query {
  scalars(int: Int, float: Float, string: String, boolean: Boolean, id: ID, date: Date): String
  strict(int: Int!, float: Float! = 1.5, string: String!, ids: [ID!]!): String
  lists(ints: [Int], deep: [[Int!]!], points: [Point], colors: [Color!]): String
  shape(shape: Shape!): String
  defaults(with: Defaults = {}, color: Color = GREEN): String
  choose(by: Choice!): String
  chooseMany(by: [Choice!]): String
  search(search: Search!): Outcome
  any(any: Any, anyStrict: Any!): String
  enums(color: Color!, fill: Fill = NONE): Color
  old(since: Date @deprecated(reason: "gone"), until: Date): [Result!]
}
type Mutation { put(shape: Shape, choice: Choice, at: Date!): String!  clear: Boolean }
`,
  world: {
    found: { __typename: 'Found', echo: 'f', colors: ['RED', 'BLUE'], again: ref('found') },
    missing: { __typename: 'Missing', echo: null, reason: null },
    Query: {
      scalars: echo, strict: echo, lists: echo, shape: echo, defaults: echo, choose: echo,
      chooseMany: echo, search: ref('found'), any: echo, enums: 'GREEN',
      old: [ref('found'), ref('missing')],
    },
    Mutation: { put: echo, clear: true },
  },
};

const blog = {
  name: 'blog',
  sdl: `
"A schema whose roots have names of their own."
schema { query: Root  mutation: Change }
interface Entity { id: ID!  url: String }
interface Content implements Entity {
  id: ID!  url: String  author: Author!  comments(first: Int!, after: String): CommentConnection!
}
type Post implements Content & Entity {
  id: ID!  url: String  author: Author!  comments(first: Int!, after: String): CommentConnection!
  title: String!  related: [Content!]!  score: Int
}
type Photo implements Content & Entity {
  id: ID!  url: String  author: Author!  comments(first: Int!, after: String): CommentConnection!
  title: String  width: Int!  score: Float
}
type Author implements Entity { id: ID!  url: String  name: String!  works: [Content]  best: Work }
union Work = Post | Photo
type CommentConnection { nodes: [Comment!]!  edges: [CommentEdge]  total: Int! }
type CommentEdge { cursor: String!  node: Comment }
type Comment implements Entity { id: ID!  url: String  text: String  on: Content!  by: Author }
input Filter { text: String  authors: [ID!]  and: [Filter!]  not: Filter }
type Root { content(id: ID!): Content  contents(filter: Filter, first: Int): [Content!]
  work: Work  entity: Entity!  author: Author! }
type Change { comment(on: ID!, text: String!): Comment!  like(on: [ID!]!): Int }
`,
  world: {
    post: {
      __typename: 'Post', id: 'post', url: '/p', author: ref('eve'), comments: ref('many'),
      title: 'P', related: [ref('photo'), ref('post')], score: 3,
    },
    photo: {
      __typename: 'Photo', id: 'photo', url: null, author: ref('eve'), comments: ref('none'),
      title: null, width: 640, score: 2.25,
    },
    lost: {
      __typename: 'Photo', id: 'lost', url: failure, author: null, comments: failure, title: 'L',
      width: null, score: null,
    },
    eve: {
      __typename: 'Author', id: 'eve', url: '/eve', name: 'Eve', best: ref('photo'),
      works: [ref('post'), null, ref('lost')],
    },
    many: { nodes: [ref('c1'), ref('c2')], edges: [ref('e1'), null], total: 2 },
    none: { nodes: [], edges: null, total: 0 },
    e1: { cursor: 'x', node: ref('c1') },
    c1: { __typename: 'Comment', id: 'c1', url: null, text: 'hi', on: ref('post'), by: null },
    c2: {
      __typename: 'Comment', id: 'c2', url: null, text: failure, on: ref('lost'), by: ref('eve'),
    },
    Root: {
      content: ref('post'), contents: [ref('photo'), ref('post'), ref('lost')], work: ref('photo'),
      entity: ref('c2'), author: ref('eve'),
    },
    Change: { comment: ref('c1'), like: 2 },
  },
};

export const schemas = [zoo, inputs, blog];
