// The escapes of quoted strings (spec 2.9.4): \n and its kin, \uXXXX with surrogate pairs, \u{…}.

#include <algorithm>
#include <optional>

#include "graphql/language/lexer.hpp"

namespace latchkey::graphql::language {
namespace {

constexpr std::uint32_t last_code_point = 0x10FFFF;

int hex_value(unsigned char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_leading_surrogate(std::uint32_t code) { return code >= 0xD800 && code <= 0xDBFF; }
bool is_trailing_surrogate(std::uint32_t code) { return code >= 0xDC00 && code <= 0xDFFF; }

void append_utf8(std::string& out, std::uint32_t code) {
    const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0U | (code >> 6U));
        put(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        put(0xE0U | (code >> 12U));
        put(0x80U | ((code >> 6U) & 0x3FU));
        put(0x80U | (code & 0x3FU));
    } else {
        put(0xF0U | (code >> 18U));
        put(0x80U | ((code >> 12U) & 0x3FU));
        put(0x80U | ((code >> 6U) & 0x3FU));
        put(0x80U | (code & 0x3FU));
    }
}

// The four digits of \uXXXX that start at `at`.
std::optional<std::uint32_t> four_digits(std::string_view text, std::size_t at) {
    if (at + 4 > text.size()) return std::nullopt;
    std::uint32_t code = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
        const int value = hex_value(static_cast<unsigned char>(text[i]));
        if (value < 0) return std::nullopt;
        code = code * 16 + static_cast<std::uint32_t>(value);
    }
    return code;
}

}  // namespace

bool Lexer::escape(std::string& out) {
    char plain = 0;
    switch (byte(position_ + 1)) {
        case '"': plain = '"'; break;
        case '\\': plain = '\\'; break;
        case '/': plain = '/'; break;
        case 'b': plain = '\b'; break;
        case 'f': plain = '\f'; break;
        case 'n': plain = '\n'; break;
        case 'r': plain = '\r'; break;
        case 't': plain = '\t'; break;
        case 'u': return unicode_escape(out);
        default: return false;
    }
    out.push_back(plain);
    position_ += 2;
    return true;
}

bool Lexer::unicode_escape(std::string& out) {
    if (byte(position_ + 2) == '{') {
        std::uint32_t code = 0;
        std::size_t at = position_ + 3;
        for (; hex_value(byte(at)) >= 0; ++at) {
            code = std::min(code * 16 + static_cast<std::uint32_t>(hex_value(byte(at))),
                            last_code_point + 1);
        }
        const bool has_digits = at > position_ + 3;
        const bool is_surrogate = is_leading_surrogate(code) || is_trailing_surrogate(code);
        if (!has_digits || byte(at) != '}' || code > last_code_point || is_surrogate) return false;
        append_utf8(out, code);
        position_ = at + 1;
        return true;
    }
    const auto code = four_digits(text_, position_ + 2);
    if (!code || is_trailing_surrogate(*code)) return false;
    if (!is_leading_surrogate(*code)) {
        append_utf8(out, *code);
        position_ += 6;
        return true;
    }
    // A leading surrogate is only good together with the trailing one that must follow.
    if (byte(position_ + 6) != '\\' || byte(position_ + 7) != 'u') return false;
    const auto trailing = four_digits(text_, position_ + 8);
    if (!trailing || !is_trailing_surrogate(*trailing)) return false;
    append_utf8(out, 0x10000U + ((*code - 0xD800U) << 10U) + (*trailing - 0xDC00U));
    position_ += 12;
    return true;
}

Token Lexer::invalid_escape(std::size_t at) {
    constexpr std::size_t longest_shown = 12;
    const bool is_unicode = byte(at + 1) == 'u';
    std::size_t length = 2;
    if (is_unicode && byte(at + 2) == '{') {
        for (length = 3; length < longest_shown && hex_value(byte(at + length)) >= 0;) ++length;
        ++length;
    } else if (is_unicode) {
        length = 6;
    }
    std::string_view shown = text_.substr(at, length);
    const auto is_shown = [](char c) { return c >= 0x20 && c <= 0x7E; };
    shown = shown.substr(
        0, static_cast<std::size_t>(std::ranges::find_if_not(shown, is_shown) - shown.begin()));
    return invalid(at, std::string(is_unicode ? "Invalid Unicode escape sequence: \""
                                              : "Invalid character escape sequence: \"") +
                           std::string(shown) + "\".");
}

}  // namespace latchkey::graphql::language
