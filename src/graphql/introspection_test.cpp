#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "testing/graphql/zoo.hpp"

namespace latchkey::graphql {
namespace {

using ::testing::HasSubstr;

struct Row {
    std::string_view query;
    std::string_view data;
};

TEST(Introspection, TellsEveryKindOfType) {
    const std::array rows = {
        Row{R"({ __type(name: "Dog") { kind name description interfaces { name } fields { name }
               possibleTypes { name } enumValues { name } inputFields { name } ofType { name }
               specifiedByURL isOneOf } })",
            R"({"__type":{"kind":"OBJECT","name":"Dog","description":"A good one","interfaces":)"
            R"([{"name":"Pet"},{"name":"Being"},{"name":"Node"}],"fields":[{"name":"id"},)"
            R"({"name":"name"},{"name":"owner"},{"name":"barks"},{"name":"doesKnow"}],)"
            R"("possibleTypes":null,"enumValues":null,"inputFields":null,"ofType":null,)"
            R"("specifiedByURL":null,"isOneOf":null}})"},
        Row{R"({ __type(name: "Being") { kind interfaces { name } possibleTypes { name } } })",
            R"({"__type":{"kind":"INTERFACE","interfaces":[{"name":"Node"}],"possibleTypes":)"
            R"([{"name":"Dog"},{"name":"Cat"},{"name":"Person"}]}})"},
        Row{R"({ __type(name: "Companion") { kind fields { name } possibleTypes { name } } })",
            R"({"__type":{"kind":"UNION","fields":null,"possibleTypes":[{"name":"Dog"},)"
            R"({"name":"Cat"}]}})"},
        Row{R"({ __type(name: "Date") { kind specifiedByURL } })",
            R"({"__type":{"kind":"SCALAR","specifiedByURL":"https://example.com/date"}})"},
        Row{R"({ __type(name: "Choice") { kind isOneOf inputFields { name } } })",
            R"({"__type":{"kind":"INPUT_OBJECT","isOneOf":true,"inputFields":[{"name":"byId"},)"
            R"({"name":"byPoint"}]}})"},
        Row{R"({ __type(name: "Point") { isOneOf inputFields { name defaultValue type { kind
               ofType { name } } } } })",
            R"({"__type":{"isOneOf":false,"inputFields":[{"name":"x","defaultValue":null,"type":)"
            R"({"kind":"NON_NULL","ofType":{"name":"Float"}}},{"name":"y","defaultValue":"0.5",)"
            R"("type":{"kind":"NON_NULL","ofType":{"name":"Float"}}},{"name":"tags",)"
            R"("defaultValue":null,"type":{"kind":"LIST","ofType":{"name":null}}},)"
            R"({"name":"inner","defaultValue":null,"type":{"kind":"INPUT_OBJECT","ofType":null}},)"
            R"({"name":"on","defaultValue":null,"type":{"kind":"SCALAR","ofType":null}}]}})"},
        Row{R"({ __type(name: "Nothing") { name } })", R"({"__type":null})"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(run_zoo(row.query), "{\"data\":" + std::string(row.data) + "}") << row.query;
    }
}

TEST(Introspection, LeavesOutWhatIsDeprecatedUnlessAsked) {
    const std::array rows = {
        Row{R"({ __type(name: "Command") { enumValues { name } } })",
            R"({"__type":{"enumValues":[{"name":"SIT"},{"name":"HEEL"}]}})"},
        Row{R"({ __type(name: "Command") { enumValues(includeDeprecated: true)
               { name isDeprecated deprecationReason } } })",
            R"({"__type":{"enumValues":[{"name":"SIT","isDeprecated":false,)"
            R"("deprecationReason":null},{"name":"HEEL","isDeprecated":false,)"
            R"("deprecationReason":null},{"name":"STAY","isDeprecated":true,)"
            R"("deprecationReason":"No longer supported"}]}})"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(run_zoo(row.query), "{\"data\":" + std::string(row.data) + "}") << row.query;
    }
    EXPECT_THAT(run_zoo(R"({ __type(name: "Dog") { fields(includeDeprecated: true) { name
                            deprecationReason } } })"),
                HasSubstr(R"({"name":"nickname","deprecationReason":"use name"})"));
    EXPECT_THAT(run_zoo(R"({ __type(name: "Query") { fields { args(includeDeprecated: true)
                            { name isDeprecated } } } })"),
                HasSubstr(R"({"name":"old","isDeprecated":true})"));
}

TEST(Introspection, TellsRootsAndDirectives) {
    EXPECT_EQ(run_zoo("{ __schema { queryType { name } mutationType { name } "
                      "subscriptionType { name } } }"),
              R"({"data":{"__schema":{"queryType":{"name":"Query"},"mutationType":)"
              R"({"name":"Mutation"},"subscriptionType":{"name":"Subscription"}}}})");
    const std::string answer = run_zoo(
        "{ __schema { directives { name description isRepeatable locations args { name "
        "defaultValue } } } }");
    for (const std::string_view part :
         {R"({"name":"marked","description":"How closely to look","isRepeatable":true,)"
          R"("locations":["QUERY","FIELD","FRAGMENT_SPREAD"],"args":[{"name":"by",)"
          R"("defaultValue":null},{"name":"level","defaultValue":"1"}]})",
          R"("name":"oneOf")", R"("name":"specifiedBy")",
          R"({"name":"reason","defaultValue":"\"No longer supported\""})"}) {
        EXPECT_THAT(answer, HasSubstr(part));
    }
}

TEST(Introspection, CanBeRefused) {
    const auto zoo = make_zoo({.introspection = Introspection::refused});
    for (const std::string_view query :
         {"{ __schema { queryType { name } } }", R"({ a: __type(name: "Dog") { name } })",
          "{ ...F } fragment F on Query { __schema { queryType { name } } }"}) {
        EXPECT_THAT(run_zoo(*zoo, query), HasSubstr("INTROSPECTION_DISABLED")) << query;
    }
    EXPECT_EQ(run_zoo(*zoo, "{ __typename }"), R"({"data":{"__typename":"Query"}})");
}

TEST(Introspection, OfItselfIsBounded) {
    std::string query;
    std::string end;
    for (int i = 0; i < 9; ++i) {
        query += " fields { type";
        end += " } }";
        query += " {";
    }
    const std::string answer = run_zoo("{ __schema { types {" + query + " name" + end + " } } }");
    EXPECT_THAT(answer, HasSubstr("limit max_introspection_cost"));
}

}  // namespace
}  // namespace latchkey::graphql
