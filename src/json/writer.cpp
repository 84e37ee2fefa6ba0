#include "json/writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "base/text/words.hpp"

namespace latchkey::json {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

// What a byte needs: 0 nothing, 1 an escape, 2 a look at its UTF-8 sequence.
constexpr std::array<std::uint8_t, 256> byte_kinds() {
    std::array<std::uint8_t, 256> kinds{};
    for (std::size_t i = 0; i < 0x20; ++i) kinds[i] = 1;
    kinds['"'] = 1;
    kinds['\\'] = 1;
    for (std::size_t i = 0x80; i < 0x100; ++i) kinds[i] = 2;
    return kinds;
}
constexpr auto kind_of = byte_kinds();

void append_escape(std::string& out, unsigned char byte) {
    switch (byte) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        case '\b': out += "\\b"; return;
        case '\f': out += "\\f"; return;
        default:
            out += "\\u00";
            out.push_back(hex_digits[byte >> 4U]);
            out.push_back(hex_digits[byte & 15U]);
    }
}

// The length of the valid UTF-8 sequence at `at`, or 0.
std::size_t sequence_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const unsigned char lead = byte(0);
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return 0;
    }
    if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) >= 0xA0) ||
        (lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) >= 0x90)) {
        return 0;
    }
    return length;
}

/// Any byte that does not go out as it is, or whose sequence is to be looked at.
constexpr words::Word any_not_plain(words::Word word) noexcept {
    // A byte's top bit is set by the borrow when it is less than what is subtracted; those that had
    // it set already are not plain either.
    const words::Word controls = word - words::in_each(0x20);
    const words::Word quotes = (word ^ words::in_each('"')) - words::in_each(1);
    const words::Word backslashes = (word ^ words::in_each('\\')) - words::in_each(1);
    return words::any_high(word | controls | quotes | backslashes);
}

void append_quoted(std::string& out, std::string_view text) {
    const std::size_t start = out.size();
    const std::size_t end = start + text.size() + 2;
    // The size that it is called with may be larger: g++ 12 says what it reserved.
    out.resize_and_overwrite(end, [&](char* all, std::size_t) {
        all[start] = '"';
        std::copy_n(text.data(), text.size(), all + start + 1);
        all[end - 1] = '"';
        return end;
    });
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
    if (words::has_none(text, any_not_plain)) return append_quoted(out, text);
    out.push_back('"');
    std::size_t plain_from = 0;
    std::size_t i = 0;
    while (i < text.size()) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (kind_of[byte] == 0) {
            i = words::skip(text, i + 1, any_not_plain);
            continue;
        }
        const std::size_t length = kind_of[byte] == 2 ? sequence_length(text, i) : 0;
        if (length != 0) {
            i += length;
            continue;
        }
        out.append(text.substr(plain_from, i - plain_from));
        if (kind_of[byte] == 1) {
            append_escape(out, byte);
        } else {
            out += "\xEF\xBF\xBD";
        }
        plain_from = ++i;
    }
    out.append(text.substr(plain_from));
    out.push_back('"');
}

void append_number(std::string& out, double value) {
    if (!std::isfinite(value)) {
        out += "null";
        return;
    }
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

void append_number(std::string& out, std::int64_t value) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

void Writer::separate() {
    if (needs_comma_) out_.push_back(',');
    needs_comma_ = true;
}

Writer& Writer::open(char bracket) {
    separate();
    out_.push_back(bracket);
    needs_comma_ = false;
    return *this;
}

Writer& Writer::close(char bracket) {
    out_.push_back(bracket);
    needs_comma_ = true;
    return *this;
}

Writer& Writer::key(std::string_view name) {
    separate();
    append_string(out_, name);
    out_.push_back(':');
    needs_comma_ = false;
    return *this;
}

Writer& Writer::string(std::string_view text) {
    separate();
    append_string(out_, text);
    return *this;
}

Writer& Writer::number(std::int64_t value) {
    separate();
    append_number(out_, value);
    return *this;
}

Writer& Writer::number(double value) {
    separate();
    append_number(out_, value);
    return *this;
}

Writer& Writer::boolean(bool value) { return raw(value ? "true" : "false"); }
Writer& Writer::null() { return raw("null"); }

Writer& Writer::raw(std::string_view json) {
    separate();
    out_.append(json);
    return *this;
}

}  // namespace latchkey::json
