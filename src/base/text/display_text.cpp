#include "base/text/display_text.hpp"

#include <algorithm>
#include <iterator>

#include "base/text/text.hpp"

namespace latchkey {
namespace {

/// Decodes one character of valid UTF-8 and moves on.
char32_t take_character(std::string_view& text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t character = size == 1 ? lead : lead & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        character = (character << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    }
    text.remove_prefix(size);
    return character;
}

struct Range {
    char32_t first, last;
};

// In ascending order. Not in it: the joiners, and the variation selectors U+FE00 to U+FE0F, which
// choose between the pictures of one character.
constexpr Range deceptive[] = {
    {0x0000, 0x001F},    // controls
    {0x007F, 0x009F},    // controls
    {0x00AD, 0x00AD},    // soft hyphen
    {0x034F, 0x034F},    // combining grapheme joiner
    {0x061C, 0x061C},    // Arabic letter mark
    {0x115F, 0x1160},    // Hangul fillers
    {0x17B4, 0x17B5},    // Khmer inherent vowels
    {0x180B, 0x180F},    // Mongolian selectors and vowel separator
    {0x200B, 0x200B},    // zero-width space
    {0x200E, 0x200F},    // direction marks
    {0x2028, 0x202E},    // separators, embeddings, overrides
    {0x2060, 0x206F},    // word joiner, invisible operators, isolates
    {0x3164, 0x3164},    // Hangul filler
    {0xFEFF, 0xFEFF},    // byte order mark
    {0xFFA0, 0xFFA0},    // half-width Hangul filler
    {0xFFF0, 0xFFFB},    // unassigned, interlinear annotation
    {0x1BCA0, 0x1BCA3},  // shorthand format controls
    {0x1D173, 0x1D17A},  // musical format controls
    {0xE0000, 0xE0FFF},  // tags, further selectors
};

bool is_deceptive(char32_t character) {
    const Range* const range = std::ranges::lower_bound(deceptive, character, {}, &Range::last);
    return range != std::end(deceptive) && range->first <= character;
}

bool is_joiner(char32_t character) { return character == 0x200C || character == 0x200D; }

/// What may stand beside a joiner.
bool can_be_joined(char32_t character) { return character > 0x7F && !is_joiner(character); }

}  // namespace

std::optional<std::size_t> display_length(std::string_view text) {
    if (!is_valid_utf8(text)) return std::nullopt;
    std::size_t length = 0;
    char32_t before = 0;
    while (!text.empty()) {
        const char32_t character = take_character(text);
        if (is_deceptive(character)) return std::nullopt;
        if (is_joiner(character) && !can_be_joined(before)) return std::nullopt;
        if (is_joiner(before) && !can_be_joined(character)) return std::nullopt;
        before = character;
        ++length;
    }
    if (is_joiner(before)) return std::nullopt;
    return length;
}

}  // namespace latchkey
