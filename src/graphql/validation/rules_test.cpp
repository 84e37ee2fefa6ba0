// Each rule with documents that it refuses and where; the places are those that graphql-js 16
// reports for the same document and schema, but for what is new in September 2025 and for 1e400,
// which it takes for infinity.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "graphql/language/parser.hpp"
#include "graphql/validation/rules.hpp"
#include "graphql/validation/validate.hpp"
#include "testing/graphql/zoo.hpp"

namespace latchkey::graphql::validation {
namespace {

struct Row {
    std::string_view rule;
    std::string_view document;
    std::string_view places;  // columns: of one error joined by +, errors apart by a space
};

const std::array documents = {
    Row{"ExecutableDefinitions", "{ pet { id } } type T { a: Int }", "16"},
    Row{"ExecutableDefinitions",
        "{ pet { id } } extend type Dog { a: Int } directive @d on FIELD schema { query: Query }",
        "16 43 65"},
    Row{"UniqueOperationNames", "query A { pet { id } } query A { pet { id } }", "7+30"},
    Row{"UniqueOperationNames", "query A { pet { id } } mutation A { fail }", "7+33"},
    Row{"LoneAnonymousOperation", "{ pet { id } } query A { pet { id } }", "1"},
    Row{"LoneAnonymousOperation", "{ pet { id } } { pet { id } }", "1 16"},
    Row{"SingleFieldSubscriptions", "subscription { added { id } other }", "29"},
    Row{"SingleFieldSubscriptions",
        "subscription S { ...F } fragment F on Subscription { added { id } a: other }", "67"},
    Row{"SingleFieldSubscriptions", "subscription { __typename }", "16"},
    Row{"SingleFieldSubscriptions", "subscription ($a: Boolean!) { added @skip(if: $a) { id } }",
        "31"},
};

const std::array fields = {
    Row{"FieldsOnCorrectType", "{ pet { barks } }", "9"},
    Row{"FieldsOnCorrectType", "{ companion { name } }", "15"},
    Row{"FieldsOnCorrectType", "{ pets { ... on Dog { unknown: lives } } }", "23"},
    Row{"FieldsOnCorrectType", "{ person { __schema { description } } }", "12"},
    Row{"FieldsOnCorrectType", R"(mutation { __type(name: "Dog") { name } })", "12"},
    Row{"ScalarLeafs", "{ pet { name { first } } }", "14"},
    Row{"ScalarLeafs", "{ pet }", "3"},
    Row{"ScalarLeafs", "{ companions pets { owner } }", "3 21"},
    Row{"OverlappingFieldsCanBeMerged", "{ pet { a: id a: name } }", "9+15"},
    Row{"OverlappingFieldsCanBeMerged", "{ echo(int: 1) echo(int: 2) }", "3+16"},
    Row{"OverlappingFieldsCanBeMerged", "{ echo echo(int: 2) }", "3+8"},
    Row{"OverlappingFieldsCanBeMerged",
        "{ pet { ... on Dog { a: barks } ... on Cat { a: lives } } }", "22+46"},
    Row{"OverlappingFieldsCanBeMerged",
        "{ pet { ...A ...B } } fragment A on Dog { x: name } fragment B on Pet { x: id }", "43+73"},
    Row{"OverlappingFieldsCanBeMerged", "{ a: pet { x: id } a: pet { x: name } }", "3+12+20+29"},
    Row{"OverlappingFieldsCanBeMerged",
        "{ a: pet { owner { x: id } } a: pet { owner { x: name y: id } owner { y: name } } }",
        "3+12+20+30+39+47 39+55+63+71"},
    Row{"OverlappingFieldsCanBeMerged",
        "{ companions { ... on Dog { f: owner { id } } ... on Cat { f: friends { id } } } }",
        "29+60"},
    Row{"OverlappingFieldsCanBeMerged", "query ($v: Int) { echo(int: $v) echo(int: 1) }", "19+33"},
    Row{"OverlappingFieldsCanBeMerged",
        "{ person { ... on Person { a: id } a: name } pet { ...F a: name } } fragment F on Pet { "
        "a: id ...F }",
        "28+36 57+89"},
};

const std::array arguments = {
    Row{"KnownArgumentNames", "{ echo(integer: 1) }", "8"},
    Row{"KnownArgumentNames", "{ pet { id @skip(unless: true, if: true) } }", "18"},
    Row{"UniqueArgumentNames", "{ echo(int: 1, int: 2) }", "8+16"},
    Row{"UniqueArgumentNames", R"({ pet { id @marked(by: "a", by: "b", by: "c") } })", "20+29+38"},
    Row{"ProvidedRequiredArguments", "{ need }", "3"},
    Row{"ProvidedRequiredArguments",
        "{ pet { id @skip } companion { ... on Dog { doesKnow(loudly: false) } } }", "12 45"},
    Row{"UniqueInputFieldNames", "{ need(point: { x: 1, x: 2 }) }", "17+23"},
    Row{"UniqueInputFieldNames", "{ echo(point: { x: 1, inner: { x: 1, y: 2, y: 3 } }) }", "38+44"},
};

const std::array fragments = {
    Row{"UniqueFragmentNames",
        "{ ...F } fragment F on Query { pet { id } } fragment F on Query { pet { id } }", "19+54"},
    Row{"KnownTypeNames", "{ ... on Unknown { id } }", "10"},
    Row{"KnownTypeNames", "query ($a: [Unknown!]) { ...F } fragment F on Missing { id }", "13 47"},
    Row{"FragmentsOnCompositeTypes", "{ ...F ... on Command { id } } fragment F on Point { id }",
        "15 46"},
    Row{"FragmentsOnCompositeTypes", "fragment F on String { id } { ...F }", "15"},
    Row{"NoUnusedFragments", "{ pet { id } } fragment F on Pet { ...G } fragment G on Pet { id }",
        "16 43"},
    Row{"KnownFragmentNames", "{ ...F pet { ...G } }", "6 17"},
    Row{"NoFragmentCycles", "{ ...F } fragment F on Query { ...F }", "32"},
    Row{"NoFragmentCycles",
        "{ ...F } fragment F on Query { ...G } fragment G on Query { pet { id } ...H } fragment H "
        "on Query { ...F }",
        "32+72+101"},
    Row{"NoFragmentCycles", "{ pet { ...F } } fragment F on Pet { owner { pets { ...F } } }", "53"},
    Row{"PossibleFragmentSpreads", "{ person { ... on Dog { id } } }", "12"},
    Row{"PossibleFragmentSpreads", "{ pet { ...F } } fragment F on Person { id }", "9"},
    Row{"PossibleFragmentSpreads", "{ companion { ... on Person { id } } }", "15"},
};

const std::array values = {
    Row{"ValuesOfCorrectType", R"({ echo(int: "1") })", "13"},
    Row{"ValuesOfCorrectType", "{ echo(int: 2147483648) }", "13"},
    Row{"ValuesOfCorrectType", "{ echo(int: 1.0) }", "13"},
    Row{"ValuesOfCorrectType", R"({ echo(float: "1") a: echo(float: 1e400) })", "15 35"},
    Row{"ValuesOfCorrectType", "{ echo(string: 1) }", "16"},
    Row{"ValuesOfCorrectType", "{ echo(boolean: 1) }", "17"},
    Row{"ValuesOfCorrectType", "{ echo(id: 1.5) }", "12"},
    Row{"ValuesOfCorrectType", R"({ echo(date: "today") })", "14"},
    Row{"ValuesOfCorrectType", R"({ echo(command: "SIT") })", "17"},
    Row{"ValuesOfCorrectType", "{ echo(command: ROLL) }", "17"},
    Row{"ValuesOfCorrectType", "{ echo(int: [1]) }", "13"},
    Row{"ValuesOfCorrectType", R"({ echo(list: [1, "2", [3, null]]) })", "18 27"},
    Row{"ValuesOfCorrectType", "{ need(point: null) }", "15"},
    Row{"ValuesOfCorrectType", "{ need(point: {}) }", "15"},
    Row{"ValuesOfCorrectType", "{ need(point: { x: 1, z: 2, inner: { y: null } }) }", "23 36 41"},
    Row{"ValuesOfCorrectType", "{ need(point: 7) }", "15"},
    Row{"ValuesOfCorrectType", "{ need(point: [{ x: 1 }]) }", "15"},
    Row{"ValuesOfCorrectType",
        R"(query ($p: Point = { x: "one" }, $i: Int! = null) { echo(point: $p, int: $i) })",
        "25 45"},
    Row{"ValuesOfCorrectType", "{ echo(choice: {}) }", "16"},
    Row{"ValuesOfCorrectType", "{ echo(choice: { byId: 1, byPoint: { x: 1 } }) }", "16"},
    Row{"ValuesOfCorrectType", "{ echo(choice: { byId: null }) }", "16"},
};

const std::array directives = {
    Row{"KnownDirectives", "{ pet { id @unknown } }", "12"},
    Row{"KnownDirectives",
        "query @skip(if: true) { pet { ...F @once(if: true) } } fragment F on Pet @include(if: "
        "true) { id }",
        "7 36 74"},
    Row{"KnownDirectives", "query ($a: Int @marked) { echo(int: $a) }", "16"},
    Row{"UniqueDirectivesPerLocation", "{ pet { id @once(if: true) @once(if: false) } }", "12+28"},
    Row{"UniqueDirectivesPerLocation",
        "{ pet @skip(if: true) @include(if: true) @skip(if: false) { id } }", "7+42"},
};

const std::array variables = {
    Row{"UniqueVariableNames", "query ($a: Int, $b: Int, $a: Int) { echo(int: $a, old: $b) }",
        "9+27"},
    Row{"VariablesAreInputTypes", "query ($a: Dog, $b: [Pet!]!) { echo(int: $a, old: $b) }",
        "12 21"},
    Row{"NoUndefinedVariables", "query Q { echo(int: $a) }", "21+1"},
    Row{"NoUndefinedVariables",
        "query A($a: Int) { ...F } query B { ...F } fragment F on Query { echo(list: [[$a]]) }",
        "79+27"},
    Row{"NoUndefinedVariables", "{ pet { id @skip(if: $no) } }", "22+1"},
    Row{"NoUnusedVariables", "query Q($a: Int, $b: Int) { echo(int: $b) }", "9"},
    Row{"NoUnusedVariables", "query ($a: Int) { pet { id } } fragment F on Query { echo(int: $a) }",
        "8"},
    Row{"VariablesInAllowedPosition", "query ($a: String) { echo(int: $a) }", "8+32"},
    Row{"VariablesInAllowedPosition", "query ($a: Point) { need(point: $a) }", "8+33"},
    Row{"VariablesInAllowedPosition", "query ($a: [Int]) { echo(list: $a) }", "8+32"},
    Row{"VariablesInAllowedPosition", "query ($a: Boolean = null) { pet { id @skip(if: $a) } }",
        "8+49"},
    Row{"VariablesInAllowedPosition", "query ($a: Float) { echo(point: { x: $a }) }", "8+38"},
    Row{"VariablesInAllowedPosition", "query ($a: ID) { echo(choice: { byId: $a }) }", "8+39"},
};

constexpr std::array good = {
    std::string_view(
        "{ pet { id name owner { id } ... on Dog { barks } ...C } } fragment C on Cat { lives }"),
    std::string_view("query A { pet { id } } query B { pet { id } } mutation C { fail } "
                     "subscription D { added { id } }"),
    std::string_view("{ echo(int: 1) echo(int: 1) a: echo(int: 2) }"),
    std::string_view("{ companions { ... on Dog { a: name } ... on Cat { a: name } __typename } }"),
    std::string_view(
        "{ companions { ... on Dog { f: doesKnow(command: SIT) } ... on Cat { f: name } } }"),
    std::string_view("{ echo(point: { x: 1, y: 2 }) echo(point: { y: 2, x: 1 }) }"),
    std::string_view(
        R"({ pet { id @marked @marked(by: "me") @skip(if: false) @include(if: true) } })"),
    std::string_view("query ($a: Boolean = true, $b: Float! = 1, $c: [[Int!]]) { pet { id "
                     "@skip(if: $a) } echo(float: $b, list: $c) }"),
    std::string_view(
        "query ($a: Command, $x: Float = 1) { echo(command: $a, point: { x: 1, y: $x }) }"),
    std::string_view("query ($a: ID!) { echo(choice: { byId: $a }) }"),
    std::string_view(
        R"({ echo(id: 7, float: 3, list: 1, int: null, date: "2026-11-21", string: """b""") })"),
    std::string_view("{ person { ... { id } ... on Being { name ... on Dog { barks } } } }"),
    std::string_view(
        R"({ __schema { queryType { name } } __type(name: "Dog") { name } __typename })"),
    std::string_view("{ node: person { id } ... @include(if: true) { pet { id } } }"),
    std::string_view(
        R"("about" query Q("which" $a: Int) { echo(int: $a) ...F }
           "about" fragment F on Query { pet { id } })"),
};

RequestErrors errors_of(std::string_view text, Limits limits = {}) {
    static const std::unique_ptr<Engine> zoo = make_zoo();
    const auto document = language::parse(std::string(text));
    if (!document) return {document.error()};
    return validate(zoo->schema().types(), **document, limits);
}

// The errors of a rule in the order of their first places.
std::string places_of(RequestErrors errors, std::string_view rule) {
    std::ranges::stable_sort(errors, {}, [](const RequestError& error) {
        return error.locations.empty() ? 0 : error.locations.front().column;
    });
    std::string made;
    for (const RequestError& error : errors) {
        if (error.rule != rule) continue;
        if (!made.empty()) made.push_back(' ');
        for (const SourceLocation& location : error.locations) {
            if (&location != &error.locations.front()) made.push_back('+');
            made += std::to_string(location.column);
        }
    }
    return made;
}

void expect_rows(std::span<const Row> rows) {
    for (const Row& row : rows) {
        EXPECT_EQ(places_of(errors_of(row.document), row.rule), row.places)
            << row.rule << ": " << row.document;
    }
}

TEST(Rules, OfDocumentsAndOperations) { expect_rows(documents); }
TEST(Rules, OfFields) { expect_rows(fields); }
TEST(Rules, OfArgumentsAndInputFields) { expect_rows(arguments); }
TEST(Rules, OfFragments) { expect_rows(fragments); }
TEST(Rules, OfValues) { expect_rows(values); }
TEST(Rules, OfDirectives) { expect_rows(directives); }
TEST(Rules, OfVariables) { expect_rows(variables); }

TEST(Rules, LetGoodDocumentsPass) {
    for (const std::string_view document : good) {
        const RequestErrors errors = errors_of(document);
        EXPECT_TRUE(errors.empty()) << document << ": " << errors.front().message;
    }
}

TEST(Rules, AreEachInTheTablesAbove) {
    std::set<std::string_view> missing;
    for (const Rule& rule : rules()) missing.insert(rule.name);
    const auto strike = [&](std::span<const Row> rows) {
        for (const Row& row : rows) missing.erase(row.rule);
    };
    for (const auto rows : {std::span<const Row>(documents), std::span<const Row>(fields),
                            std::span<const Row>(arguments), std::span<const Row>(fragments),
                            std::span<const Row>(values), std::span<const Row>(directives),
                            std::span<const Row>(variables)}) {
        strike(rows);
    }
    // The zoo has all three root types: engine_test.cpp shows this one on the shop.
    EXPECT_EQ(missing, std::set<std::string_view>{"KnownOperationTypes"});
}

TEST(Rules, StopWhenEnoughIsFound) {
    std::string document = "{";
    for (int i = 0; i < 500; ++i) document += " unknown" + std::to_string(i);
    EXPECT_EQ(errors_of(document + " }", {.max_errors = 7}).size(), 7U);
}

TEST(Rules, SuggestNamesOnlyWhereThatIsOn) {
    const auto message = [](Suggestions suggestions) {
        const auto zoo = make_zoo({.suggestions = suggestions});
        return zoo->prepare("{ pet { nam } }").error().front().message;
    };
    EXPECT_EQ(message(Suggestions::off), "Cannot query field \"nam\" on type \"Pet\".");
    EXPECT_EQ(message(Suggestions::on),
              "Cannot query field \"nam\" on type \"Pet\". Did you mean \"name\"?");
}

}  // namespace
}  // namespace latchkey::graphql::validation
