// Values, types, arguments, directives and descriptions (spec 2.9 to 2.13).

#include "graphql/language/grammar.hpp"

namespace latchkey::graphql::language {

Value Grammar::value(Constness constness) {
    Value made;
    made.at = token_.at;
    made.end = token_.end;
    made.text = token_.text;
    switch (token_.kind) {
        case TokenKind::bracket_open: return list_value(constness);
        case TokenKind::brace_open: return object_value(constness);
        case TokenKind::name: return name_value();
        case TokenKind::integer: made.kind = ValueKind::integer; break;
        case TokenKind::floating: made.kind = ValueKind::floating; break;
        case TokenKind::string:
        case TokenKind::block_string: made.kind = ValueKind::string; break;
        case TokenKind::dollar: {
            made.kind = ValueKind::variable;
            advance();
            if (constness == Constness::constant) {
                fail(made.at, "Syntax",
                     at(TokenKind::name) ? "Unexpected variable \"$" + std::string(token_.text) +
                                               "\" in constant value."
                                         : "Unexpected \"$\".");
            }
            const Name variable = name();
            made.text = variable.text;
            made.end = variable.at + static_cast<Offset>(variable.text.size());
            return made;
        }
        default: unexpected(); return made;
    }
    advance();
    return made;
}

Value Grammar::list_value(Constness constness) {
    Value made;
    made.kind = ValueKind::list;
    made.at = token_.at;
    if (!enter()) return made;
    advance();
    std::vector<Value> items;
    while (!error_ && !at(TokenKind::bracket_close)) items.push_back(value(constness));
    made.end = token_.end;
    expect(TokenKind::bracket_close);
    leave();
    made.items = document_.arena.copy(std::span<const Value>(items));
    return made;
}

Value Grammar::object_value(Constness constness) {
    Value made;
    made.kind = ValueKind::object;
    made.at = token_.at;
    if (!enter()) return made;
    advance();
    std::vector<Argument> fields;
    while (!error_ && !at(TokenKind::brace_close)) fields.push_back(argument(constness));
    made.end = token_.end;
    expect(TokenKind::brace_close);
    leave();
    made.fields = document_.arena.copy(std::span<const Argument>(fields));
    return made;
}

Value Grammar::name_value() {
    Value made;
    made.at = token_.at;
    made.end = token_.end;
    made.text = token_.text;
    if (token_.text == "true" || token_.text == "false") {
        made.kind = ValueKind::boolean;
    } else if (token_.text == "null") {
        made.kind = ValueKind::null;
    } else {
        made.kind = ValueKind::enumerator;
    }
    advance();
    return made;
}

Argument Grammar::argument(Constness constness) {
    Argument made;
    made.name = name();
    expect(TokenKind::colon);
    made.value = value(constness);
    return made;
}

std::span<const Argument> Grammar::arguments(Constness constness) {
    return optional_many<Argument>(
        TokenKind::paren_open, [this, constness] { return argument(constness); },
        TokenKind::paren_close);
}

Directives Grammar::directives(Constness constness) {
    if (!at(TokenKind::at)) return {};
    std::vector<Directive> made;
    while (at(TokenKind::at)) {
        Directive& directive = made.emplace_back();
        directive.at = token_.at;
        advance();
        directive.name = name();
        directive.arguments = arguments(constness);
        ++document_.directive_count;
    }
    return document_.arena.copy(std::span<const Directive>(made));
}

const TypeRef* Grammar::type_reference() {
    TypeRef made;
    made.at = token_.at;
    if (at(TokenKind::bracket_open)) {
        if (!enter()) return document_.arena.make(made);
        advance();
        made.item = type_reference();
        expect(TokenKind::bracket_close);
        leave();
    } else {
        made.name = name();
    }
    made.non_null = skip(TokenKind::bang);
    return document_.arena.make(made);
}

Description Grammar::description() {
    if (!at(TokenKind::string) && !at(TokenKind::block_string)) return {};
    const Description read{token_.text, true};
    advance();
    return read;
}

}  // namespace latchkey::graphql::language
