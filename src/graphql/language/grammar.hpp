#pragma once

// The parser's state and one function per production. Private to this folder; see parser.hpp.
//
// Failure is sticky: the first error is kept and the current token becomes the end of the document,
// so that every loop ends by itself and no production has to ask.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graphql/language/ast.hpp"
#include "graphql/language/lexer.hpp"
#include "graphql/language/parser.hpp"

namespace latchkey::graphql::language {

class Grammar {
public:
    Grammar(Document& document, ParseLimits limits);

    void document();
    [[nodiscard]] const std::optional<RequestError>& error() const noexcept { return error_; }

private:
    enum class Constness : std::uint8_t { constant, variable };

    // Executable definitions: executable.cpp.
    void definition();
    Operation anonymous_operation();
    Operation operation();
    VariableDefinition variable_definition();
    Fragment fragment();
    Name fragment_name();
    const SelectionSet* selection_set();
    Selection selection();
    Selection field();
    Selection fragment_or_spread();

    // Values, types and directives: values.cpp.
    Value value(Constness constness);
    Value list_value(Constness constness);
    Value object_value(Constness constness);
    Value name_value();
    Argument argument(Constness constness);
    std::span<const Argument> arguments(Constness constness);
    Directives directives(Constness constness);
    const TypeRef* type_reference();
    Description description();

    // Type system definitions: definitions.cpp.
    void type_system_definition(Extends extends, Offset at, Description text);
    SchemaDefinition schema(Extends extends, Offset at, Description text);
    TypeDefinition type(TypeKind kind, Extends extends, Offset at, Description text);
    DirectiveDefinition directive_definition(Offset at, Description text);
    std::span<const Name> separated_names(TokenKind separator);
    FieldDefinition field_definition();
    InputValueDefinition input_value();
    EnumValueDefinition enum_value();
    RootOperation root_operation();

    // Tokens: parser.cpp.
    void advance();
    [[nodiscard]] bool at(TokenKind kind) const noexcept { return token_.kind == kind; }
    [[nodiscard]] bool at_keyword(std::string_view word) const noexcept {
        return token_.kind == TokenKind::name && token_.text == word;
    }
    bool skip(TokenKind kind);
    void expect(TokenKind kind);
    bool skip_keyword(std::string_view word);
    void expect_keyword(std::string_view word);
    Name name();
    void unexpected();
    void fail(Offset at, std::string_view rule, std::string message);
    [[nodiscard]] std::string describe_token() const;
    /// Counts a bracket that opens; false when that is one too many.
    bool enter();
    void leave() noexcept { --nesting_; }

    /// One or more between brackets.
    template <class T, class Parse>
    std::span<const T> many(TokenKind open, Parse parse, TokenKind close) {
        expect(open);
        std::vector<T> items;
        do {
            items.push_back(parse());
        } while (!error_ && !skip(close));
        return document_.arena.copy(std::span<const T>(items));
    }
    /// The same, or nothing at all.
    template <class T, class Parse>
    std::span<const T> optional_many(TokenKind open, Parse parse, TokenKind close) {
        if (!at(open)) return {};
        return many<T>(open, parse, close);
    }

    Document& document_;
    ParseLimits limits_;
    Lexer lexer_;
    Token token_;
    std::size_t tokens_ = 0;
    std::size_t nesting_ = 0;
    std::optional<RequestError> error_;

    std::vector<Operation> operations_;
    std::vector<Fragment> fragments_;
    std::vector<TypeDefinition> types_;
    std::vector<DirectiveDefinition> directive_definitions_;
    std::vector<SchemaDefinition> schemas_;
};

}  // namespace latchkey::graphql::language
