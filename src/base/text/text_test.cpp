#include "base/text/text.hpp"

#include <gtest/gtest.h>

#include "base/ids.hpp"
#include "base/result.hpp"

namespace latchkey {
namespace {

TEST(Text, Base64UrlFollowsRfc4648Vectors) {
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
        {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xff\xfe", "__4"},
    };
    for (const auto& [plain, encoded] : rows) {
        EXPECT_EQ(to_base64url(as_bytes(plain)), encoded);
        const auto decoded = from_base64url(encoded);
        ASSERT_TRUE(decoded) << encoded;
        EXPECT_EQ(as_text(*decoded), plain);
    }
}

TEST(Text, EachByteStringHasOneSpelling) {
    for (const std::string_view bad :
         {"Zg==", "Z", "Zh", "Zm9", "Zm 9v", "Zm+v", "Zm/v", "Zm9v\n"}) {
        EXPECT_FALSE(from_base64url(bad)) << bad;
    }
    for (const std::string_view bad :
         {"Zg", "Zg=", "Zg===", "Z===", "Zh==", "Zm9=", "=", "====", "Zg==Zg==", "Zm-v"}) {
        EXPECT_FALSE(from_base64(bad)) << bad;
    }
    EXPECT_EQ(as_text(*from_base64("Zm8=")), "fo");
    EXPECT_EQ(to_base64(as_bytes("fo")), "Zm8=");
}

TEST(Text, HexAndIdsAreStrict) {
    EXPECT_EQ(to_hex(as_bytes("\x01\xab")), "01ab");
    EXPECT_FALSE(from_hex("0"));
    EXPECT_FALSE(from_hex("0g"));
    const std::string text = "00112233445566778899aabbccddeeff";
    ASSERT_TRUE(UserId::from_text(text));
    EXPECT_EQ(UserId::from_text(text)->text(), text);
    EXPECT_FALSE(UserId::from_text("00112233445566778899AABBCCDDEEFF"));
    EXPECT_FALSE(UserId::from_text(text + "0"));
    EXPECT_FALSE(UserId::from_text(""));
}

TEST(Text, PercentDecodingRefusesBrokenEscapes) {
    EXPECT_EQ(percent_decode("a%20b+c", Plus::space), "a b c");
    EXPECT_EQ(percent_decode("a%20b+c", Plus::literal), "a b+c");
    for (const std::string_view bad : {"%", "%4", "%zz", "a%2"}) {
        EXPECT_FALSE(percent_decode(bad, Plus::literal)) << bad;
    }
    EXPECT_EQ(percent_encode("a b/ü~"), "a%20b%2F%C3%BC~");
    EXPECT_EQ(percent_decode(percent_encode("\x01\xff&="), Plus::literal), "\x01\xff&=");
}

TEST(Text, Utf8RefusesOverlongSurrogatesAndPastTheEnd) {
    for (const std::string_view good : {"", "a", "\xC3\xBC", "\xE2\x82\xAC", "\xF0\x9F\x94\x91"}) {
        EXPECT_TRUE(is_valid_utf8(good));
    }
    for (const std::string_view bad : {"\x80", "\xC0\x80", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80",
                                       "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xFF"}) {
        EXPECT_FALSE(is_valid_utf8(bad));
    }
}

TEST(Text, WordsAndHtml) {
    EXPECT_EQ(split_words("  a  b ").size(), 2U);
    EXPECT_TRUE(split_words("").empty());
    EXPECT_EQ(escape_html("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
    EXPECT_EQ(trim_ascii("\t a b \n"), "a b");
    EXPECT_TRUE(equal_ascii_case("Host", "hOST"));
    EXPECT_FALSE(equal_ascii_case("Host", "hosts"));
}

Result<int> half(int value) {
    if (value % 2 != 0) return fail(ErrorCode::invalid_argument, "Odd.", "not even");
    return value / 2;
}
Result<int> quarter(int value) {
    const int once = TRY(half(value));
    return half(once);
}

TEST(Result, TryHandsOnTheValueOrTheError) {
    EXPECT_EQ(*quarter(8), 2);
    ASSERT_FALSE(quarter(6));
    EXPECT_EQ(quarter(6).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(quarter(3).error().detail, "not even");
}

}  // namespace
}  // namespace latchkey
