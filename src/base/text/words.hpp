#pragma once

// Text, eight bytes at a time: whether one of them is of some kind. `Marks` is a function of a word
// that is not zero exactly if a byte of it is of the kind; which one, it need not say.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace latchkey::words {

using Word = std::uint64_t;

[[nodiscard]] constexpr Word in_each(std::uint8_t byte) noexcept {
    return Word{0x0101010101010101} * byte;
}

/// Any byte at or above 0x80.
[[nodiscard]] constexpr Word any_high(Word word) noexcept { return word & in_each(0x80); }

/// Any byte below `limit`, which is 0x80 at most.
[[nodiscard]] constexpr Word any_below(Word word, std::uint8_t limit) noexcept {
    // The subtraction borrows into a byte's top bit where it is below; those that had the bit
    // already are above.
    return (word - in_each(limit)) & ~word & in_each(0x80);
}

/// Any byte that is not printable ASCII: below 0x20, tab too, DEL, or at or above 0x80.
[[nodiscard]] constexpr Word any_unprintable(Word word) noexcept {
    // Without a look at those that have the top bit already, which count as well.
    return any_high(word | (word - in_each(0x20)) | ((word ^ in_each(0x7F)) - in_each(1)));
}

/// Whether two words are one text, but for the case of ASCII letters.
[[nodiscard]] constexpr bool same_letters(Word a, Word b) noexcept {
    const Word other = a ^ b;
    if (other == 0) return true;
    if ((other & ~in_each(0x20)) != 0) return false;
    // Where only the bit of the case is another, it is a letter's: its lower case is at least 'a'
    // and at most 'z'. No byte carries into the next.
    const Word lower = (a | in_each(0x20)) & in_each(0x7F);
    const Word from_a = lower + in_each(0x80 - 'a');
    const Word after_z = lower + in_each(0x7F - 'z');
    const Word letters = from_a & ~after_z & ~a & in_each(0x80);
    return ((other << 2U) & ~letters) == 0;
}

[[nodiscard]] inline Word load(const char* at) noexcept {
    Word word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

/// A word with every byte of a text that is shorter than it, and no other; some more than once.
[[nodiscard]] inline Word load_short(std::string_view text) noexcept {
    const char* at = text.data();
    if (text.size() >= 4) {
        std::uint32_t first = 0, last = 0;
        std::memcpy(&first, at, sizeof first);
        std::memcpy(&last, at + text.size() - sizeof last, sizeof last);
        return Word{first} << 32U | last;
    }
    const auto byte = [at](std::size_t i) { return Word{static_cast<std::uint8_t>(at[i])}; };
    return (byte(0) * 0x0101010101010000) | byte(text.size() / 2) << 8U | byte(text.size() - 1);
}

/// Whether no byte of `text` is of the kind.
template <class Marks>
[[nodiscard]] bool has_none(std::string_view text, Marks marks) noexcept {
    if (text.size() < sizeof(Word)) return text.empty() || marks(load_short(text)) == 0;
    // The last word may overlap the one before it.
    const char* const last = text.data() + text.size() - sizeof(Word);
    for (const char* at = text.data(); at < last; at += sizeof(Word)) {
        if (marks(load(at)) != 0) return false;
    }
    return marks(load(last)) == 0;
}

/// A place from `from` on, at most as far as the first byte of the kind.
template <class Marks>
[[nodiscard]] std::size_t skip(std::string_view text, std::size_t from, Marks marks) noexcept {
    while (from + sizeof(Word) <= text.size() && marks(load(text.data() + from)) == 0) {
        from += sizeof(Word);
    }
    return from;
}

}  // namespace latchkey::words
