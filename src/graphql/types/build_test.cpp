// Schema::build: what it accepts, and what it says about a schema that breaks a rule of section 3.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "graphql/schema.hpp"
#include "graphql/types/type_system.hpp"

namespace latchkey::graphql::types {
namespace {

using ::testing::HasSubstr;

Resolvers one_field() {
    Resolvers resolvers;
    resolvers.root("Query").field("a", [] { return graphql::Value::null(); });
    return resolvers;
}

// What is wrong with `type Query { a: Int }` and `sdl`; "" if nothing is.
std::string problems_of(std::string_view sdl) {
    const std::array<std::string_view, 2> texts = {"type Query { a: Int }", sdl};
    const auto schema = Schema::build(texts, one_field());
    return schema ? std::string() : schema.error().detail;
}

struct Row {
    std::string_view sdl;
    std::string_view problem;
};

TEST(SchemaBuild, NamesWhatIsWrongWithTypes) {
    const std::array rows = {
        Row{"type Query { b: Int }", "Type \"Query\" is defined twice."},
        Row{"type __T { a: Int }", "Type \"__T\" must not begin with \"__\"."},
        Row{"interface I { a: Int a: Int }", "I.a is defined twice."},
        Row{"interface I { __a: Int }", "I.__a: a name must not begin with \"__\"."},
        Row{"interface I", "Type I has no fields."},
        Row{"interface I { a: Missing }", "I.a names the unknown type \"Missing\"."},
        Row{"interface I { a: N } input N { b: Int }", "I.a has an input type."},
        Row{"interface I { a(b: J): Int } interface J { c: Int }", "I.a.b has an output type."},
        Row{"interface I { a(b: Int, b: Int): Int }", "I.a.b is defined twice."},
        Row{"union U", "Union U has no members."},
        Row{"union U = Query | Query", "U: Query is named twice."},
        Row{"union U = Int", "U: Int is not an object type."},
        Row{"enum E", "Enum E has no values."},
        Row{"enum E { A A }", "E.A is defined twice."},
        Row{"input N", "Input N has no fields."},
        Row{"input N { a: Query }", "N.a has an output type."},
        Row{"input N { n: N! }", "Input N cannot be given: it needs itself."},
        Row{"input N { m: M! } input M { n: N! }", "Input N cannot be given: it needs itself."},
        Row{"extend type Missing { a: Int }", "Cannot extend type \"Missing\": it is not defined."},
        Row{"extend input Query { a: Int }",
            "Cannot extend type \"Query\" as another kind of type."},
        Row{"schema { query: Query mutation: Query }", "Root type Query serves two operations."},
        Row{"schema { query: Int }", "Root type Int is not an object type."},
        Row{"schema { query: Query query: Query }", "The schema names a root type twice."},
        Row{"query Q { a }", "SDL text 2 holds operations or fragments."},
        Row{"type {", "SDL text 2, line 1, column 6: Syntax Error: Expected Name, found \"{\"."},
    };
    for (const Row& row : rows) EXPECT_THAT(problems_of(row.sdl), HasSubstr(row.problem));
}

TEST(SchemaBuild, HoldsTypesToTheirInterfaces) {
    const std::array rows = {
        Row{"interface I implements Query { a: Int }", "which is not an interface."},
        Row{"interface I implements I { a: Int }", "I implements I: itself."},
        Row{"interface J { a: Int } interface I implements J & J { a: Int }", "J twice."},
        Row{"interface J { a: Int } interface I implements J { b: Int }", "lacks the field a."},
        Row{"interface J { a: Int } interface I implements J { a: String }",
            "I.a is String, but J.a is Int."},
        Row{"interface J { a: Int! } interface I implements J { a: Int }",
            "I.a is Int, but J.a is Int!."},
        Row{"interface J { a(b: Int): Int } interface I implements J { a: Int }",
            "I.a lacks the argument b: Int of J.a."},
        Row{"interface J { a: Int } interface I implements J { a(b: Int!): Int }",
            "I.a requires the argument b, which J.a lacks."},
        Row{"interface J { a: Int } interface I implements J { a: Int @deprecated }",
            "I.a is deprecated, but J.a is not."},
        Row{"interface K { a: Int } interface J implements K { a: Int } "
            "interface I implements J { a: Int }",
            "I implements J, so it must name K as well."},
    };
    for (const Row& row : rows) EXPECT_THAT(problems_of(row.sdl), HasSubstr(row.problem));
    EXPECT_EQ(problems_of("interface J { a(b: Int): J } interface I implements J "
                          "{ a(b: Int, c: Int): I! }"),
              "");
}

TEST(SchemaBuild, HoldsDirectivesToTheirDefinitions) {
    const std::array rows = {
        Row{"scalar S @unknown", "S: directive \"@unknown\" is unknown."},
        Row{"interface I @oneOf { a: Int }", "may not stand on INTERFACE."},
        Row{"enum E { A @deprecated @deprecated }", "is not repeatable."},
        Row{"scalar S @specifiedBy", "needs the argument \"url\"."},
        Row{"scalar S @specifiedBy(url: null)", "must not have null for \"url\"."},
        Row{"scalar S @specifiedBy(url: \"u\", uri: \"u\")", "has no argument \"uri\"."},
        Row{"directive @d on NOWHERE", "@d names the unknown location \"NOWHERE\"."},
        Row{"directive @d on FIELD directive @d on QUERY", "Directive \"@d\" is defined twice."},
        Row{"directive @skip on FIELD", "Directive \"@skip\" is defined twice."},
        Row{"directive @__d on FIELD", "a name must not begin with \"__\"."},
        Row{"input N { a: Int! @deprecated }", "N.a is required, so it must not be deprecated."},
        Row{"interface I { f(a: Int! @deprecated): Int }", "so it must not be deprecated."},
        Row{"input O @oneOf { a: Int! }", "O.a of a OneOf must be nullable."},
        Row{"input O @oneOf { a: Int = 1 }", "O.a of a OneOf must not have a default."},
    };
    for (const Row& row : rows) EXPECT_THAT(problems_of(row.sdl), HasSubstr(row.problem));
}

TEST(SchemaBuild, HoldsDefaultsToTheirTypes) {
    for (const std::string_view sdl :
         {"input N { a: Int = \"x\" }", "input N { a: Int! = null }",
          "input N { a: [Int!] = [null] }", "enum E { A } input N { a: E = B }",
          "input N { a: M = {} } input M { b: Int! }", "interface I { f(a: Int = 1.5): Int }",
          "directive @d(a: Boolean = 1) on FIELD", "input N { n: N = {} }",
          "input N { m: M = {} } input M { n: N = { } }"}) {
        EXPECT_NE(problems_of(sdl), "") << sdl;
    }
    for (const std::string_view sdl :
         {"input N { a: [Int!] = 1, m: M = { b: 2 } } input M { b: Int! c: Int = 3 }",
          "enum E { A } interface I { f(a: E = A, b: ID = 7, c: Float = 1): Int }",
          "input N { n: N = null }"}) {
        EXPECT_EQ(problems_of(sdl), "") << sdl;
    }
}

TEST(SchemaBuild, MatchesResolversAndFieldsInBothDirections) {
    const std::array<std::string_view, 1> sdl = {
        "type Query { a: Int b: T u: U } type T { c: Int } type V { c: Int } union U = T | V "
        "scalar S"};
    struct Thing {};
    Resolvers resolvers = one_field();
    resolvers.root("Query").field("missing", [] { return graphql::Value::null(); });
    resolvers.root("Nowhere").field("a", [] { return graphql::Value::null(); });
    resolvers.object<Thing>("T").field("c", [] { return graphql::Value::null(); });
    resolvers.object<Thing>("V").field("c", [] { return graphql::Value::null(); });
    resolvers.scalar("Int", {});
    const auto schema = Schema::build(sdl, std::move(resolvers));
    ASSERT_FALSE(schema);
    for (const std::string_view problem :
         {"A resolver for the unknown field \"Query.missing\".",
          "Resolvers for the unknown type \"Nowhere\".", "Query.b has no resolver.",
          "Scalar S has no functions.", "Scalar functions for Int, which is not a custom scalar.",
          "U needs a type resolver: V and T share one C++ type."}) {
        EXPECT_THAT(schema.error().detail, HasSubstr(problem));
    }
}

TEST(SchemaBuild, PutsExtensionsTogether) {
    EXPECT_EQ(problems_of("interface I { a: Int } extend interface I { b: Int } enum E { A } "
                          "extend enum E { B } input N { a: Int } extend input N { e: E = B } "
                          "extend schema @d directive @d on SCHEMA"),
              "");
}

}  // namespace
}  // namespace latchkey::graphql::types
