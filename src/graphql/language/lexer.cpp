#include "graphql/language/lexer.hpp"

#include <array>
#include <cstdio>

#include "graphql/language/block_string.hpp"
#include "graphql/language/scan.hpp"

namespace latchkey::graphql::language {
namespace {

enum class ByteClass : std::uint8_t { other, ignored, punctuator, name_start, digit, minus };

constexpr std::array<ByteClass, 256> byte_classes() {
    std::array<ByteClass, 256> classes{};
    for (const char c : std::string_view(" \t\r\n,#")) {
        classes[static_cast<unsigned char>(c)] = ByteClass::ignored;
    }
    for (const char c : std::string_view("!$&():=@[]{|}")) {
        classes[static_cast<unsigned char>(c)] = ByteClass::punctuator;
    }
    for (unsigned char c = 'a'; c <= 'z'; ++c) classes[c] = ByteClass::name_start;
    for (unsigned char c = 'A'; c <= 'Z'; ++c) classes[c] = ByteClass::name_start;
    classes['_'] = ByteClass::name_start;
    for (unsigned char c = '0'; c <= '9'; ++c) classes[c] = ByteClass::digit;
    classes['-'] = ByteClass::minus;
    return classes;
}
constexpr auto class_of = byte_classes();

bool is_name_start(unsigned char c) { return class_of[c] == ByteClass::name_start; }
bool is_digit(unsigned char c) { return class_of[c] == ByteClass::digit; }

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

TokenKind punctuator_kind(unsigned char c) {
    switch (c) {
        case '!': return TokenKind::bang;
        case '$': return TokenKind::dollar;
        case '&': return TokenKind::ampersand;
        case '(': return TokenKind::paren_open;
        case ')': return TokenKind::paren_close;
        case ':': return TokenKind::colon;
        case '=': return TokenKind::equals;
        case '@': return TokenKind::at;
        case '[': return TokenKind::bracket_open;
        case ']': return TokenKind::bracket_close;
        case '{': return TokenKind::brace_open;
        case '|': return TokenKind::pipe;
        default: return TokenKind::brace_close;
    }
}

// The code point at `at`, in text that is valid UTF-8.
std::uint32_t code_point(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i]));
    };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80) return lead;
    if (lead < 0xE0) return ((lead & 0x1FU) << 6U) | (byte(1) & 0x3FU);
    if (lead < 0xF0) {
        return ((lead & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
    }
    return ((lead & 0x07U) << 18U) | ((byte(1) & 0x3FU) << 12U) | ((byte(2) & 0x3FU) << 6U) |
           (byte(3) & 0x3FU);
}

// `"x"` for printable ASCII, U+XXXX for the rest.
std::string describe_character(std::string_view text, std::size_t at) {
    if (at >= text.size()) return "<EOF>";
    const std::uint32_t code = code_point(text, at);
    if (code == '"') return "'\"'";
    if (code >= 0x20 && code <= 0x7E) return {'"', static_cast<char>(code), '"'};
    std::array<char, 16> digits{};
    const int length = std::snprintf(digits.data(), digits.size(), "U+%04X", code);
    return {digits.data(), static_cast<std::size_t>(length)};
}

}  // namespace

std::string_view describe(TokenKind kind) noexcept {
    static constexpr std::array<std::string_view, 21> names = {
        "<EOF>", "\"!\"", "\"$\"", "\"&\"", "\"(\"",  "\")\"",       "\"...\"",
        "\":\"", "\"=\"", "\"@\"", "\"[\"", "\"]\"",  "\"{\"",       "\"|\"",
        "\"}\"", "Name",  "Int",   "Float", "String", "BlockString", "Invalid"};
    return names[static_cast<std::size_t>(kind)];
}

Token Lexer::next() {
    skip_ignored();
    if (position_ >= text_.size()) {
        const auto end = static_cast<Offset>(text_.size());
        return {TokenKind::end, end, end, {}};
    }
    const unsigned char c = byte(position_);
    switch (class_of[c]) {
        case ByteClass::punctuator: return punctuator(punctuator_kind(c), 1);
        case ByteClass::name_start: return name();
        case ByteClass::digit:
        case ByteClass::minus: return number();
        case ByteClass::ignored:
        case ByteClass::other: break;
    }
    if (c == '"') return starts(R"(""")") ? block_string() : string();
    if (starts("...")) return punctuator(TokenKind::spread, 3);
    if (c == '\'') {
        return invalid(position_,
                       "Unexpected single quote character ('), did you mean to use a double "
                       "quote (\")?");
    }
    return unexpected(position_, "Unexpected character: ");
}

void Lexer::skip_ignored() noexcept {
    for (;;) {
        const unsigned char c = byte(position_);
        if (class_of[c] == ByteClass::ignored) {
            if (c != '#') {
                ++position_;
                continue;
            }
            // Spec 2.1.4: a comment runs to the end of its line.
            position_ = find_any<'\r', '\n'>(text_, position_);
        } else if (c == 0xEF && starts(byte_order_mark)) {
            position_ += byte_order_mark.size();
        } else {
            return;
        }
    }
}

Token Lexer::punctuator(TokenKind kind, Offset length) noexcept {
    const auto at = static_cast<Offset>(position_);
    position_ += length;
    return {kind, at, at + length, {}};
}

Token Lexer::name() noexcept {
    const std::size_t start = position_;
    while (is_name_start(byte(position_)) || is_digit(byte(position_))) ++position_;
    return {TokenKind::name, static_cast<Offset>(start), static_cast<Offset>(position_),
            text_.substr(start, position_ - start)};
}

bool Lexer::digits() noexcept {
    if (!is_digit(byte(position_))) return false;
    while (is_digit(byte(position_))) ++position_;
    return true;
}

// Spec 2.9.1 and 2.9.2, with their look-ahead: no digit after a leading 0, no name or dot behind.
Token Lexer::number() {
    const std::size_t start = position_;
    constexpr std::string_view expected_digit = "Invalid number, expected digit but got: ";
    TokenKind kind = TokenKind::integer;
    if (byte(position_) == '-') ++position_;
    if (byte(position_) == '0') {
        ++position_;
        if (is_digit(byte(position_))) {
            return unexpected(position_, "Invalid number, unexpected digit after 0: ");
        }
    } else if (!digits()) {
        return unexpected(position_, expected_digit);
    }
    if (byte(position_) == '.') {
        kind = TokenKind::floating;
        ++position_;
        if (!digits()) return unexpected(position_, expected_digit);
    }
    if (byte(position_) == 'e' || byte(position_) == 'E') {
        kind = TokenKind::floating;
        ++position_;
        if (byte(position_) == '+' || byte(position_) == '-') ++position_;
        if (!digits()) return unexpected(position_, expected_digit);
    }
    if (byte(position_) == '.' || is_name_start(byte(position_))) {
        return unexpected(position_, expected_digit);
    }
    return {kind, static_cast<Offset>(start), static_cast<Offset>(position_),
            text_.substr(start, position_ - start)};
}

Token Lexer::string() {
    const std::size_t start = position_++;
    std::size_t plain_from = position_;
    std::string cooked;
    bool has_escape = false;
    for (;;) {
        position_ = find_any<'"', '\\', '\r', '\n'>(text_, position_);
        const unsigned char c = byte(position_);
        if (position_ >= text_.size() || c == '\r' || c == '\n') {
            return invalid(position_, "Unterminated string.");
        }
        if (c == '"') break;
        has_escape = true;
        cooked.append(text_.substr(plain_from, position_ - plain_from));
        const std::size_t backslash = position_;
        if (!escape(cooked)) return invalid_escape(backslash);
        plain_from = position_;
    }
    std::string_view value = text_.substr(plain_from, position_ - plain_from);
    if (has_escape) value = arena_.copy(cooked.append(value));
    ++position_;
    return {TokenKind::string, static_cast<Offset>(start), static_cast<Offset>(position_), value};
}

Token Lexer::block_string() {
    const std::size_t start = position_;
    position_ += 3;
    std::string raw;
    std::size_t plain_from = position_;
    for (;;) {
        position_ = find_any<'"', '\\'>(text_, position_);
        if (position_ >= text_.size()) return invalid(position_, "Unterminated string.");
        if (starts(R"(""")")) break;
        if (starts(R"(\""")")) {
            raw.append(text_.substr(plain_from, position_ - plain_from));
            plain_from = position_ + 1;
            position_ += 4;
        } else {
            ++position_;
        }
    }
    raw.append(text_.substr(plain_from, position_ - plain_from));
    position_ += 3;
    return {TokenKind::block_string, static_cast<Offset>(start), static_cast<Offset>(position_),
            arena_.copy(std::string_view(block_string_value(raw)))};
}

Token Lexer::invalid(std::size_t at, std::string_view complaint) {
    const auto offset = static_cast<Offset>(at);
    position_ = text_.size();
    return {TokenKind::invalid, offset, offset, arena_.copy(complaint)};
}

Token Lexer::unexpected(std::size_t at, std::string_view complaint) {
    return invalid(at, std::string(complaint) + describe_character(text_, at) + ".");
}

}  // namespace latchkey::graphql::language
