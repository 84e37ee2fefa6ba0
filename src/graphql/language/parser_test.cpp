#include "graphql/language/parser.hpp"

#include <gtest/gtest.h>

#include <array>

namespace latchkey::graphql::language {
namespace {

std::string place_of(const RequestError& error) {
    if (error.locations.empty()) return {};
    const SourceLocation at = error.locations.front();
    return std::to_string(at.line) + ":" + std::to_string(at.column);
}

// The value of the string literal `literal`, or the complaint about it.
std::string string_value(std::string_view literal) {
    const auto document = parse("{ f(a: " + std::string(literal) + ") }");
    if (!document) return place_of(document.error()) + " " + document.error().message;
    return std::string(
        (*document)->operations.front().selections->items.front().arguments.front().value.text);
}

TEST(Strings, ReplaceEveryEscape) {
    struct Row {
        std::string_view literal;
        std::string_view value;
    };
    const std::array rows = {
        Row{R"("")", ""},
        Row{R"("plain # not a comment")", "plain # not a comment"},
        Row{R"("\" \\ \/ \b \f \n \r \t")", "\" \\ / \b \f \n \r \t"},
        Row{R"("\u00e9\u00E9")", "éé"},
        Row{R"("\u{1F415}\u{e9}\u{000000041}")", "🐕éA"},
        Row{R"("\uD83D\uDC15")", "🐕"},
        Row{R"("🐕é")", "🐕é"},
        Row{R"("""""")", ""},
        Row{R"("""one line""")", "one line"},
        Row{R"("""a \""" b \n""")", "a \"\"\" b \\n"},
        Row{"\"\"\"\n    Hello,\n      World!\n\n    Yours\n  \"\"\"", "Hello,\n  World!\n\nYours"},
        Row{"\"\"\"  first\n\tsecond\r\n\t\tthird\r  \"\"\"", "  first\nsecond\n\tthird"},
        Row{"\"\"\"\n\n\n\"\"\"", ""},
    };
    for (const Row& row : rows) EXPECT_EQ(string_value(row.literal), row.value) << row.literal;
}

TEST(Strings, RefuseWhatIsNoString) {
    struct Row {
        std::string_view literal;
        std::string_view complaint;
    };
    const std::array rows = {
        Row{"\"open", "1:16 Syntax Error: Unterminated string."},
        Row{"\"line\nbreak\"", "1:13 Syntax Error: Unterminated string."},
        Row{"\"\"\"open", "1:18 Syntax Error: Unterminated string."},
        Row{R"("\x")", "1:9 Syntax Error: Invalid character escape sequence: \"\\x\"."},
        Row{R"("\u12")", "1:9 Syntax Error: Invalid Unicode escape sequence: \"\\u12\")\"."},
        Row{R"("\u{110000}")",
            "1:9 Syntax Error: Invalid Unicode escape sequence: \"\\u{110000}\"."},
        Row{R"("\u{}")", "1:9 Syntax Error: Invalid Unicode escape sequence: \"\\u{}\"."},
        Row{R"("\u{D800}")", "1:9 Syntax Error: Invalid Unicode escape sequence: \"\\u{D800}\"."},
        Row{R"("\uD83D")", "1:9 Syntax Error: Invalid Unicode escape sequence: \"\\uD83D\"."},
        Row{R"("\uDC15")", "1:9 Syntax Error: Invalid Unicode escape sequence: \"\\uDC15\"."},
        Row{"'single'",
            "1:8 Syntax Error: Unexpected single quote character ('), did you mean to use a "
            "double quote (\")?"},
    };
    for (const Row& row : rows) EXPECT_EQ(string_value(row.literal), row.complaint) << row.literal;
}

TEST(Numbers, AreReadByTheirGrammar) {
    for (const std::string_view good : {"0", "-0", "7", "-42", "0.0", "1.5", "-1.5e10", "1E+3",
                                        "2e-3", "123456789012345678901"}) {
        EXPECT_EQ(string_value(good), good);
    }
    for (const std::string_view bad : {"01", "00", "-", "+1", "1.", ".5", "1.e3", "1e", "1e+",
                                       "0x1", "1a", "1.5.5", "1_000", "-a", "1.0a"}) {
        EXPECT_NE(string_value(bad), bad);
    }
}

TEST(Ignored, TextIsSkippedAnywhere) {
    const auto document = parse("\xEF\xBB\xBF,,\t{ # comment }\r\n a ,\xEF\xBB\xBF b\r}#end");
    ASSERT_TRUE(document);
    EXPECT_EQ((*document)->operations.front().selections->items.size(), 2U);
}

TEST(Parser, SaysWhatItExpectedAndWhere) {
    struct Row {
        std::string_view text;
        std::string_view complaint;
    };
    const std::array rows = {
        Row{"", "1:1 Syntax Error: Unexpected <EOF>."},
        Row{"  # nothing", "1:12 Syntax Error: Unexpected <EOF>."},
        Row{"{", "1:2 Syntax Error: Expected Name, found <EOF>."},
        Row{"{}", "1:2 Syntax Error: Expected Name, found \"}\"."},
        Row{"{ a }\n}", "2:1 Syntax Error: Unexpected \"}\"."},
        Row{"{ a(b) }", "1:6 Syntax Error: Expected \":\", found \")\"."},
        Row{"{ a() }", "1:5 Syntax Error: Expected Name, found \")\"."},
        Row{"{ a(b: $) }", "1:9 Syntax Error: Expected Name, found \")\"."},
        Row{"{ ... }", "1:7 Syntax Error: Expected \"{\", found \"}\"."},
        Row{"{ ...on }", "1:9 Syntax Error: Expected Name, found \"}\"."},
        Row{"fragment on on T { a }", "1:10 Syntax Error: Unexpected Name \"on\"."},
        Row{"fragment F { a }", "1:12 Syntax Error: Expected \"on\", found \"{\"."},
        Row{"query ($a: Int = $b) { a }",
            "1:18 Syntax Error: Unexpected variable \"$b\" in constant value."},
        Row{"query ($a) { a }", "1:10 Syntax Error: Expected \":\", found \")\"."},
        Row{"notAnOperation { a }", "1:1 Syntax Error: Unexpected Name \"notAnOperation\"."},
        Row{"\"doc\" { a }",
            "1:1 Syntax Error: Unexpected description, descriptions are not supported on "
            "shorthand queries."},
        Row{"\"doc\" extend type T { a: Int }",
            "1:1 Syntax Error: Unexpected description, only GraphQL definitions support "
            "descriptions."},
        Row{"\"doc\"", "1:6 Syntax Error: Unexpected <EOF>."},
        Row{"{ a ? }", "1:5 Syntax Error: Unexpected character: \"?\"."},
        Row{"{ é }", "1:3 Syntax Error: Unexpected character: U+00E9."},
        Row{"{ 🐕 ? }", "1:3 Syntax Error: Unexpected character: U+1F415."},
        Row{"{ a: \"🐕\" ? }", "1:6 Syntax Error: Expected Name, found String \"🐕\"."},
        Row{"{ a(b: \"🐕\" ?) }", "1:13 Syntax Error: Unexpected character: \"?\"."},
        Row{"extend type T", "1:14 Syntax Error: Unexpected <EOF>."},
        Row{"type T implements { a: Int }", "1:19 Syntax Error: Expected Name, found \"{\"."},
    };
    for (const Row& row : rows) {
        const auto document = parse(std::string(row.text));
        ASSERT_FALSE(document) << row.text;
        EXPECT_EQ(place_of(document.error()) + " " + document.error().message, row.complaint)
            << row.text;
        EXPECT_EQ(document.error().rule, "Syntax");
    }
}

TEST(Parser, TakesEveryProduction) {
    for (const std::string_view text : {
             R"("d" query Q("d" $a: [Int!]! = [1] @d, $b: I = {a: 1, b: [E, null]}) @x(y: $a) {
                  a: b(c: $a, d: {e: $b}) @skip(if: true) { ...F @d ... on T @d { c } ... @d { d } }
                } """d""" fragment F on T @d { e } mutation { f } subscription S { g })",
             R"("d" schema @d { query: Q mutation: M subscription: S } scalar S @d
                type A implements & B & C @d { "d" f("d" a: I = 1 @d): [T!]! @d }
                interface B implements C { f: T } union U @d = | A | B union V
                enum E @d { "d" X @d Y } input I @d { a: Int = 1 @d }
                directive @d("d" a: A = 1) repeatable on | FIELD | QUERY)",
             R"(extend schema @d extend schema { mutation: M } extend type A implements B
                extend type A @d extend type A { f: T } extend interface B { g: T }
                extend union U = C extend enum E { Z } extend input I { b: Int }
                extend scalar S @d)",
             "{ query mutation fragment on: on type(input: enum) null true }",
         }) {
        const auto document = parse(std::string(text));
        EXPECT_TRUE(document) << document.error().message << " at " << place_of(document.error());
    }
}

TEST(Parser, RefusesBytesThatAreNotUtf8) {
    for (const std::string_view text : {"{ a(b: \"\xFF\") }", "{ a \xC3 }", "\xED\xA0\x80"}) {
        const auto document = parse(std::string(text));
        ASSERT_FALSE(document);
        EXPECT_EQ(document.error().message, "Syntax Error: The document is not UTF-8.");
    }
}

TEST(Parser, StopsAtItsLimits) {
    struct Row {
        std::string text;
        std::string_view limit;
    };
    const std::array rows = {
        Row{std::string(100'000, '{'), "Syntax"},
        Row{"{ a(b: " + std::string(100'000, '['), "max_nesting"},
        Row{"{ a(b: " + std::string(65, '[') + "1", "max_nesting"},
        Row{"query ($a: " + std::string(100'000, '['), "max_nesting"},
        Row{"{" + std::string(5'000, '!'), "Syntax"},
        Row{"{ a " + std::string(200'000, 'b') + " c }", "none"},
        Row{[] {
                std::string text = "{";
                for (int i = 0; i < 5'000; ++i) text += " a";
                return text + "}";
            }(),
            "max_tokens"},
    };
    for (const Row& row : rows) {
        const auto document = parse(row.text);
        EXPECT_EQ(document ? "none" : document.error().rule, row.limit);
    }
}

TEST(Locations, CountLinesAndUtf16UnitsAsTheReferenceDoes) {
    const std::string_view text = "a\nb\r\nc\rdé🐕e";
    const std::array<std::pair<Offset, SourceLocation>, 8> rows = {{{0, {1, 1}},
                                                                    {2, {2, 1}},
                                                                    {5, {3, 1}},
                                                                    {7, {4, 1}},
                                                                    {8, {4, 2}},
                                                                    {10, {4, 3}},
                                                                    {14, {4, 5}},
                                                                    {99, {4, 6}}}};
    for (const auto& [offset, location] : rows) {
        EXPECT_EQ(locate(text, offset), location) << offset;
    }
}

}  // namespace
}  // namespace latchkey::graphql::language
