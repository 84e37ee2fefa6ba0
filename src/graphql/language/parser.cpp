#include "graphql/language/parser.hpp"

#include <limits>
#include <utility>

#include "base/text/text.hpp"
#include "graphql/language/grammar.hpp"

namespace latchkey::graphql::language {

Grammar::Grammar(Document& document, ParseLimits limits)
    : document_(document), limits_(limits), lexer_(document.text, document.arena) {
    advance();
}

void Grammar::document() {
    do {
        definition();
    } while (!error_ && !at(TokenKind::end));
    Arena& arena = document_.arena;
    document_.operations = arena.copy(std::span<const Operation>(operations_));
    document_.fragments = arena.copy(std::span<const Fragment>(fragments_));
    document_.types = arena.copy(std::span<const TypeDefinition>(types_));
    document_.directives = arena.copy(std::span<const DirectiveDefinition>(directive_definitions_));
    document_.schemas = arena.copy(std::span<const SchemaDefinition>(schemas_));
}

void Grammar::advance() {
    if (error_) return;
    token_ = lexer_.next();
    if (token_.kind == TokenKind::invalid) {
        fail(token_.at, "Syntax", std::string(token_.text));
    } else if (++tokens_ > limits_.max_tokens && token_.kind != TokenKind::end) {
        fail(token_.at, "max_tokens",
             "The document has more than " + std::to_string(limits_.max_tokens) +
                 " tokens (limit max_tokens).");
    }
}

bool Grammar::skip(TokenKind kind) {
    if (!at(kind)) return false;
    advance();
    return true;
}

void Grammar::expect(TokenKind kind) {
    if (skip(kind)) return;
    fail(token_.at, "Syntax",
         "Expected " + std::string(describe(kind)) + ", found " + describe_token() + ".");
}

bool Grammar::skip_keyword(std::string_view word) {
    if (!at_keyword(word)) return false;
    advance();
    return true;
}

void Grammar::expect_keyword(std::string_view word) {
    if (skip_keyword(word)) return;
    fail(token_.at, "Syntax",
         "Expected \"" + std::string(word) + "\", found " + describe_token() + ".");
}

Name Grammar::name() {
    const Name read{token_.text, token_.at};
    expect(TokenKind::name);
    return read;
}

void Grammar::unexpected() { fail(token_.at, "Syntax", "Unexpected " + describe_token() + "."); }

void Grammar::fail(Offset at, std::string_view rule, std::string message) {
    if (!error_) {
        error_.emplace();
        error_->message = rule == "Syntax" ? "Syntax Error: " + message : std::move(message);
        error_->locations = {locate(document_.text, at)};
        error_->rule = rule;
        error_->code = rule == "Syntax" ? "GRAPHQL_PARSE_FAILED" : "LIMIT_EXCEEDED";
    }
    token_ = {TokenKind::end, token_.at, token_.at, {}};
}

std::string Grammar::describe_token() const {
    constexpr std::size_t longest_shown = 80;
    std::string shown(describe(token_.kind));
    if (token_.kind < TokenKind::name) return shown;
    std::size_t length = std::min(token_.text.size(), longest_shown);
    while (length > 0 && length < token_.text.size() &&
           (static_cast<unsigned char>(token_.text[length]) & 0xC0U) == 0x80U) {
        --length;  // not within a character
    }
    shown.append(" \"").append(token_.text.substr(0, length));
    return shown.append(length < token_.text.size() ? "…\"" : "\"");
}

bool Grammar::enter() {
    if (++nesting_ <= limits_.max_nesting) return true;
    fail(token_.at, "max_nesting",
         "The document nests deeper than " + std::to_string(limits_.max_nesting) +
             " brackets (limit max_nesting).");
    return false;
}

std::expected<std::unique_ptr<const Document>, RequestError> parse(std::string text,
                                                                   ParseLimits limits) {
    if (!is_valid_utf8(text) || text.size() > std::numeric_limits<Offset>::max() / 2) {
        return std::unexpected(RequestError{.message = "Syntax Error: The document is not UTF-8.",
                                            .locations = {},
                                            .rule = "Syntax",
                                            .code = "GRAPHQL_PARSE_FAILED"});
    }
    auto document = std::make_unique<Document>();
    document->text = std::move(text);
    Grammar grammar(*document, limits);
    grammar.document();
    if (grammar.error()) return std::unexpected(*grammar.error());
    return document;
}

}  // namespace latchkey::graphql::language
