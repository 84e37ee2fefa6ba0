// Every limit refuses with its name; hostile documents are refused, whatever guards them first.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "testing/graphql/hostile.hpp"
#include "testing/graphql/zoo.hpp"

namespace latchkey::graphql {
namespace {

using ::testing::HasSubstr;

std::string_view refused_by(const Engine& zoo, std::string_view query) {
    const auto plan = zoo.prepare(query);
    return plan ? "none" : plan.error().front().rule;
}

TEST(Limits, RefuseWithTheirNames) {
    struct Row {
        Limits limits;
        std::string_view query;  // one over the limit
        std::string_view good;   // just within it
        std::string_view name;
    };
    const std::array rows = {
        Row{{.max_query_bytes = 12}, "{ pet { id} }", "{ pet {id} }", "max_query_bytes"},
        Row{{.max_tokens = 6}, "{ pet { id name } }", "{ pet { id } }", "max_tokens"},
        Row{{.max_nesting = 2}, "{ pet { owner { id } } }", "{ pet { id } }", "max_nesting"},
        Row{{.max_nesting = 2}, "{ echo(list: [[[1]]]) }", "{ echo(list: [1]) }", "max_nesting"},
        Row{{.max_depth = 2},
            "{ pet { ...F } } fragment F on Pet { owner { id } }",
            "{ pet { ...F } } fragment F on Pet { id }",
            "max_depth"},
        Row{{.max_fields = 4},
            "{ pet { ...F ... { ...F } } a: pet { id } } fragment F on Pet { id }",
            "{ pet { ...F ... { ...F } } } fragment F on Pet { id }",
            "max_fields"},
        Row{{.max_aliases = 1}, "{ a: pet { b: id } }", "{ a: pet { id } }", "max_aliases"},
        Row{{.max_directives = 1},
            "{ pet @marked { id @marked } }",
            "{ pet { id @marked } }",
            "max_directives"},
        Row{{.max_fragments = 1},
            "{ pet { ...F ...G } } fragment F on Pet { id } fragment G on Pet { id }",
            "{ pet { ...F } } fragment F on Pet { id }",
            "max_fragments"},
        Row{{.max_visits = 8},
            "query A { pet { id name } } query B { pet { id name } }",
            "{ pet { id } }",
            "max_visits"},
        Row{{.max_plan_fields = 4},
            "{ companions { __typename a: __typename } }",
            "{ companion { __typename } }",
            "max_plan_fields"},
        Row{{.max_cost = 20, .assumed_list_size = 10},
            "{ pets { owner { id } a: owner { id } } }",
            "{ pets { owner { id } } }",
            "max_cost"},
        Row{{.max_introspection_cost = 3},
            "{ __schema { types { name } } }",
            "{ __schema { queryType { name } } }",
            "max_introspection_cost"},
    };
    for (const Row& row : rows) {
        const auto zoo = make_zoo({.limits = row.limits});
        EXPECT_EQ(refused_by(*zoo, row.query), row.name) << row.query;
        EXPECT_EQ(refused_by(*zoo, row.good), "none") << row.good;
        EXPECT_THAT(run_zoo(*zoo, row.query), HasSubstr("(limit " + std::string(row.name) + ")"));
    }
}

TEST(Limits, CutLongListsOfPlaces) {
    const auto zoo = make_zoo({.limits = {.max_locations = 3}});
    std::string arguments;
    std::string mentions;
    for (int i = 0; i < 10; ++i) {
        arguments += " int: 1";
        mentions += " broken";
    }
    EXPECT_EQ(zoo->prepare("{ echo(" + arguments + ") }").error().front().locations.size(), 3U);
    EXPECT_THAT(run_zoo(*zoo, "{ person {" + mentions + " } }"),
                HasSubstr(R"({"line":1,"column":26}],"path")"));
}

TEST(Cost, MultipliesByWhatAPageIsAskedFor) {
    const auto zoo = make_zoo();
    const auto cost = [&](std::string_view query) {
        return Engine::summary(*zoo->prepare(query).value()).cost;
    };
    EXPECT_EQ(cost("{ __typename }"), 0);
    EXPECT_EQ(cost("{ pet { id } }"), 1);
    EXPECT_EQ(cost("{ pet { owner { id } } }"), 2);
    EXPECT_EQ(cost("{ pets { owner { id } } }"), 20);
    EXPECT_EQ(cost("{ companion { ... on Cat { friends(first: 7) { id } } } }"), 8);
    EXPECT_EQ(cost("{ companion { ... on Cat { friends { id } } } }"), 3);
    EXPECT_EQ(cost(R"(mutation { add(text: "a") })"), 10);
    EXPECT_EQ(cost("{ __schema { types { name } } }"), 0);
}

TEST(Cost, ThatDependsOnVariablesIsRefusedBeforeAnythingRuns) {
    const auto zoo = make_zoo({.limits = {.max_cost = 50}});
    constexpr std::string_view query =
        "query ($n: Int = 5) { companion { ... on Cat { friends(first: $n) { id } } } }";
    EXPECT_THAT(run_zoo(*zoo, query), HasSubstr("\"data\""));
    EXPECT_EQ(run_zoo(*zoo, query, R"({"n": 100})"),
              R"({"errors":[{"message":"The operation may cost 101 points, more than 50 )"
              R"((limit max_cost).","extensions":{"code":"MAX_COST_EXCEEDED","cost":101,)"
              R"("maxCost":50}}]})");
    EXPECT_THAT(run_zoo(*zoo, query, R"({"n": 2147483647})"), HasSubstr("limit max_cost"));
    EXPECT_THAT(run_zoo(*zoo, query, R"({"n": -5})"), HasSubstr("\"data\""));
}

TEST(Hostile, DocumentsAreRefusedByTheirLength) {
    const auto zoo = make_zoo();
    for (const HostileDocument& each : hostile_documents()) {
        const bool is_long = each.text.size() > Limits{}.max_query_bytes;
        EXPECT_EQ(refused_by(*zoo, each.text), is_long ? "max_query_bytes" : each.refused_by)
            << each.name;
    }
}

TEST(Hostile, DocumentsMeetWhatStandsBehindTheirLength) {
    const auto zoo = make_zoo({.limits = {.max_query_bytes = 4'000'000}});
    for (const HostileDocument& each : hostile_documents()) {
        EXPECT_EQ(refused_by(*zoo, each.text), each.refused_by) << each.name;
    }
}

// With nothing but the nesting limited, the algorithms themselves have to hold.
TEST(Hostile, DocumentsEndWithoutLimitsToo) {
    const auto zoo = make_zoo({.limits = {.max_query_bytes = 4'000'000,
                                          .max_tokens = 100'000,
                                          .max_depth = 1'000,
                                          .max_fields = 100'000'000,
                                          .max_aliases = 100'000,
                                          .max_directives = 100'000,
                                          .max_fragments = 1'000}});
    for (const HostileDocument& each : hostile_documents()) {
        static_cast<void>(zoo->prepare(each.text));
    }
}

}  // namespace
}  // namespace latchkey::graphql
