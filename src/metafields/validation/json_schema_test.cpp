#include "metafields/validation/json_schema.hpp"

#include <gmock/gmock.h>

#include "metafields/types/json_text.hpp"

namespace latchkey::metafields {
namespace {

using ::testing::HasSubstr;

struct SchemaRow {
    std::string_view schema;
    std::string_view document;
    std::string_view why;  // empty: the document fits
};

constexpr SchemaRow rows[] = {
    {"true", "1", ""},
    {"false", "1", "no value"},
    {"{}", "[1]", ""},
    {R"({"type":"string"})", R"("a")", ""},
    {R"({"type":"string"})", "1", "type \"string\""},
    {R"({"type":["string","null"]})", "null", ""},
    {R"({"type":"integer"})", "1.0", ""},
    {R"({"type":"integer"})", "1.5", "integer"},
    {R"({"type":"number"})", "3", ""},
    {R"({"type":"boolean"})", "true", ""},
    {R"({"enum":["a",1,{"b":[]}]})", R"({"b":[]})", ""},
    {R"({"enum":["a",1]})", "1.0", ""},
    {R"({"enum":["a"]})", R"("b")", "one of"},
    {R"({"const":{"a":1,"b":2}})", R"({"b":2,"a":1})", ""},
    {R"({"const":null})", "false", "the value"},
    {R"({"minimum":1,"maximum":2})", "1", ""},
    {R"({"minimum":1})", "0.5", "at least 1"},
    {R"({"maximum":2})", "3", "at most 2"},
    {R"({"exclusiveMinimum":1})", "1", "over 1"},
    {R"({"exclusiveMaximum":1})", "1", "below 1"},
    {R"({"minimum":1})", R"("text")", ""},
    {R"({"minLength":2,"maxLength":2})", R"("靴靴")", ""},
    {R"({"maxLength":1})", R"("ab")", "length of at most 1"},
    {R"({"pattern":"^a"})", R"("ba")", "pattern ^a"},
    {R"({"items":{"type":"integer"}})", "[1,2]", ""},
    {R"({"items":{"type":"integer"}})", R"([1,"2"])", "At /1"},
    {R"({"minItems":1})", "[]", "at least 1"},
    {R"({"maxItems":1})", "[1,2]", "at most 1"},
    {R"({"properties":{"a":{"type":"string"}}})", R"({"a":"x","b":1})", ""},
    {R"({"properties":{"a":{"items":{"minimum":3}}}})", R"({"a":[3,1]})", "At /a/1"},
    {R"({"properties":{"a":{}},"additionalProperties":false})", R"({"a":1})", ""},
    {R"({"properties":{"a":{}},"additionalProperties":false})", R"({"b":1})", "doesn't name"},
    {R"({"additionalProperties":{"type":"string"}})", R"({"b":1})", "At /b"},
    {R"({"required":["a"]})", "{}", "member a"},
    {R"({"required":["a"]})", "[]", ""},
    {R"({"minProperties":1})", "{}", "at least 1"},
    {R"({"maxProperties":1})", R"({"a":1,"b":2})", "at most 1"},
    {R"({"allOf":[{"minimum":1},{"maximum":2}]})", "3", "at most 2"},
    {R"({"anyOf":[{"type":"string"},{"minimum":5}]})", "5", ""},
    {R"({"anyOf":[{"type":"string"},{"minimum":5}]})", "4", "anyOf"},
    {R"({"oneOf":[{"minimum":1},{"minimum":2}]})", "1", ""},
    {R"({"oneOf":[{"minimum":1},{"minimum":2}]})", "2", "oneOf"},
    {R"({"not":{"type":"null"}})", "null", "must not fit"},
    {R"({"title":"T","$comment":"c","default":1,"examples":[1]})", "2", ""},
};

TEST(JsonSchema, HoldsDocumentsToItsKeywords) {
    for (const SchemaRow& row : rows) {
        SCOPED_TRACE(std::string(row.schema) + " " + std::string(row.document));
        const auto schema = parse_json(row.schema);
        const auto document = parse_json(row.document);
        ASSERT_TRUE(schema && document);
        EXPECT_FALSE(find_schema_fault(*schema));
        const auto violation = find_schema_violation(*schema, *document);
        if (row.why.empty()) {
            EXPECT_FALSE(violation) << *violation;
        } else {
            EXPECT_THAT(violation.value_or("fits"), HasSubstr(row.why));
        }
    }
}

TEST(JsonSchema, RefusesWhatItWouldNotEnforce) {
    for (const std::string_view bad :
         {"1", "[]", R"({"$ref":"#/a"})", R"({"format":"email"})", R"({"if":{}})",
          R"({"type":"text"})", R"({"type":[]})", R"({"minimum":"1"})", R"({"minLength":-1})",
          R"({"pattern":"("})", R"({"pattern":"(?<=a)b"})", R"({"required":[1]})",
          R"({"properties":{"a":{"format":"date"}}})", R"({"items":[{}]})", R"({"anyOf":[]})",
          R"({"enum":1})", R"({"additionalProperties":1})"}) {
        const auto schema = parse_json(bad);
        ASSERT_TRUE(schema) << bad;
        EXPECT_TRUE(find_schema_fault(*schema)) << bad;
    }
}

}  // namespace
}  // namespace latchkey::metafields
