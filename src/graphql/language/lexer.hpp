#pragma once

// Cuts a document into tokens (spec 2.1). Single pass, no look-ahead beyond one token, no
// recursion.

#include <string>
#include <string_view>

#include "graphql/language/arena.hpp"
#include "graphql/language/token.hpp"

namespace latchkey::graphql::language {

class Lexer {
public:
    /// `document` is valid UTF-8. It and the arena outlive the tokens.
    Lexer(std::string_view document, Arena& arena) : text_(document), arena_(arena) {}

    /// The next token; `end` for ever after the last. After `invalid` do not ask again: its text is
    /// the complaint and its offset where it applies.
    [[nodiscard]] Token next();

private:
    void skip_ignored() noexcept;
    Token punctuator(TokenKind kind, Offset length) noexcept;
    Token name() noexcept;
    Token number();
    Token string();
    Token block_string();
    bool digits() noexcept;
    Token invalid(std::size_t at, std::string_view complaint);
    Token unexpected(std::size_t at, std::string_view complaint);

    /// Decodes the escape at position_ (a backslash) into `out`; false if it is not one.
    bool escape(std::string& out);
    bool unicode_escape(std::string& out);
    Token invalid_escape(std::size_t at);

    [[nodiscard]] unsigned char byte(std::size_t at) const noexcept {
        return at < text_.size() ? static_cast<unsigned char>(text_[at]) : 0;
    }
    [[nodiscard]] bool starts(std::string_view what) const noexcept {
        return text_.substr(position_).starts_with(what);
    }

    std::string_view text_;
    Arena& arena_;
    std::size_t position_ = 0;
};

}  // namespace latchkey::graphql::language
