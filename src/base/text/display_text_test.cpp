#include "base/text/display_text.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/text/text.hpp"

namespace latchkey {
namespace {

TEST(DisplayText, MayBeOfAnyScriptAndIsCountedInCharacters) {
    const struct {
        std::string text;
        std::size_t length;
    } rows[] = {
        {"", 0},
        {"Acme & Co. – Ada’s", 18},
        {"Bücher", 6},
        {"山田 太郎", 5},
        {"فروشگاه\u200cها", 10},                // Persian parts its plural so
        {"श्री\u200dराम", 8},                    // Hindi joins so
        {"👩\u200d💻", 3},                      // one picture of two
        {"❤\uFE0F", 2},                         // the heart in colour
        {"e\u0301", 2},                         // a combining accent
        {"\u00A0\u2000\u2010\u2027\u202F", 5},  // what stands beside the ranges
        {"\u205F\u2070\uFE0F\uFFFC", 4},
    };
    for (const auto& row : rows) EXPECT_EQ(display_length(row.text), row.length) << row.text;
}

TEST(DisplayText, CannotLieAboutItself) {
    const std::string rows[] = {
        "a\nb",
        std::string("a\0b", 3),
        "a\x7F",
        "a\u0085",
        "a\u00ADb",
        "a\u034Fb",
        "\u061Ca",
        "\u1160",
        "\u180Ea",
        "a\u200Bb",
        "a\u200Eb",
        "a\u200Fb",
        "a\u2028b",
        "a\u202Eb",
        "a\u2060b",
        "a\u2066b",
        "a\u206Fb",
        "\u3164",
        "\uFEFFa",
        "\uFFA0",
        "a\uFFF9b",
        "a\U000E0041",
        "\xFF",
        // Joiners with nothing to join.
        "Ac\u200Cme",
        "Ac\u200Dme",
        "\u200Cها",
        "ها\u200C",
        "ه\u200C\u200Cا",
        "ه\u200Ca",
        "a\u200Cا",
    };
    for (const auto& text : rows) EXPECT_FALSE(display_length(text)) << to_hex(as_bytes(text));
}

}  // namespace
}  // namespace latchkey
