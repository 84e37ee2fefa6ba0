#pragma once

// The lexical tokens of spec 2.1.6.

#include <cstdint>
#include <string_view>

#include "graphql/language/source.hpp"

namespace latchkey::graphql::language {

enum class TokenKind : std::uint8_t {
    end,
    bang,
    dollar,
    ampersand,
    paren_open,
    paren_close,
    spread,
    colon,
    equals,
    at,
    bracket_open,
    bracket_close,
    brace_open,
    pipe,
    brace_close,
    name,
    integer,
    floating,
    string,
    block_string,
    invalid,  // `text` is the complaint
};

struct Token {
    TokenKind kind = TokenKind::end;
    Offset at = 0;
    Offset end = 0;         // one past the last byte
    std::string_view text;  // name, number as written, or the string's value
};

/// As in messages: `"{"`, `Name`, `<EOF>`.
[[nodiscard]] std::string_view describe(TokenKind kind) noexcept;

}  // namespace latchkey::graphql::language
