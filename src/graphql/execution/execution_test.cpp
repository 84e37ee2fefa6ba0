#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "testing/graphql/zoo.hpp"

namespace latchkey::graphql {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Row {
    std::string_view query;
    std::string_view variables;
    std::string_view answer;
};

void expect_rows(std::span<const Row> rows) {
    for (const Row& row : rows)
        EXPECT_EQ(run_zoo(row.query, row.variables), row.answer) << row.query;
}

TEST(Execution, TellsTypesApartBehindInterfacesAndUnions) {
    expect_rows(std::array{
        Row{"{ pets { __typename id ... on Dog { barks } ... on Cat { lives } } }", "{}",
            R"({"data":{"pets":[{"__typename":"Dog","id":"rex","barks":true},)"
            R"({"__typename":"Cat","id":"tom","lives":9}]}})"},
        Row{"{ companion { ...F } } fragment F on Companion { ... on Node { id } ... on Dog { "
            "barks } }",
            "{}", R"({"data":{"companion":{"id":"tom"}}})"},
    });
}

TEST(Execution, MergesTheFieldsOfEveryMention) {
    expect_rows(std::array{
        Row{"{ pet { id } ...F pet { owner { id } } } fragment F on Query { pet { owner { name } } "
            "}",
            "{}", R"({"data":{"pet":{"id":"rex","owner":{"name":"Ann","id":"ann"}}}})"},
    });
}

TEST(Execution, PropagatesNullToTheNearestPlaceThatMayBeNull) {
    constexpr std::string_view not_now = R"("message":"Not now.","locations":[{"line":1,"column":)";
    // A nullable field, a nullable parent, a list of non-null items, the whole answer.
    EXPECT_EQ(run_zoo("{ person { id broken } }"),
              R"({"data":{"person":{"id":"ann","broken":null}},"errors":[{)" +
                  std::string(not_now) +
                  R"(15}],"path":["person","broken"],"extensions":{"code":"unavailable"}}]})");
    EXPECT_THAT(run_zoo("{ person { id brokenStrict } }"),
                HasSubstr(R"({"data":{"person":null},"errors":[{)"));
    EXPECT_THAT(run_zoo("{ strict { brokenStrict } }"), HasSubstr(R"({"data":null,"errors":[{)"));
    EXPECT_EQ(run_zoo("{ broken { id } }"),
              R"({"data":{"broken":null},"errors":[{"message":)"
              R"("Cannot return null for non-nullable field Query.broken.",)"
              R"("locations":[{"line":1,"column":3}],"path":["broken",1],)"
              R"("extensions":{"code":"INTERNAL_SERVER_ERROR"}}]})");
    EXPECT_THAT(run_zoo("{ person { grid } }"),
                HasSubstr(R"({"data":{"person":{"grid":[null,[2],null]}},"errors":[{)"));
}

TEST(Execution, KeepsWhatIsGoodBesideWhatIsNot) {
    EXPECT_THAT(run_zoo("{ person { broken name } pet { id } }"),
                HasSubstr(R"({"data":{"person":{"broken":null,"name":"Ann"},"pet":{"id":"rex"}})"));
}

TEST(Execution, RunsMutationsOneAfterTheOther) {
    expect_rows(std::array{
        Row{R"(mutation { a: add(text: "1") b: add(text: "2") ...F c: add(text: "3") }
               fragment F on Mutation { a: add(text: "1") })",
            "{}", R"({"data":{"a":"1","b":"12","c":"123"}})"},
    });
}

TEST(Execution, CoercesArguments) {
    const auto echoed = [](std::string_view text) {
        std::string out = R"({"data":{"echo":")";
        for (const char c : text) {
            if (c == '"') out.push_back('\\');
            out.push_back(c);
        }
        return out + "\"}}";
    };
    const std::array rows = {
        Row{"{ echo }", "{}", R"({"command":"SIT"})"},
        Row{"{ echo(command: null, int: 7, float: 7) }", "{}",
            R"({"int":7,"float":7,"command":null})"},
        Row{"{ echo(id: 7, list: 1, command: HEEL) }", "{}",
            R"({"id":"7","command":"HEEL","list":[[1]]})"},
        Row{"{ echo(point: { x: 1, inner: { x: 2, y: 3 }, tags: \"a\" }) }", "{}",
            R"({"command":"SIT","point":{"x":1,"y":0.5,"tags":["a"],"inner":{"x":2,"y":3}}})"},
        Row{"query ($i: Int, $c: Command) { echo(int: $i, command: $c) }", "{}",
            R"({"command":"SIT"})"},
        Row{"query ($i: Int, $c: Command) { echo(int: $i, command: $c) }",
            R"({"i": null, "c": null})", R"({"int":null,"command":null})"},
        Row{"query ($i: Int = 4) { echo(int: $i) }", "{}", R"({"int":4,"command":"SIT"})"},
        Row{"query ($x: Float = 2) { echo(point: { x: $x }) }", "{}",
            R"({"command":"SIT","point":{"x":2,"y":0.5}})"},
        Row{"query ($l: [[Int!]]) { echo(list: $l) }", R"({"l": [1, [2, 3], null]})",
            R"({"command":"SIT","list":[[1],[2,3],null]})"},
        Row{"query ($i: Int!) { echo(list: [[$i], null]) }", R"({"i": 2.0})",
            R"({"command":"SIT","list":[[2],null]})"},
        Row{"query ($a: ID!) { echo(choice: { byId: $a }) }", R"({"a": 9})",
            R"({"command":"SIT","choice":{"byId":"9"}})"},
        Row{"query ($c: Choice) { echo(choice: $c) }", R"({"c": {"byPoint": {"x": 1}}})",
            R"({"command":"SIT","choice":{"byPoint":{"x":1,"y":0.5}}})"},
        Row{"query ($d: Date) { echo(date: $d) }", R"({"d": "2026-11-21"})",
            R"({"date":"2026-11-21","command":"SIT"})"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(run_zoo(row.query, row.variables), echoed(row.answer)) << row.query;
    }
}

TEST(Execution, RefusesVariablesThatDoNotFit) {
    const std::array rows = {
        Row{"query ($v: Int!) { echo(int: $v) }", "{}", "of required type \\\"Int!\\\" was not"},
        Row{"query ($v: Int!) { echo(int: $v) }", R"({"v": null})", "not to be null."},
        Row{"query ($v: Int) { echo(int: $v) }", R"({"v": 1.5})", "a fractional number."},
        Row{"query ($v: Int) { echo(int: $v) }", R"({"v": 3000000000})", "beyond 32 bits."},
        Row{"query ($v: Int) { echo(int: $v) }", R"({"v": "1"})", "a string."},
        Row{"query ($v: Float) { echo(float: $v) }", R"({"v": true})", "a boolean."},
        Row{"query ($v: ID) { echo(id: $v) }", R"({"v": 1.5})", "a fractional number."},
        Row{"query ($v: Boolean) { echo(boolean: $v) }", R"({"v": 1})", "an integer."},
        Row{"query ($v: Command) { echo(command: $v) }", R"({"v": "ROLL"})", "does not exist in"},
        Row{"query ($v: Date) { echo(date: $v) }", R"({"v": "now"})", "A Date is YYYY-MM-DD."},
        Row{"query ($v: Point) { echo(point: $v) }", R"({"v": 7})", "to be an object."},
        Row{"query ($v: Point) { echo(point: $v) }", R"({"v": {}})", "\\\"x\\\" of required type"},
        Row{"query ($v: Point) { echo(point: $v) }", R"({"v": {"x": 1, "z": 2}})",
            "a field that is not defined by type \\\"Point\\\""},
        Row{"query ($v: Point) { echo(point: $v) }", R"({"v": {"x": 1, "inner": {"x": null}}})",
            "at \\\"v.inner.x\\\""},
        Row{"query ($v: [[Int!]]) { echo(list: $v) }", R"({"v": [[1], [null]]})",
            "at \\\"v[1][0]\\\""},
        Row{"query ($v: Choice) { echo(choice: $v) }", "{\"v\": {}}", "Exactly one key"},
        Row{"query ($v: Choice) { echo(choice: $v) }", R"({"v": {"byId": null}})",
            "must not be null"},
        Row{"query ($v: Boolean = true) { pet { id @skip(if: $v) } }", R"({"v": null})",
            "must not be null"},
    };
    for (const Row& row : rows) {
        const std::string answer = run_zoo(row.query, row.variables);
        EXPECT_THAT(answer, HasSubstr(row.answer)) << row.query << row.variables;
        EXPECT_THAT(answer, Not(HasSubstr("\"data\""))) << row.query;
        EXPECT_THAT(answer, HasSubstr(R"("locations":[{"line":1,"column":8}])")) << row.query;
    }
}

TEST(Execution, LetsANullVariableFailOnlyItsField) {
    EXPECT_EQ(run_zoo("query ($f: Float = 1) { pet { id } echo(float: $f) need(point: {x: $f}) }",
                      R"({"f": null})"),
              R"({"data":{"pet":{"id":"rex"},"echo":"{\"float\":null,\"command\":\"SIT\"}",)"
              R"("need":null},"errors":[{"message":"Argument \"point\" has an invalid value.",)"
              R"("locations":[{"line":1,"column":64}],"path":["need"],)"
              R"("extensions":{"code":"BAD_USER_INPUT"}}]})");
}

TEST(Execution, ReportsAtMostSoManyErrors) {
    const auto zoo = make_zoo({.limits = {.max_errors = 3}});
    std::string query = "{ person {";
    for (int i = 0; i < 10; ++i) query += " a" + std::to_string(i) + ": broken";
    const std::string answer = run_zoo(*zoo, query + " } }");
    std::size_t count = 0;
    for (std::size_t at = 0; (at = answer.find("Not now.", at)) != std::string::npos; ++at) ++count;
    EXPECT_EQ(count, 3U);
}

TEST(Execution, ChoosesTheNamedOperation) {
    const auto zoo = make_zoo();
    constexpr std::string_view two = "query A { pet { id } } query B { pet { name } }";
    const auto refused = [&](std::optional<std::string_view> name, std::string_view text) {
        const auto plan = zoo->prepare(text, name);
        return plan ? std::string("planned") : plan.error().front().message;
    };
    EXPECT_EQ(refused("B", two), "planned");
    EXPECT_EQ(refused({}, two),
              "Must provide operation name if query contains multiple operations.");
    EXPECT_EQ(refused("C", two), "The document has no operation of the given operationName.");
    EXPECT_EQ(refused({}, "fragment F on Query { pet { id } }").find("is never used") !=
                  std::string::npos,
              true);
    EXPECT_EQ(refused({}, "subscription { added { id } }"), "Subscriptions are not served here.");
}

}  // namespace
}  // namespace latchkey::graphql
