// What is decided eight bytes at a time, beside the same decided byte by byte.

#include "base/text/words.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace latchkey::words {
namespace {

constexpr std::size_t max_size = 18;

/// Calls `check` with texts of every size in which every place holds every byte once, among others
/// that are not of the kind.
template <class Check>
void for_each_place(Check check) {
    for (std::size_t size = 0; size <= max_size; ++size) {
        check(std::string(size, 'm'));
        for (std::size_t place = 0; place < size; ++place) {
            for (int byte = 0; byte < 256; ++byte) {
                std::string text(size, 'm');
                text[place] = static_cast<char>(byte);
                check(text);
            }
        }
    }
}

template <class Marks, class IsOfKind>
void expect_same(Marks marks, IsOfKind is_of_kind) {
    for_each_place([&](const std::string& text) {
        const auto first = std::ranges::find_if(
            text, [&](char c) { return is_of_kind(static_cast<unsigned char>(c)); });
        ASSERT_EQ(has_none(text, marks), first == text.end()) << ::testing::PrintToString(text);
        const auto found = static_cast<std::size_t>(first - text.begin());
        ASSERT_LE(skip(text, 0, marks), found);
        ASSERT_GT(skip(text, 0, marks) + sizeof(Word), found);
    });
}

TEST(Words, AByteOfAKindIsFoundWhereverItStands) {
    expect_same(any_high, [](unsigned c) { return c >= 0x80; });
    expect_same(any_unprintable, [](unsigned c) { return c < 0x20 || c >= 0x7F; });
    expect_same([](Word word) { return any_below(word, 0x80); },
                [](unsigned c) { return c < 0x80; });
    for (const unsigned one : {0x00U, 0x01U, 0x22U, 0x7FU, 0x80U, 0xFFU}) {
        expect_same(
            [one](Word word) {
                return any_below(word ^ in_each(static_cast<std::uint8_t>(one)), 1);
            },
            [one](unsigned c) { return c == one; });
    }
}

// Neighbours must not hide or make one another: a borrow or a carry would.
TEST(Words, NeighboursDoNotMatter) {
    std::mt19937 random(1);
    constexpr std::string_view edges("\x00\x01\x1F\x20\x21\x22\x23\x7E\x7F\x80\x81\xA2\xFE\xFF",
                                     14);
    for (int round = 0; round < 20'000; ++round) {
        std::string text(1 + random() % 20, ' ');
        for (char& c : text) c = edges[random() % edges.size()];
        const auto any = [&text](auto is_of_kind) {
            return std::ranges::any_of(
                text, [&](char c) { return is_of_kind(static_cast<unsigned char>(c)); });
        };
        const auto found = [&text](auto marks) { return !has_none(text, marks); };
        ASSERT_EQ(found(any_unprintable), any([](unsigned c) { return c < 0x20 || c >= 0x7F; }));
        ASSERT_EQ(found(any_high), any([](unsigned c) { return c >= 0x80; }));
        ASSERT_EQ(found([](Word word) { return any_below(word ^ in_each('"'), 1); }),
                  any([](unsigned c) { return c == '"'; }));
    }
}

TEST(Words, OnlyLettersDifferByCase) {
    const auto lower = [](unsigned c) { return c >= 'A' && c <= 'Z' ? c + 0x20 : c; };
    for (unsigned a = 0; a < 256; ++a) {
        for (unsigned b = 0; b < 256; ++b) {
            for (const unsigned shift : {0U, 24U, 56U}) {
                const Word others = 0x41FF'7A00'8061'5BC1 & ~(Word{0xFF} << shift);
                ASSERT_EQ(same_letters(others | Word{a} << shift, others | Word{b} << shift),
                          lower(a) == lower(b))
                    << a << ' ' << b << ' ' << shift;
            }
        }
    }
}

}  // namespace
}  // namespace latchkey::words
