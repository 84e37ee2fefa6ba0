// The type system definition language (spec 3).

#include <array>
#include <utility>

#include "graphql/language/grammar.hpp"

namespace latchkey::graphql::language {

void Grammar::type_system_definition(Extends extends, Offset at, Description text) {
    static constexpr std::array<std::pair<std::string_view, TypeKind>, 6> type_keywords = {{
        {"scalar", TypeKind::scalar},
        {"type", TypeKind::object},
        {"interface", TypeKind::interface},
        {"union", TypeKind::union_},
        {"enum", TypeKind::enumeration},
        {"input", TypeKind::input},
    }};
    for (const auto& [keyword, kind] : type_keywords) {
        if (skip_keyword(keyword)) {
            types_.push_back(type(kind, extends, at, text));
            return;
        }
    }
    if (skip_keyword("schema")) {
        schemas_.push_back(schema(extends, at, text));
    } else if (extends == Extends::no && skip_keyword("directive")) {
        directive_definitions_.push_back(directive_definition(at, text));
    } else if (text.is_given && this->at(TokenKind::brace_open)) {
        fail(at, "Syntax",
             "Unexpected description, descriptions are not supported on shorthand queries.");
    } else if (text.is_given && this->at(TokenKind::name)) {
        fail(at, "Syntax",
             "Unexpected description, only GraphQL definitions support descriptions.");
    } else {
        unexpected();
    }
}

SchemaDefinition Grammar::schema(Extends extends, Offset at, Description text) {
    SchemaDefinition made;
    made.extends = extends;
    made.at = at;
    made.description = text;
    made.directives = directives(Constness::constant);
    const auto root = [this] { return root_operation(); };
    made.roots =
        extends == Extends::no
            ? many<RootOperation>(TokenKind::brace_open, root, TokenKind::brace_close)
            : optional_many<RootOperation>(TokenKind::brace_open, root, TokenKind::brace_close);
    if (extends == Extends::yes && made.directives.empty() && made.roots.empty()) unexpected();
    return made;
}

RootOperation Grammar::root_operation() {
    RootOperation made;
    if (at_keyword("mutation")) {
        made.type = OperationType::mutation;
    } else if (at_keyword("subscription")) {
        made.type = OperationType::subscription;
    } else if (!at_keyword("query")) {
        unexpected();
    }
    advance();
    expect(TokenKind::colon);
    made.type_name = name();
    return made;
}

TypeDefinition Grammar::type(TypeKind kind, Extends extends, Offset at, Description text) {
    TypeDefinition made;
    made.kind = kind;
    made.extends = extends;
    made.at = at;
    made.description = text;
    made.name = name();
    const bool has_fields = kind == TypeKind::object || kind == TypeKind::interface;
    if (has_fields && skip_keyword("implements")) {
        made.interfaces = separated_names(TokenKind::ampersand);
    }
    made.directives = directives(Constness::constant);
    if (has_fields) {
        made.fields = optional_many<FieldDefinition>(
            TokenKind::brace_open, [this] { return field_definition(); }, TokenKind::brace_close);
    } else if (kind == TypeKind::input) {
        made.input_fields = optional_many<InputValueDefinition>(
            TokenKind::brace_open, [this] { return input_value(); }, TokenKind::brace_close);
    } else if (kind == TypeKind::enumeration) {
        made.values = optional_many<EnumValueDefinition>(
            TokenKind::brace_open, [this] { return enum_value(); }, TokenKind::brace_close);
    } else if (kind == TypeKind::union_ && skip(TokenKind::equals)) {
        made.members = separated_names(TokenKind::pipe);
    }
    const bool is_empty = made.interfaces.empty() && made.directives.empty() &&
                          made.fields.empty() && made.input_fields.empty() && made.values.empty() &&
                          made.members.empty();
    if (extends == Extends::yes && is_empty) unexpected();
    return made;
}

DirectiveDefinition Grammar::directive_definition(Offset at, Description text) {
    DirectiveDefinition made;
    made.at = at;
    made.description = text;
    expect(TokenKind::at);
    made.name = name();
    made.arguments = optional_many<InputValueDefinition>(
        TokenKind::paren_open, [this] { return input_value(); }, TokenKind::paren_close);
    made.is_repeatable = skip_keyword("repeatable");
    expect_keyword("on");
    made.locations = separated_names(TokenKind::pipe);
    return made;
}

// A & B, A | B: the separator may also stand in front.
std::span<const Name> Grammar::separated_names(TokenKind separator) {
    skip(separator);
    std::vector<Name> names;
    do {
        names.push_back(name());
    } while (skip(separator));
    return document_.arena.copy(std::span<const Name>(names));
}

FieldDefinition Grammar::field_definition() {
    FieldDefinition made;
    made.description = description();
    made.name = name();
    made.arguments = optional_many<InputValueDefinition>(
        TokenKind::paren_open, [this] { return input_value(); }, TokenKind::paren_close);
    expect(TokenKind::colon);
    made.type = type_reference();
    made.directives = directives(Constness::constant);
    return made;
}

InputValueDefinition Grammar::input_value() {
    InputValueDefinition made;
    made.description = description();
    made.name = name();
    expect(TokenKind::colon);
    made.type = type_reference();
    if (skip(TokenKind::equals)) {
        made.default_value = document_.arena.make(value(Constness::constant));
    }
    made.directives = directives(Constness::constant);
    return made;
}

EnumValueDefinition Grammar::enum_value() {
    EnumValueDefinition made;
    made.description = description();
    if (at_keyword("true") || at_keyword("false") || at_keyword("null")) {
        fail(token_.at, "Syntax",
             "Name \"" + std::string(token_.text) +
                 "\" is reserved and cannot be used for an enum value.");
    }
    made.name = name();
    made.directives = directives(Constness::constant);
    return made;
}

}  // namespace latchkey::graphql::language
