#include "json/value.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "json/writer.hpp"

namespace latchkey::json {
namespace {

std::string round_trip(std::string_view text) {
    const auto value = parse(text);
    if (!value) return "error";
    std::string out;
    append_value(out, *value);
    return out;
}

TEST(Json, DocumentsComeBackInCanonicalForm) {
    EXPECT_EQ(round_trip(R"( {"b" : [1, -2.5, true, null], "a":"\u00fc\n"} )"),
              "{\"b\":[1,-2.5,true,null],\"a\":\"\xC3\xBC\\n\"}");
    EXPECT_EQ(round_trip("9223372036854775807"), "9223372036854775807");
    EXPECT_EQ(round_trip("1e2"), "100");
}

TEST(Json, WhatIsNotJsonIsRefused) {
    for (const std::string_view bad :
         {"", "{", "[1,]", "{\"a\":1,}", "'a'", "01", "NaN", "\"\x01\"", "\"\xff\"", "{} {}",
          "\"\\ud800\"", "tru", "{\"a\" 1}", "{\"a\":1,\"a\":2}"}) {
        const auto value = parse(bad);
        ASSERT_FALSE(value) << bad;
        EXPECT_EQ(value.error().code, ErrorCode::malformed) << bad;
    }
}

TEST(Json, LimitsAreKept) {
    const std::string deep = std::string(100, '[') + std::string(100, ']');
    EXPECT_EQ(parse(deep).error().code, ErrorCode::too_large);
    EXPECT_TRUE(parse(deep, {.max_bytes = 1000, .max_depth = 128}));
    EXPECT_EQ(parse("[1,2,3]", {.max_bytes = 3}).error().code, ErrorCode::too_large);
}

TEST(Json, ManyMembersAreCheckedForDuplicatesToo) {
    std::string text = "{";
    for (int i = 0; i < 100; ++i) text += "\"k" + std::to_string(i) + "\":1,";
    EXPECT_TRUE(parse(text + "\"z\":1}"));
    EXPECT_FALSE(parse(text + "\"k50\":1}"));
}

TEST(JsonWriter, PutsCommasAndEscapes) {
    std::string out;
    Writer w(out);
    w.begin_object().field("a", "x\"\\\x02").key("n").number(std::int64_t{-3});
    w.key("l").begin_array().boolean(true).null().number(0.5).end_array();
    w.key("o").begin_object().end_object().end_object();
    EXPECT_EQ(out, R"({"a":"x\"\\\u0002","n":-3,"l":[true,null,0.5],"o":{}})");
}

TEST(JsonWriter, AByteIsWrittenTheSameWhereverItStands) {
    constexpr std::size_t length = 20;  // twice what is looked at together, and some
    for (int value = 0; value < 256; ++value) {
        std::string alone;
        append_string(alone, std::string(1, static_cast<char>(value)));
        for (std::size_t at = 0; at < length; ++at) {
            std::string text(length, 'x');
            text[at] = static_cast<char>(value);
            std::string expected(length, 'x');
            expected.replace(at, 1, alone, 1, alone.size() - 2);
            std::string out;
            append_string(out, text);
            EXPECT_EQ(out, '"' + expected + '"') << value << " at " << at;
        }
    }
}

TEST(JsonWriter, AnyBytesBecomeValidJson) {
    std::string out;
    append_string(out, "a\xff\xC3");
    EXPECT_EQ(out, "\"a\xEF\xBF\xBD\xEF\xBF\xBD\"");
    out.clear();
    append_number(out, std::numeric_limits<double>::infinity());
    EXPECT_EQ(out, "null");
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            std::string quoted;
            append_string(quoted, std::string{static_cast<char>(first), static_cast<char>(second)});
            ASSERT_TRUE(parse(quoted)) << first << ' ' << second;
        }
    }
}

}  // namespace
}  // namespace latchkey::json
