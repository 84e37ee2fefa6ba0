#include "graphql/types/built_in_sdl.hpp"

namespace latchkey::graphql::types {

const std::string_view built_in_sdl = R"graphql(
"A whole number between -2^31 and 2^31 - 1."
scalar Int
"A double-precision number (IEEE 754)."
scalar Float
"Text in UTF-8."
scalar String
"`true` or `false`."
scalar Boolean
"A unique identifier, to be treated as opaque. It is written as a String."
scalar ID

"Leaves out the field or fragment when the argument is true."
directive @skip(
  "Skipped when true."
  if: Boolean!
) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT

"Takes in the field or fragment only when the argument is true."
directive @include(
  "Included when true."
  if: Boolean!
) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT

"Marks an element of the schema that should no longer be used."
directive @deprecated(
  "Why, and what to use instead, in Markdown."
  reason: String! = "No longer supported"
) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE

"Points to the specification of a custom scalar's values."
directive @specifiedBy(
  "The URL of the specification."
  url: String!
) on SCALAR

"Exactly one field of this input object must be given, and it must not be null."
directive @oneOf on INPUT_OBJECT

"The schema: its types, directives and the entry points of its operations."
type __Schema {
  description: String
  "All types of this server."
  types: [__Type!]!
  "Where queries start."
  queryType: __Type!
  "Where mutations start, if there are any."
  mutationType: __Type
  "Where subscriptions start, if there are any."
  subscriptionType: __Type
  "All directives of this server."
  directives: [__Directive!]!
}

"A type of any kind. `kind` says which of the fields apply."
type __Type {
  kind: __TypeKind!
  name: String
  description: String
  specifiedByURL: String
  fields(includeDeprecated: Boolean! = false): [__Field!]
  interfaces: [__Type!]
  possibleTypes: [__Type!]
  enumValues(includeDeprecated: Boolean! = false): [__EnumValue!]
  inputFields(includeDeprecated: Boolean! = false): [__InputValue!]
  ofType: __Type
  isOneOf: Boolean
}

"What kind of type a `__Type` is."
enum __TypeKind {
  "A leaf value."
  SCALAR
  "A type with `fields` and `interfaces`."
  OBJECT
  "A type with `fields`, `interfaces` and `possibleTypes`."
  INTERFACE
  "A type with `possibleTypes`."
  UNION
  "A leaf value out of `enumValues`."
  ENUM
  "A type with `inputFields`."
  INPUT_OBJECT
  "A list of `ofType`."
  LIST
  "`ofType`, but never null."
  NON_NULL
}

"A field of an object or interface."
type __Field {
  name: String!
  description: String
  args(includeDeprecated: Boolean! = false): [__InputValue!]!
  type: __Type!
  isDeprecated: Boolean!
  deprecationReason: String
}

"An argument, or a field of an input object."
type __InputValue {
  name: String!
  description: String
  type: __Type!
  "The value when none is given, as a GraphQL literal."
  defaultValue: String
  isDeprecated: Boolean!
  deprecationReason: String
}

"A value of an enum."
type __EnumValue {
  name: String!
  description: String
  isDeprecated: Boolean!
  deprecationReason: String
}

"A directive that this server understands."
type __Directive {
  name: String!
  description: String
  isRepeatable: Boolean!
  locations: [__DirectiveLocation!]!
  args(includeDeprecated: Boolean! = false): [__InputValue!]!
}

"Where a directive may stand."
enum __DirectiveLocation {
  "On a query."
  QUERY
  "On a mutation."
  MUTATION
  "On a subscription."
  SUBSCRIPTION
  "On a field."
  FIELD
  "On a fragment definition."
  FRAGMENT_DEFINITION
  "On a fragment spread."
  FRAGMENT_SPREAD
  "On an inline fragment."
  INLINE_FRAGMENT
  "On a variable definition."
  VARIABLE_DEFINITION
  "On a schema definition."
  SCHEMA
  "On a scalar definition."
  SCALAR
  "On an object definition."
  OBJECT
  "On a field definition."
  FIELD_DEFINITION
  "On an argument definition."
  ARGUMENT_DEFINITION
  "On an interface definition."
  INTERFACE
  "On a union definition."
  UNION
  "On an enum definition."
  ENUM
  "On an enum value definition."
  ENUM_VALUE
  "On an input object definition."
  INPUT_OBJECT
  "On an input field definition."
  INPUT_FIELD_DEFINITION
}
)graphql";

}  // namespace latchkey::graphql::types
