#include "metafields/types/type.hpp"

#include <string>

#include "metafields/limits.hpp"
#include "metafields/types/type_rows_test.hpp"

namespace latchkey::metafields {
namespace {

using ::testing::HasSubstr;

constexpr GoodRow good_rows[] = {
    {"boolean", "true", "true"},
    {"boolean", "false", "false"},

    {"number_integer", "0", "0"},
    {"number_integer", "42", "42"},
    {"number_integer", "-7", "-7"},
    {"number_integer", "+7", "7"},
    {"number_integer", "007", "7"},
    {"number_integer", "-0", "0"},
    {"number_integer", "9007199254740991", "9007199254740991"},
    {"number_integer", "-9007199254740991", "-9007199254740991"},

    {"number_decimal", "10.4", "10.4"},
    {"number_decimal", "10", "10.0"},
    {"number_decimal", "+1.50", "1.5"},
    {"number_decimal", "-0.0", "0.0"},
    {"number_decimal", "000.1", "0.1"},
    {"number_decimal", "0.123456789", "0.123456789"},
    {"number_decimal", "0.1234567890000", "0.123456789"},
    {"number_decimal", "9999999999999.999999999", "9999999999999.999999999"},
    {"number_decimal", "-9999999999999.999999999", "-9999999999999.999999999"},

    {"single_line_text_field", "VIP", "VIP"},
    {"single_line_text_field", "  kept  as is ", "  kept  as is "},
    {"single_line_text_field", "Größe 靴 👟", "Größe 靴 👟"},
    {"single_line_text_field", "tab\there", "tab\there"},
    {"multi_line_text_field", "one\ntwo\r\nthree", "one\ntwo\r\nthree"},

    {"date", "2024-02-29", "2024-02-29"},
    {"date", "0001-01-01", "0001-01-01"},
    {"date", "9999-12-31", "9999-12-31"},

    {"date_time", "2024-01-01T12:30:00", "2024-01-01T12:30:00Z"},
    {"date_time", "2024-01-01T12:30:00Z", "2024-01-01T12:30:00Z"},
    {"date_time", "2024-01-01t12:30:00z", "2024-01-01T12:30:00Z"},
    {"date_time", "2024-01-01 12:30", "2024-01-01T12:30:00Z"},
    {"date_time", "2024-02-29T16:30:00+05:00", "2024-02-29T11:30:00Z"},
    {"date_time", "2024-02-29T16:30:00-0800", "2024-03-01T00:30:00Z"},
    {"date_time", "2024-12-31T23:59:59.1200-00:30", "2025-01-01T00:29:59.12Z"},
    {"date_time", "2024-12-31T23:59:59.000Z", "2024-12-31T23:59:59Z"},

    {"json", "{}", "{}"},
    {"json", " { \"a\" : [ 1 , 2.50 , null ] } ", "{\"a\":[1,2.50,null]}"},
    {"json", "\"text with  spaces and \\\" quote\"", "\"text with  spaces and \\\" quote\""},
    {"json", "123456789012345678901234567890.10", "123456789012345678901234567890.10"},

    {"list.number_integer", "[]", "[]"},
    {"list.number_integer", "[1, \"2\", -3]", "[1,2,-3]"},
    {"list.number_decimal", "[1.10, \"2\"]", "[\"1.1\",\"2.0\"]"},
    {"list.date", "[\"2024-02-29\"]", "[\"2024-02-29\"]"},
    {"list.single_line_text_field", "[ \"a, b\", \"c\\\"]\" ]", "[\"a, b\",\"c\\\"]\"]"},
};

TEST(MetafieldType, KeepsGoodValuesInTheirCanonicalForm) { expect_good(good_rows); }

constexpr BadRow bad_rows[] = {
    {"boolean", "", "blank"},
    {"boolean", "TRUE", "true or false"},
    {"boolean", "1", "true or false"},
    {"boolean", " true", "true or false"},

    {"number_integer", "", "blank"},
    {"number_integer", " ", "blank"},
    {"number_integer", "1.0", "integer"},
    {"number_integer", "1e3", "integer"},
    {"number_integer", "0x10", "integer"},
    {"number_integer", " 1", "integer"},
    {"number_integer", "+-1", "integer"},
    {"number_integer", "-", "integer"},
    {"number_integer", "9007199254740992", "between"},
    {"number_integer", "-9007199254740992", "between"},
    {"number_integer", "99999999999999999999999", "between"},
    {"number_integer", "-99999999999999999999999", "between"},

    {"number_decimal", "1e3", "decimal"},
    {"number_decimal", ".5", "decimal"},
    {"number_decimal", "5.", "decimal"},
    {"number_decimal", "1,5", "decimal"},
    {"number_decimal", "NaN", "decimal"},
    {"number_decimal", "Infinity", "decimal"},
    {"number_decimal", "--1", "decimal"},
    {"number_decimal", "10000000000000", "between"},
    {"number_decimal", "0.1234567891", "9 decimal places"},

    {"single_line_text_field", "", "blank"},
    {"single_line_text_field", " \t ", "blank"},
    {"single_line_text_field", "one\ntwo", "single line"},
    {"single_line_text_field", "one\rtwo", "single line"},
    {"single_line_text_field", std::string_view("a\0b", 3), "NUL"},
    {"single_line_text_field", "\xFF", "UTF-8"},
    {"multi_line_text_field", "\n\n", "blank"},
    {"multi_line_text_field", std::string_view("a\0b", 3), "NUL"},

    {"date", "2023-02-29", "date"},
    {"date", "2024-13-01", "date"},
    {"date", "2024-00-01", "date"},
    {"date", "2024-1-1", "date"},
    {"date", "01-01-2024", "date"},
    {"date", "2024-01-01T00:00:00Z", "date"},
    {"date", "2024-01-0", "date"},
    {"date", "+024-01-01", "date"},

    {"date_time", "2024-01-01", "date and time"},
    {"date_time", "2024-01-01T24:00:00Z", "date and time"},
    {"date_time", "2024-01-01T12:60:00Z", "date and time"},
    {"date_time", "2024-01-01T12:30:60Z", "date and time"},
    {"date_time", "2024-01-01T12:30:00+15:00", "date and time"},
    {"date_time", "2024-01-01T12:30:00+05:60", "date and time"},
    {"date_time", "2024-01-01T12:30:00 GMT", "date and time"},
    {"date_time", "2024-01-01T12:30:00.Z", "date and time"},
    {"date_time", "2024-01-01T12:30:00.1234567890Z", "date and time"},
    {"date_time", "9999-12-31T23:59:59-00:01", "date and time"},
    {"date_time", "0000-01-01T00:00:00+00:01", "date and time"},
    {"date_time", "1704112200", "date and time"},

    {"json", "{", "JSON"},
    {"json", "{'a':1}", "JSON"},
    {"json", "undefined", "JSON"},
    {"json", "{\"a\":1,\"a\":2}", "once"},
    {"json", "[1,]", "JSON"},
    {"json", "[1] [2]", "JSON"},

    {"list.number_integer", "1", "array"},
    {"list.number_integer", "{\"0\":1}", "array"},
    {"list.number_integer", "[1, 2.5]", "Item 1: Value must be an integer"},
    {"list.number_integer", "[1, null]", "Item 1: Value can't be null"},
    {"list.number_integer", "[[1]]", "Item 0"},
    {"list.date", "[\"2024-02-29\",\"2023-02-29\"]", "Item 1"},
    {"list.single_line_text_field", "[\"\"]", "Item 0: Value can't be blank"},
};

TEST(MetafieldType, SaysWhatIsWrongWithABadValue) { expect_bad(bad_rows); }

TEST(MetafieldType, RefusesAValueOverItsLimitAndNamesIt) {
    const auto text = *find_type("multi_line_text_field");
    EXPECT_TRUE(canonical_value(text, std::string(max_value_bytes, 'x')));
    const Checked refused = canonical_value(text, std::string(max_value_bytes + 1, 'x'));
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error(), HasSubstr("65536 bytes"));
}

TEST(MetafieldType, RefusesAListWithTooManyItems) {
    std::string items = "[1";
    for (std::size_t i = 1; i < max_list_items; ++i) items += ",1";
    const auto type = *find_type("list.number_integer");
    EXPECT_TRUE(canonical_value(type, items + "]"));
    const Checked refused = canonical_value(type, items + ",1]");
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error(), HasSubstr("128 items"));
}

TEST(MetafieldType, RefusesJsonNestedTooDeep) {
    const auto json = *find_type("json");
    const std::string open(60, '[');
    const std::string close(60, ']');
    EXPECT_TRUE(canonical_value(json, open + close));
    EXPECT_FALSE(canonical_value(json, open + open + close + close));
}

TEST(MetafieldType, IsFoundByItsExactNameOnly) {
    for (const std::string& name : list_type_names()) {
        const auto type = find_type(name);
        ASSERT_TRUE(type) << name;
        EXPECT_EQ(type->name(), name);
        EXPECT_FALSE(to_string(type->scalar->category).empty());
    }
    for (const std::string_view unknown :
         {"", "string", "Boolean", "list.", "list.boolean", "list.json", "list.list.date",
          "list.multi_line_text_field", "date "}) {
        EXPECT_FALSE(find_type(unknown)) << unknown;
    }
}

}  // namespace
}  // namespace latchkey::metafields
