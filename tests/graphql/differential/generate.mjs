// Documents that are valid by construction, except where their fields happen not to merge: walks
// the schema at random, with fragments, aliases, directives, literals and variables.

import {
  getNamedType, isAbstractType, isCompositeType, isEnumType, isInputObjectType, isLeafType,
  isListType, isNonNullType, isObjectType, isRequiredInputField, isRequiredArgument,
} from 'graphql';

const strings = ['', 'a', 'Ünï', '\u{1F415} dog', 'line\nbreak', 'quote " and \\', 'x'.repeat(40)];

export class Generator {
  constructor(schema, random) {
    this.schema = schema;
    this.random = random;
    this.composites = Object.values(schema.getTypeMap())
      .filter((type) => isCompositeType(type) && !type.name.startsWith('__'));
  }

  /** {text, operation, variables} of one document. */
  document() {
    const { random } = this;
    this.fragments = new Map();
    this.owners = new Map();
    const kinds = ['query', 'query', 'query'];
    if (this.schema.getMutationType()) kinds.push('mutation');
    if (this.schema.getSubscriptionType() && random.chance(0.2)) kinds.push('subscription');
    const count = random.chance(0.1) ? 2 : 1;
    const operations = [];
    for (let i = 0; i < count; ++i) {
      operations.push(this.operation(random.pick(kinds), count > 1 ? `Op${i}` : null));
    }
    const parts = [...operations.map((it) => it.text), ...this.fragments.values()]
      .filter((it) => typeof it === 'string');
    const chosen = random.pick(operations);
    return {
      text: parts.join(random.chance(0.5) ? '\n' : ' '),
      operation: count > 1 ? chosen.name : null,
      variables: chosen.variables,
    };
  }

  operation(kind, name) {
    const { random, schema } = this;
    this.variables = new Map();
    this.owner = name;
    this.budget = 25;
    const root = { query: schema.getQueryType(), mutation: schema.getMutationType(),
      subscription: schema.getSubscriptionType() }[kind];
    const selection = kind === 'subscription'
      ? `{ ${this.field(root, 3)} }` : this.selection(root, 1 + random.below(4));
    const used = this.used(selection);
    const variables = {};
    const definitions = [];
    for (const [variable, { type, text, value }] of this.variables) {
      if (!used.has(variable)) continue;
      definitions.push(`$${variable}: ${type}${text}`);
      if (value !== undefined) variables[variable] = value;
    }
    const head = definitions.length > 0 ? `(${definitions.join(', ')})` : '';
    const label = name ?? (random.chance(0.5) || head || kind !== 'query' ? 'Named' : null);
    const text = label === null && random.chance(0.7)
      ? selection : `${kind} ${label ?? ''}${head}${this.marks('QUERY', kind)} ${selection}`;
    return { text, name: label, variables };
  }

  /** The variables that a selection reads, through its fragments. */
  used(text, seen = new Set()) {
    const found = new Set([...text.matchAll(/\$(\w+)/g)].map((match) => match[1]));
    for (const [, name] of text.matchAll(/\.\.\.\s*(F\w+)/g)) {
      if (seen.has(name)) continue;
      seen.add(name);
      for (const variable of this.used(this.fragments.get(name) ?? '', seen)) found.add(variable);
    }
    return found;
  }

  marks(place, kind = 'query') {
    const { random } = this;
    const marked = this.schema.getDirective('marked');
    if (!marked || !random.chance(0.08) || kind === 'subscription') return '';
    const location = place === 'QUERY' ? kind.toUpperCase() : place;
    if (!marked.locations.includes(location)) return '';
    return random.pick([' @marked', ' @marked(note: "me") @marked', ' @marked(level: 3)']);
  }

  conditions() {
    const { random } = this;
    if (!random.chance(0.1)) return '';
    const name = random.pick(['skip', 'include']);
    const value = random.chance(0.5) ? random.pick(['true', 'false']) : this.condition();
    return ` @${name}(if: ${value})`;
  }

  condition() {
    const name = `c${this.random.below(2)}`;
    const text = this.random.chance(0.3) ? ' = true' : '';
    if (!this.variables.has(name)) {
      this.variables.set(name, { type: 'Boolean!', text, value: this.random.chance(0.5) });
    }
    return `$${name}`;
  }

  selection(type, depth) {
    const { random } = this;
    const items = [];
    const count = 1 + random.below(4);
    for (let i = 0; i < count; ++i) items.push(this.item(type, depth));
    return `{ ${items.join(random.pick([' ', ', ', '\n  ']))} }`;
  }

  item(type, depth) {
    const { random } = this;
    this.budget -= 1;
    const roll = random.next();
    if (roll < 0.08 || type.getFields === undefined) {
      if (roll < 0.04 || depth <= 0 || this.budget <= 0) return '__typename';
      return this.inline(type, depth);
    }
    if (roll < 0.18 && depth > 0 && this.budget > 0) return this.inline(type, depth);
    if (roll < 0.28 && depth > 0 && this.budget > 0) return this.spread(type, depth);
    return this.field(type, depth);
  }

  inline(type, depth) {
    const target = this.random.chance(0.2) ? null : this.overlapping(type);
    const on = target === null ? '' : ` on ${target.name}`;
    const rest = `${this.conditions()}${this.marks('INLINE_FRAGMENT')}`;
    return `...${on}${rest} ${this.selection(target ?? type, depth - 1)}`;
  }

  spread(type, depth) {
    const { random } = this;
    const fitting = [...this.fragments.entries()].filter(([name]) => {
      const on = this.schema.getType(name.split('_')[1]);
      return this.fragments.get(name) !== null && this.owners.get(name) === this.owner &&
        this.overlap(type, on);
    });
    const again = fitting.length > 0 && random.chance(0.5);
    const name = again ? random.pick(fitting)[0] : this.define(this.overlapping(type), depth);
    return `...${name}${this.conditions()}${this.marks('FRAGMENT_SPREAD')}`;
  }

  define(type, depth) {
    const name = `F${this.fragments.size}_${type.name}`;
    this.owners.set(name, this.owner);
    this.fragments.set(name, null);  // taken, but not to be spread within itself
    const body = this.selection(type, depth - 1);
    this.fragments.set(name,
      `fragment ${name} on ${type.name}${this.marks('FRAGMENT_DEFINITION')} ${body}`);
    return name;
  }

  possible(type) {
    return isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type];
  }

  overlap(a, b) {
    return this.possible(a).some((type) => this.possible(b).includes(type));
  }

  overlapping(type) {
    return this.random.pick(this.composites.filter((other) => this.overlap(type, other)));
  }

  field(type, depth) {
    const { random } = this;
    const fields = Object.values(type.getFields())
      .filter((field) => depth > 0 || isLeafType(getNamedType(field.type)));
    if (fields.length === 0) return '__typename';
    const field = random.pick(fields);
    const alias = random.chance(0.25) ? `${random.pick(['a', 'b', 'x1', field.name])}: ` : '';
    const inner = getNamedType(field.type);
    const below = isLeafType(inner) ? ''
      : ` ${depth > 0 && this.budget > 0 ? this.selection(inner, depth - 1) : '{ __typename }'}`;
    return `${alias}${field.name}${this.arguments(field)}${this.conditions()}` +
      `${this.marks('FIELD')}${below}`;
  }

  arguments(field) {
    const given = field.args
      .filter((arg) => isRequiredArgument(arg) || this.random.chance(0.5))
      .map((arg) => `${arg.name}: ${this.value(arg.type, 3, arg.defaultValue !== undefined)}`);
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  /** A literal, or a variable of that type. */
  value(type, depth, hasDefault = false) {
    if (this.random.chance(0.3)) return this.variable(type, hasDefault);
    return this.literal(type, depth);
  }

  variable(type, hasDefault) {
    const { random } = this;
    const isStrict = isNonNullType(type);
    // A nullable variable may stand in a non-null place when a default is there.
    const loose = isStrict && hasDefault && random.chance(0.3);
    let declared = loose ? type.ofType : type;
    if (!isStrict && random.chance(0.2)) declared = `${type}!`;
    const name = `v${this.variables.size}`;
    const needed = String(declared).endsWith('!');
    const withDefault = random.chance(0.2);
    const nullable = isNonNullType(type) ? type.ofType : type;
    const text = withDefault ? ` = ${this.constant(nullable)}` : '';
    const given = (needed && !withDefault) || random.chance(0.7);
    const value = given ? this.json(needed || loose ? nullable : type, 3, needed) : undefined;
    this.variables.set(name, { type: String(declared), text, value });
    return `$${name}`;
  }

  constant(type) {
    const variables = this.variables;
    this.isConstant = true;
    const text = this.literal(type, 2, true);
    this.isConstant = false;
    this.variables = variables;
    return text;
  }

  literal(type, depth, isStrict = false) {
    const { random } = this;
    if (isNonNullType(type)) return this.literal(type.ofType, depth, true);
    if (!isStrict && random.chance(0.1)) return 'null';
    if (isListType(type)) {
      if (random.chance(0.2)) return this.literal(type.ofType, depth, true);
      const items = Array.from({ length: random.below(3) }, () => this.part(type.ofType, depth));
      return `[${items.join(', ')}]`;
    }
    if (isEnumType(type)) return random.pick(type.getValues()).name;
    if (isInputObjectType(type)) return this.object(type, depth);
    return this.scalar(type.name);
  }

  part(type, depth) {
    const isFree = !this.isConstant && this.random.chance(0.15);
    return isFree ? this.variable(type, false) : this.literal(type, depth - 1);
  }

  object(type, depth) {
    const { random } = this;
    let fields = Object.values(type.getFields());
    if (type.isOneOf) {
      const field = random.pick(fields);
      const inner = isNonNullType(field.type) ? field.type.ofType : field.type;
      return `{ ${field.name}: ${this.literal(inner, depth - 1, true)} }`;
    }
    fields = fields.filter((field) =>
      isRequiredInputField(field) || (depth > 0 && random.chance(0.4)));
    const parts = fields.map((field) => `${field.name}: ${this.part(field.type, depth)}`);
    return `{ ${parts.join(', ')} }`;
  }

  scalar(name) {
    const { random } = this;
    switch (name) {
      case 'Int': return String(random.pick([0, 1, -1, 42, 2147483647, -2147483648]));
      case 'Float': return random.pick(['0', '1', '-2', '1.5', '-0.25', '1e3', '2.5E-3']);
      case 'Boolean': return random.pick(['true', 'false']);
      case 'ID': return random.pick(['"x"', '7', '"é"', '-3']);
      case 'Date': return '"2026-11-21"';
      case 'Any': return random.pick(['1', '"s"', 'true', '[1, [2]]', '{ a: 1, b: [E] }', 'ENUM']);
      default: {
        const text = random.pick(strings);
        return random.chance(0.1) && !text.includes('\\')
          ? `"""${text.replaceAll('"', '')} """` : JSON.stringify(text);
      }
    }
  }

  /** A variable's value; now and then one that does not fit. */
  json(type, depth, isStrict = false) {
    const { random } = this;
    if (random.chance(0.03)) return random.pick([null, 'no', -1.5, true, [], {}, [[null]], 3e10]);
    if (isNonNullType(type)) return this.json(type.ofType, depth, true);
    if (!isStrict && random.chance(0.15)) return null;
    if (isListType(type)) {
      if (random.chance(0.15)) return this.json(type.ofType, depth, true);
      return Array.from({ length: random.below(3) }, () => this.json(type.ofType, depth - 1));
    }
    if (isEnumType(type)) return random.pick(type.getValues()).name;
    if (isInputObjectType(type)) return this.jsonObject(type, depth);
    switch (type.name) {
      case 'Int': return random.pick([0, 1, -1, 2147483647]);
      case 'Float': return random.pick([0, 1, -2.5, 1e-7, 123456.75]);
      case 'Boolean': return random.chance(0.5);
      case 'ID': return random.pick(['x', 7, 'é']);
      case 'Date': return '2026-11-21';
      case 'Any': return random.pick([1, 's', true, [1, [2]], { a: 1, b: ['E'] }, 1.5]);
      default: return random.pick(strings);
    }
  }

  jsonObject(type, depth) {
    const { random } = this;
    const fields = Object.values(type.getFields());
    if (type.isOneOf) {
      const field = random.pick(fields);
      return { [field.name]: this.json(field.type, depth - 1, true) };
    }
    const object = {};
    for (const field of fields) {
      if (!isRequiredInputField(field) && (depth <= 0 || !random.chance(0.4))) continue;
      object[field.name] = this.json(field.type, depth - 1);
    }
    if (random.chance(0.02)) object.unknown = 1;
    return object;
  }
}
