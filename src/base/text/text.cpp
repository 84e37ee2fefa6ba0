#include "base/text/text.hpp"

#include <algorithm>
#include <array>

#include "base/ids.hpp"
#include "base/text/words.hpp"

namespace latchkey {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_standard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base64_url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

using Alphabet = std::array<char, 64>;
constexpr Alphabet alphabet_of(std::string_view characters) {
    Alphabet alphabet{};
    std::ranges::copy(characters, alphabet.begin());
    return alphabet;
}
constexpr Alphabet to_base64_standard = alphabet_of(base64_standard);
constexpr Alphabet to_base64_url = alphabet_of(base64_url);

/// What a character stands for at each place of a group of four: joined, they are the group's three
/// bytes. One that is no digit can be seen in whatever it is joined with.
using Digits = std::array<std::array<std::uint32_t, 256>, 4>;
constexpr std::uint32_t no_digit = 1U << 31U;
constexpr Digits digits_of(std::string_view characters) {
    Digits digits{};
    for (std::size_t place = 0; place < digits.size(); ++place) {
        digits[place].fill(no_digit);
        for (std::uint32_t value = 0; value < characters.size(); ++value) {
            digits[place][static_cast<unsigned char>(characters[value])] = value
                                                                           << (18 - 6 * place);
        }
    }
    return digits;
}
constexpr Digits from_base64_standard = digits_of(base64_standard);
constexpr Digits from_base64_url = digits_of(base64_url);

/// Of lower case; negative for what is no digit.
constexpr auto from_hex_digit = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < hex_digits.size(); ++i) {
        values[static_cast<unsigned char>(hex_digits[i])] = static_cast<std::int8_t>(i);
    }
    return values;
}();

int hex_value(char c) noexcept {
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return from_hex_digit[static_cast<unsigned char>(c)];
}

/// The most significant byte first, as base64 counts them.
std::uint32_t read_word(const std::uint8_t* from) noexcept {
    return std::uint32_t{from[0]} << 24U | std::uint32_t{from[1]} << 16U |
           std::uint32_t{from[2]} << 8U | std::uint32_t{from[3]};
}
void write_word(std::uint8_t* to, std::uint32_t word) noexcept {
    to[0] = static_cast<std::uint8_t>(word >> 24U);
    to[1] = static_cast<std::uint8_t>(word >> 16U);
    to[2] = static_cast<std::uint8_t>(word >> 8U);
    to[3] = static_cast<std::uint8_t>(word);
}

void append_encoded(std::string& out, ByteView bytes, const Alphabet& alphabet) {
    const std::size_t start = out.size();
    out.resize(start + (bytes.size() * 4 + 2) / 3);
    char* to = out.data() + start;
    const std::uint8_t* from = bytes.data();
    std::size_t left = bytes.size();
    // Four are read for three that are meant, so long as there are four.
    for (; left >= 4; left -= 3, from += 3, to += 4) {
        const std::uint32_t word = read_word(from);
        to[0] = alphabet[word >> 26U];
        to[1] = alphabet[(word >> 20U) & 63U];
        to[2] = alphabet[(word >> 14U) & 63U];
        to[3] = alphabet[(word >> 8U) & 63U];
    }
    if (left == 0) return;
    const std::uint32_t second = left >= 2 ? from[1] : 0, third = left == 3 ? from[2] : 0;
    const std::uint32_t word = std::uint32_t{from[0]} << 24U | second << 16U | third << 8U;
    to[0] = alphabet[word >> 26U];
    to[1] = alphabet[(word >> 20U) & 63U];
    if (left >= 2) to[2] = alphabet[(word >> 14U) & 63U];
    if (left == 3) to[3] = alphabet[(word >> 8U) & 63U];
}

std::optional<Bytes> decode(std::string_view text, const Digits& digits) {
    const std::size_t rest = text.size() % 4;
    if (rest == 1) return std::nullopt;
    Bytes out(text.size() / 4 * 3 + (rest == 0 ? 0 : rest - 1));
    std::uint8_t* to = out.data();
    const char* from = text.data();
    std::size_t left = text.size();
    const auto digit = [&](std::size_t place) {
        return digits[place][static_cast<unsigned char>(from[place])];
    };
    std::uint32_t seen = 0;
    // Four are written for three that are meant, so long as there is room: six digits are four.
    for (; left >= 6; left -= 4, from += 4, to += 3) {
        const std::uint32_t word = digit(0) | digit(1) | digit(2) | digit(3);
        seen |= word;
        write_word(to, word << 8U);
    }
    if (left != 0) {
        const std::uint32_t third = left >= 3 ? digit(2) : 0, fourth = left == 4 ? digit(3) : 0;
        const std::uint32_t word = digit(0) | digit(1) | third | fourth;
        seen |= word;
        to[0] = static_cast<std::uint8_t>(word >> 16U);
        if (left >= 3) to[1] = static_cast<std::uint8_t>(word >> 8U);
        if (left == 4) to[2] = static_cast<std::uint8_t>(word);
        // Non-zero trailing bits would give one value several spellings.
        if (left < 4 && (word & (left == 3 ? 0xFFU : 0xFFFFU)) != 0) return std::nullopt;
    }
    if ((seen & no_digit) != 0) return std::nullopt;
    return out;
}

}  // namespace

std::string detail::id_to_text(const std::array<std::uint8_t, 16>& bytes) { return to_hex(bytes); }

std::optional<std::array<std::uint8_t, 16>> detail::id_from_text(std::string_view text) {
    if (text.size() != 32) return std::nullopt;
    std::array<std::uint8_t, 16> bytes{};
    const char* from = text.data();
    int seen = 0;  // what is no digit is negative, and so is whatever it is joined with
    for (std::uint8_t& byte : bytes) {
        const int high = from_hex_digit[static_cast<unsigned char>(from[0])];
        const int low = from_hex_digit[static_cast<unsigned char>(from[1])];
        seen |= high | low;
        byte = static_cast<std::uint8_t>(high * 16 + low);
        from += 2;
    }
    if (seen < 0) return std::nullopt;
    return bytes;
}

std::string to_hex(ByteView bytes) {
    std::string out(bytes.size() * 2, '0');
    char* to = out.data();
    for (const std::uint8_t byte : bytes) {
        *to++ = hex_digits[byte >> 4U];
        *to++ = hex_digits[byte & 15U];
    }
    return out;
}

std::optional<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_value(text[i]);
        const int low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return out;
}

void append_base64url(std::string& out, ByteView bytes) {
    append_encoded(out, bytes, to_base64_url);
}

std::string to_base64url(ByteView bytes) {
    std::string out;
    append_encoded(out, bytes, to_base64_url);
    return out;
}

std::optional<Bytes> from_base64url(std::string_view text) { return decode(text, from_base64_url); }

std::string to_base64(ByteView bytes) {
    std::string out;
    append_encoded(out, bytes, to_base64_standard);
    out.append((4 - out.size() % 4) % 4, '=');
    return out;
}

std::optional<Bytes> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    const std::size_t last = text.find_last_not_of('=');
    const std::size_t digits = last == std::string_view::npos ? 0 : last + 1;
    if (text.size() - digits > 2) return std::nullopt;
    return decode(text.substr(0, digits), from_base64_standard);
}

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
    const std::size_t plain =
        std::min({text.find('%'), plus == Plus::space ? text.find('+') : text.size(), text.size()});
    std::string out(text.substr(0, plain));
    out.reserve(text.size());
    for (std::size_t i = plain; i < text.size(); ++i) {
        if (text[i] == '+' && plus == Plus::space) {
            out.push_back(' ');
        } else if (text[i] == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        } else {
            out.push_back(text[i]);
        }
    }
    return out;
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view upper_hex = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
                                c == '~';
        if (unreserved) {
            out.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out.push_back('%');
        out.push_back(upper_hex[byte >> 4U]);
        out.push_back(upper_hex[byte & 15U]);
    }
    return out;
}

bool is_valid_utf8(std::string_view text) noexcept {
    if (words::has_none(text, words::any_high)) return true;
    std::size_t i = 0;
    while (i < text.size()) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80) {
            i = words::skip(text, i + 1, words::any_high);
            continue;
        }
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || i + length > text.size()) return false;
        for (std::size_t k = 1; k < length; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) return false;
        }
        // Overlong forms, surrogates and values past U+10FFFF.
        const auto second = static_cast<unsigned char>(text[i + 1]);
        if (lead == 0xE0 && second < 0xA0) return false;
        if (lead == 0xED && second >= 0xA0) return false;
        if (lead == 0xF0 && second < 0x90) return false;
        if (lead == 0xF4 && second >= 0x90) return false;
        i += length;
    }
    return true;
}

namespace {
char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
}  // namespace

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

bool same_ascii_letters(std::string_view a, std::string_view b) noexcept {
    if (a.size() < sizeof(words::Word)) {
        return a.empty() || words::same_letters(words::load_short(a), words::load_short(b));
    }
    // The last word may overlap the one before it.
    const std::size_t last = a.size() - sizeof(words::Word);
    for (std::size_t i = 0; i < last; i += sizeof(words::Word)) {
        if (!words::same_letters(words::load(a.data() + i), words::load(b.data() + i)))
            return false;
    }
    return words::same_letters(words::load(a.data() + last), words::load(b.data() + last));
}

std::string_view trim_ascii(std::string_view text) noexcept {
    constexpr std::string_view space = " \t\r\n\f\v";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::vector<std::string_view> split_words(std::string_view text) {
    std::vector<std::string_view> words;
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t end = std::min(text.find(' ', start), text.size());
        if (end > start) words.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return words;
}

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out.push_back(c);
        }
    }
    return out;
}

}  // namespace latchkey
