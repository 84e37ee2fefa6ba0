#include "base/text/text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

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

/// As RFC 4648 4 says it, bit by bit; absent for what to_base64url never writes.
std::optional<Bytes> decode_by_bits(std::string_view text) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::vector<bool> bits;
    for (const char c : text) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        for (int bit = 5; bit >= 0; --bit) bits.push_back((value >> bit & 1U) != 0);
    }
    Bytes bytes;
    while (bits.size() >= 8) {
        unsigned byte = 0;
        for (std::size_t i = 0; i < 8; ++i) byte = byte << 1U | (bits[i] ? 1U : 0U);
        bytes.push_back(static_cast<std::uint8_t>(byte));
        bits.erase(bits.begin(), bits.begin() + 8);
    }
    if (bits.size() == 6 || std::ranges::find(bits, true) != bits.end()) return std::nullopt;
    return bytes;
}

TEST(Text, Base64UrlOfEverySizeIsWhatItsBitsSay) {
    std::mt19937 random(1);
    for (std::size_t size = 0; size < 70; ++size) {
        Bytes bytes(size);
        for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
        const std::string text = to_base64url(bytes);
        EXPECT_EQ(text.size(), (size * 4 + 2) / 3);
        EXPECT_EQ(from_base64url(text), bytes);
        EXPECT_EQ(decode_by_bits(text), bytes);
        EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
        std::string appended = "before";
        append_base64url(appended, bytes);
        EXPECT_EQ(appended, "before" + text);
    }
}

TEST(Text, Base64UrlRefusesWhatItsBitsDoWhereverItStands) {
    for (std::size_t size = 0; size < 14; ++size) {
        EXPECT_EQ(from_base64url(std::string(size, 'A')), decode_by_bits(std::string(size, 'A')));
        for (std::size_t place = 0; place < size; ++place) {
            for (int byte = 0; byte < 256; ++byte) {
                std::string text(size, 'A');
                text[place] = static_cast<char>(byte);
                ASSERT_EQ(from_base64url(text), decode_by_bits(text)) << size << ' ' << byte;
            }
        }
    }
}

TEST(Text, AnIdRefusesEveryByteThatIsNoLowerCaseDigit) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (std::size_t place = 0; place < 32; ++place) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string text = "00112233445566778899aabbccddeeff";
            text[place] = static_cast<char>(byte);
            const auto id = UserId::from_text(text);
            ASSERT_EQ(id.has_value(), digits.contains(static_cast<char>(byte))) << byte;
            if (id) {
                ASSERT_EQ(id->text(), text);
            }
        }
    }
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
        for (std::size_t before = 0; before < 20; ++before) {
            EXPECT_FALSE(is_valid_utf8(std::string(before, 'a').append(bad)));
            EXPECT_FALSE(is_valid_utf8(std::string(before, 'a').append(bad).append(20, 'a')));
        }
    }
}

TEST(Text, WordsAndHtml) {
    EXPECT_EQ(split_words("  a  b ").size(), 2U);
    EXPECT_TRUE(split_words("").empty());
    EXPECT_EQ(escape_html("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
    EXPECT_EQ(trim_ascii("\t a b \n"), "a b");
    EXPECT_TRUE(equal_ascii_case("Host", "hOST"));
    EXPECT_FALSE(equal_ascii_case("Host", "hosts"));
    EXPECT_TRUE(equal_ascii_case("content-length", "Content-Length"));
    EXPECT_FALSE(equal_ascii_case("content-length", "Content-Length2"));
    EXPECT_FALSE(equal_ascii_case("content-length", "Content\rLength"));
    EXPECT_TRUE(equal_ascii_case("", ""));
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
