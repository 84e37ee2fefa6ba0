#include "base/text/text.hpp"

#include <algorithm>
#include <array>

#include "base/ids.hpp"

namespace latchkey {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_standard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base64_url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<std::int8_t, 256> reverse_table(std::string_view alphabet) {
    std::array<std::int8_t, 256> table{};
    table.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    }
    return table;
}

constexpr auto from_base64_standard = reverse_table(base64_standard);
constexpr auto from_base64_url = reverse_table(base64_url);

int hex_value(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

void append_encoded(std::string& out, ByteView bytes, std::string_view alphabet) {
    const std::size_t start = out.size();
    out.resize(start + (bytes.size() * 4 + 2) / 3);
    char* to = out.data() + start;
    std::size_t i = 0;
    for (; i + 3 <= bytes.size(); i += 3) {
        const std::uint32_t word =
            (std::uint32_t{bytes[i]} << 16U) | (std::uint32_t{bytes[i + 1]} << 8U) | bytes[i + 2];
        *to++ = alphabet[word >> 18U];
        *to++ = alphabet[(word >> 12U) & 63U];
        *to++ = alphabet[(word >> 6U) & 63U];
        *to++ = alphabet[word & 63U];
    }
    if (i == bytes.size()) return;
    const bool two = bytes.size() - i == 2;
    const std::uint32_t word =
        (std::uint32_t{bytes[i]} << 16U) | (two ? std::uint32_t{bytes[i + 1]} << 8U : 0U);
    *to++ = alphabet[word >> 18U];
    *to++ = alphabet[(word >> 12U) & 63U];
    if (two) *to++ = alphabet[(word >> 6U) & 63U];
}

std::optional<Bytes> decode(std::string_view text, const std::array<std::int8_t, 256>& table) {
    const std::size_t rest = text.size() % 4;
    if (rest == 1) return std::nullopt;
    Bytes out(text.size() / 4 * 3 + (rest == 0 ? 0 : rest - 1));
    auto to = out.begin();
    // A digit that is none is negative, and stays so when it is joined with others.
    const auto digit = [&](std::size_t at) {
        return std::int32_t{table[static_cast<unsigned char>(text[at])]};
    };
    std::size_t i = 0;
    for (; i + 4 <= text.size(); i += 4) {
        const std::int32_t a = digit(i), b = digit(i + 1), c = digit(i + 2), d = digit(i + 3);
        if ((a | b | c | d) < 0) return std::nullopt;
        const std::int32_t word = a << 18 | b << 12 | c << 6 | d;
        *to++ = static_cast<std::uint8_t>(word >> 16);
        *to++ = static_cast<std::uint8_t>(word >> 8);
        *to++ = static_cast<std::uint8_t>(word);
    }
    if (rest == 0) return out;
    const std::int32_t a = digit(i), b = digit(i + 1), c = rest == 3 ? digit(i + 2) : 0;
    if ((a | b | c) < 0) return std::nullopt;
    const std::int32_t word = a << 18 | b << 12 | c << 6;
    *to++ = static_cast<std::uint8_t>(word >> 16);
    if (rest == 3) *to++ = static_cast<std::uint8_t>(word >> 8);
    // Non-zero trailing bits would give one value several spellings.
    if ((word & (rest == 3 ? 0xFF : 0xFFFF)) != 0) return std::nullopt;
    return out;
}

}  // namespace

std::string detail::id_to_text(const std::array<std::uint8_t, 16>& bytes) { return to_hex(bytes); }

std::optional<std::array<std::uint8_t, 16>> detail::id_from_text(std::string_view text) {
    if (text.size() != 32) return std::nullopt;
    std::array<std::uint8_t, 16> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char high = text[2 * i];
        const char low = text[2 * i + 1];
        if ((high >= 'A' && high <= 'F') || (low >= 'A' && low <= 'F')) return std::nullopt;
        if (hex_value(high) < 0 || hex_value(low) < 0) return std::nullopt;
        bytes[i] = static_cast<std::uint8_t>(hex_value(high) * 16 + hex_value(low));
    }
    return bytes;
}

std::string to_hex(ByteView bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        out.push_back(hex_digits[byte >> 4U]);
        out.push_back(hex_digits[byte & 15U]);
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

void append_base64url(std::string& out, ByteView bytes) { append_encoded(out, bytes, base64_url); }

std::string to_base64url(ByteView bytes) {
    std::string out;
    append_encoded(out, bytes, base64_url);
    return out;
}

std::optional<Bytes> from_base64url(std::string_view text) { return decode(text, from_base64_url); }

std::string to_base64(ByteView bytes) {
    std::string out;
    append_encoded(out, bytes, base64_standard);
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
    std::size_t i = 0;
    while (i < text.size()) {
        const auto lead = static_cast<unsigned char>(text[i]);
        if (lead < 0x80) {
            ++i;
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
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] != b[i] && lower(a[i]) != lower(b[i])) return false;
    }
    return true;
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
