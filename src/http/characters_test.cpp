// The character classes beside what the RFCs say of each character.

#include "http/characters.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <string>

namespace latchkey::http {
namespace {

bool is_alphanumeric(int c) { return c < 0x80 && std::isalnum(c) != 0; }
bool is_one_of(int c, std::string_view marks) {
    return c < 0x80 && marks.contains(static_cast<char>(c));
}

/// A text of any size, with any byte at any place, among others that are of the class.
template <class Is, class OfClass>
void expect_class(Is is, OfClass of_class) {
    for (std::size_t size = 1; size <= 20; ++size) {
        for (std::size_t place = 0; place < size; ++place) {
            for (int byte = 0; byte < 256; ++byte) {
                std::string text(size, 'm');
                text[place] = static_cast<char>(byte);
                ASSERT_EQ(is(text), of_class(byte)) << size << ' ' << place << ' ' << byte;
            }
        }
    }
}

TEST(Characters, EachIsOfItsClassesWhereverItStands) {
    expect_class(is_token,
                 [](int c) { return is_alphanumeric(c) || is_one_of(c, "!#$%&'*+-.^_`|~"); });
    expect_class(is_target, [](int c) { return c > 0x20 && c < 0x7F && c != '#'; });
    expect_class(is_field_value, [](int c) { return c == '\t' || (c >= 0x20 && c != 0x7F); });
    // Before a port: what stands in brackets and behind the colon has a form of its own.
    expect_class([](std::string_view name) { return is_host(std::string(name) + ":1"); },
                 [](int c) { return is_alphanumeric(c) || is_one_of(c, "-._"); });
}

TEST(Characters, ABearerTokenMayEndInEqualsSigns) {
    EXPECT_TRUE(is_b64token("a=="));
    EXPECT_FALSE(is_b64token("=="));
    EXPECT_FALSE(is_b64token("a=b"));
    EXPECT_FALSE(is_b64token(""));
    for (std::size_t before = 0; before < 10; ++before) {
        for (int c = 0; c < 256; ++c) {
            const std::string text = std::string(before, 'a') + static_cast<char>(c) + "bcd";
            ASSERT_EQ(is_b64token(text), is_alphanumeric(c) || is_one_of(c, "-._~+/")) << c;
        }
    }
}

TEST(Characters, OnlyAFieldValueMayBeEmpty) {
    EXPECT_TRUE(is_field_value(""));
    EXPECT_FALSE(is_token("") || is_target(""));
}

}  // namespace
}  // namespace latchkey::http
