// What graphql-js says about a document, in the form in which the engine's answers are compared.

import {
  buildSchema, execute, isAbstractType, parse, specifiedRules, validate, validateSchema,
  valueFromASTUntyped,
} from 'graphql';

const place = (location) => `${location.line}:${location.column}`;

/** "1:2 3:4", as errors of both sides are compared. */
export const places = (locations) => (locations ?? []).map(place).join(' ');

export class Reference {
  constructor({ sdl, world }) {
    this.world = world;
    this.schema = buildSchema(sdl);
    for (const problem of validateSchema(this.schema)) throw problem;
    for (const type of Object.values(this.schema.getTypeMap())) this.adapt(type);
  }

  // As scalar_functions() and the type resolvers of the probe.
  adapt(type) {
    if (type.name === 'Date') {
      type.parseValue = (value) => {
        if (typeof value === 'string' && Buffer.byteLength(value) === 10) return value;
        throw new Error('A Date is YYYY-MM-DD.');
      };
      type.parseLiteral = (node, variables) => type.parseValue(valueFromASTUntyped(node, variables));
    }
    if (isAbstractType(type)) type.resolveType = (value) => value.__typename;
  }

  /** {refused: [{rule, places}]} or {response, wasRefused}. */
  run({ text, operation, variables }) {
    let document;
    try {
      document = parse(text);
    } catch (error) {
      return { refused: [{ rule: 'Syntax', places: places(error.locations), message: error.message }] };
    }
    const refused = [];
    for (const rule of specifiedRules) {
      for (const error of this.validate(document, rule)) {
        refused.push({
          rule: rule.name.replace(/Rule$/, ''), places: places(error.locations), message: error.message,
        });
      }
    }
    if (refused.length > 0) return { refused };
    return { response: this.execute(document, operation, variables), document };
  }

  // SingleFieldSubscriptions of graphql-js 16 reads variables that have no values yet, and throws.
  validate(document, rule) {
    try {
      return validate(this.schema, document, [rule], { maxErrors: 10_000 });
    } catch (error) {
      if (rule.name === 'SingleFieldSubscriptionsRule') return [];
      throw error;
    }
  }

  execute(document, operationName, variableValues) {
    const result = execute({
      schema: this.schema, document, operationName, variableValues,
      fieldResolver: (source, args, context, info) =>
        this.resolve(source ?? this.world[info.parentType.name], args, info),
    });
    return JSON.parse(JSON.stringify(result));
  }

  resolve(source, args, info) {
    const found = source[info.fieldName];
    if (found?.$error) throw new Error('The resolver failed.');
    if (found?.$arguments) return JSON.stringify(args);
    return this.dereference(found);
  }

  dereference(found) {
    if (Array.isArray(found)) return found.map((item) => this.dereference(item));
    return found?.$ref === undefined ? found : this.world[found.$ref];
  }
}
