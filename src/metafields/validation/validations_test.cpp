#include "metafields/validation/validations.hpp"

#include <gmock/gmock.h>

namespace latchkey::metafields {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct DefineRow {
    std::string_view type;
    std::vector<MetafieldValidation> rules;
    std::vector<std::string> field;  // empty: all is well
    std::string_view why;
};

const std::vector<DefineRow> define_rows = {
    {"number_integer", {{"min", "1"}, {"max", "10"}}, {}, ""},
    {"number_integer", {{"min", "-5"}}, {}, ""},
    {"number_integer", {{"min", "1.5"}}, {"validations", "0", "value"}, "integer"},
    {"number_integer", {{"min", ""}}, {"validations", "0", "value"}, "integer"},
    {"number_integer", {{"min", "10"}, {"max", "9"}}, {"validations"}, "minimum"},
    {"number_integer", {{"min", "1"}, {"min", "2"}}, {"validations", "1", "name"}, "twice"},
    {"number_integer", {{"choices", "[\"1\"]"}}, {"validations", "0", "name"}, "doesn't apply"},
    {"number_integer",
     {{"max", "1"}, {"smell", "x"}},
     {"validations", "1", "name"},
     "no validation"},
    {"number_decimal", {{"max_precision", "2"}}, {}, ""},
    {"number_decimal", {{"max_precision", "10"}}, {"validations", "0", "value"}, "0 to 9"},
    {"number_decimal", {{"min", "0.1"}, {"max", "0.10"}}, {}, ""},
    {"number_decimal", {{"min", "0.11"}, {"max", "0.1"}}, {"validations"}, "minimum"},
    {"boolean", {{"min", "1"}}, {"validations", "0", "name"}, "doesn't apply"},
    {"date", {{"min", "2024-01-01"}, {"max", "2024-12-31"}}, {}, ""},
    {"date", {{"min", "yesterday"}}, {"validations", "0", "value"}, "type date"},
    {"date_time", {{"min", "2024-01-01T00:00:00+02:00"}}, {}, ""},
    {"single_line_text_field", {{"min", "2"}, {"max", "10"}}, {}, ""},
    {"single_line_text_field", {{"min", "-1"}}, {"validations", "0", "value"}, "whole number"},
    {"single_line_text_field", {{"min", "3"}, {"max", "2"}}, {"validations"}, "minimum"},
    {"single_line_text_field", {{"choices", "[\"S\",\"M\"]"}}, {}, ""},
    {"single_line_text_field", {{"choices", "[]"}}, {"validations", "0", "value"}, "at least one"},
    {"single_line_text_field", {{"choices", "S,M"}}, {"validations", "0", "value"}, "JSON array"},
    {"single_line_text_field", {{"choices", "[1]"}}, {"validations", "0", "value"}, "string"},
    {"single_line_text_field", {{"choices", "[\"\"]"}}, {"validations", "0", "value"}, "blank"},
    {"single_line_text_field", {{"list.min", "1"}}, {"validations", "0", "name"}, "doesn't apply"},
    {"list.date", {{"list.min", "1"}, {"list.max", "3"}, {"min", "2024-01-01"}}, {}, ""},
    {"list.date", {{"list.min", "4"}, {"list.max", "3"}}, {"validations"}, "minimum"},
    {"list.date", {{"list.max", "129"}}, {"validations", "0", "value"}, "0 to 128"},
    {"single_line_text_field", {{"regex", "^[a-z]+$"}}, {}, ""},
    {"multi_line_text_field", {{"regex", "(@)(.+)$"}}, {}, ""},
    {"id", {{"regex", "^SKU-\\d+$"}}, {}, ""},
    {"number_integer", {{"regex", "1"}}, {"validations", "0", "name"}, "doesn't apply"},
    {"single_line_text_field", {{"regex", "("}}, {"validations", "0", "value"}, "RE2"},
    {"single_line_text_field", {{"regex", "(?=a)"}}, {"validations", "0", "value"}, "RE2"},
    {"single_line_text_field", {{"regex", ""}}, {"validations", "0", "value"}, "1 to 1024"},
    {"url", {{"allowed_domains", R"(["shop.example.com","a.example"])"}}, {}, ""},
    {"link", {{"allowed_domains", R"(["shop.example.com"])"}}, {}, ""},
    {"url", {{"allowed_domains", "[]"}}, {"validations", "0", "value"}, "1 to 128"},
    {"url",
     {{"allowed_domains", R"(["https://a.example"])"}},
     {"validations", "0", "value"},
     "host"},
    {"url", {{"allowed_domains", R"(["a.example/x"])"}}, {"validations", "0", "value"}, "host"},
    {"rating", {{"scale_min", "1.0"}, {"scale_max", "5.0"}}, {}, ""},
    {"rating", {{"scale_min", "one"}}, {"validations", "0", "value"}, "decimal"},
    {"rating", {{"scale_min", "5"}, {"scale_max", "5"}}, {"validations"}, "scale_min"},
    {"dimension", {{"min", R"({"value":1,"unit":"cm"})"}}, {}, ""},
    {"dimension", {{"min", "1"}}, {"validations", "0", "value"}, "type dimension"},
    {"weight",
     {{"min", R"({"value":1,"unit":"kg"})"}, {"max", R"({"value":999,"unit":"g"})"}},
     {"validations"},
     "minimum"},
    {"json", {{"schema", R"({"type":"object"})"}}, {}, ""},
    {"json", {{"schema", "{"}}, {"validations", "0", "value"}, "JSON Schema"},
    {"json", {{"schema", R"({"$ref":"#"})"}}, {"validations", "0", "value"}, "$ref"},
};

TEST(MetafieldValidations, AreCheckedWhenDefined) {
    for (const DefineRow& row : define_rows) {
        SCOPED_TRACE(std::string(row.type) + " " + row.rules.front().name + "=" +
                     row.rules.front().value);
        const Problems problems = check_validations(*find_type(row.type), row.rules);
        if (row.field.empty()) {
            EXPECT_THAT(problems, IsEmpty());
            continue;
        }
        ASSERT_THAT(problems, SizeIs(1));
        EXPECT_EQ(problems[0].field, row.field);
        EXPECT_THAT(problems[0].message, HasSubstr(row.why));
    }
}

// A pattern that makes a backtracking engine take for ever.
TEST(MetafieldValidations, MatchHostilePatternsInLinearTime) {
    const std::vector<MetafieldValidation> rules{{"regex", "^(a+)+$"}};
    const std::string text = std::string(60'000, 'a') + "b";
    EXPECT_TRUE(find_violation(*find_type("single_line_text_field"), rules, text));
}

TEST(MetafieldValidations, AreLimitedInNumber) {
    const std::vector<MetafieldValidation> many(17, {"min", "1"});
    const Problems problems = check_validations(*find_type("number_integer"), many);
    ASSERT_THAT(problems, SizeIs(1));
    EXPECT_THAT(problems[0].field, ElementsAre("validations"));
    EXPECT_THAT(problems[0].message, HasSubstr("16"));
}

struct EnforceRow {
    std::string_view type;
    std::vector<MetafieldValidation> rules;
    std::string_view canonical;
    std::string_view why;  // empty: the value obeys
};

const std::vector<EnforceRow> enforce_rows = {
    {"number_integer", {{"min", "2"}}, "2", ""},
    {"number_integer", {{"min", "2"}}, "1", "at least 2"},
    {"number_integer", {{"min", "2"}}, "-10", "at least 2"},
    {"number_integer", {{"max", "-2"}}, "-3", ""},
    {"number_integer", {{"max", "-2"}}, "-1", "at most -2"},
    {"number_integer", {{"max", "9"}}, "10", "at most 9"},
    {"number_decimal", {{"min", "0.10"}}, "0.1", ""},
    {"number_decimal", {{"min", "0.10"}}, "0.09", "at least 0.10"},
    {"number_decimal", {{"max", "-0.5"}}, "-0.25", "at most"},
    {"number_decimal", {{"max_precision", "2"}}, "1.25", ""},
    {"number_decimal", {{"max_precision", "2"}}, "1.125", "2 decimal places"},
    {"number_decimal", {{"max_precision", "0"}}, "1.0", ""},
    {"date", {{"min", "2024-01-01"}}, "2024-01-01", ""},
    {"date", {{"min", "2024-01-01"}}, "2023-12-31", "at least"},
    {"date_time", {{"max", "2024-01-01T00:00:00+02:00"}}, "2023-12-31T22:00:00Z", ""},
    {"date_time", {{"max", "2024-01-01T00:00:00+02:00"}}, "2023-12-31T22:00:00.1Z", "at most"},
    {"single_line_text_field", {{"min", "2"}}, "靴", "at least 2 characters"},
    {"single_line_text_field", {{"max", "2"}}, "靴靴", ""},
    {"single_line_text_field", {{"max", "2"}}, "abc", "at most 2 characters"},
    {"single_line_text_field", {{"choices", "[\"S\", \"M\"]"}}, "M", ""},
    {"single_line_text_field", {{"choices", "[\"S\", \"M\"]"}}, "m", "one of [\"S\",\"M\"]"},
    {"list.number_integer", {{"list.min", "1"}}, "[]", "at least 1 items"},
    {"list.number_integer", {{"list.max", "2"}}, "[1,2]", ""},
    {"list.number_integer", {{"list.max", "2"}}, "[1,2,3]", "at most 2 items"},
    {"list.number_integer", {{"max", "2"}}, "[1,2,3]", "at most 2"},
    {"list.date", {{"min", "2024-01-01"}}, "[\"2024-01-01\",\"2023-01-01\"]", "at least"},
    {"list.single_line_text_field", {{"max", "3"}}, "[\"a\\\"b\"]", ""},
    {"single_line_text_field", {{"regex", "^[a-z]+$"}}, "abc", ""},
    {"single_line_text_field", {{"regex", "^[a-z]+$"}}, "abc1", "match"},
    {"multi_line_text_field", {{"regex", "(@)(.+)$"}}, "ada@example.com", ""},
    {"list.single_line_text_field", {{"regex", "^a"}}, R"(["a","b"])", "match"},
    {"url", {{"allowed_domains", R"(["a.example"])"}}, "https://A.example:8443/x", ""},
    {"url", {{"allowed_domains", R"(["a.example"])"}}, "https://b.a.example/", "at one of"},
    {"url", {{"allowed_domains", R"(["a.example"])"}}, "https://a.example@evil.example/", "one of"},
    {"url", {{"allowed_domains", R"(["a.example"])"}}, "mailto:x@a.example", "at one of"},
    {"link",
     {{"allowed_domains", R"(["a.example"])"}},
     R"({"text":"A","url":"https://a.example"})",
     ""},
    {"link",
     {{"allowed_domains", R"(["a.example"])"}},
     R"({"text":"A","url":"https://b.example"})",
     "at one of"},
    {"rating", {{"scale_min", "1"}}, R"({"value":"2.0","scale_min":"1.0","scale_max":"5.0"})", ""},
    {"rating",
     {{"scale_max", "10"}},
     R"({"value":"2.0","scale_min":"1.0","scale_max":"5.0"})",
     "scale_max must be 10"},
    {"dimension", {{"max", R"({"value":1,"unit":"m"})"}}, R"({"value":99.0,"unit":"cm"})", ""},
    {"dimension", {{"max", R"({"value":1,"unit":"m"})"}}, R"({"value":101.0,"unit":"cm"})", "most"},
    {"json", {{"schema", R"({"type":"object","required":["a"]})"}}, R"({"a":1})", ""},
    {"json", {{"schema", R"({"type":"object","required":["a"]})"}}, R"({"b":1})", "member a"},
};

TEST(MetafieldValidations, AreEnforcedOnEveryValue) {
    for (const EnforceRow& row : enforce_rows) {
        SCOPED_TRACE(std::string(row.type) + " " + row.rules.front().name + " " +
                     std::string(row.canonical));
        const auto violation = find_violation(*find_type(row.type), row.rules, row.canonical);
        if (row.why.empty()) {
            EXPECT_FALSE(violation) << *violation;
        } else {
            EXPECT_THAT(violation.value_or("obeys"), HasSubstr(row.why));
        }
    }
}

}  // namespace
}  // namespace latchkey::metafields
