// Operations, fragments and selections (spec 2.2 to 2.8).

#include "graphql/language/grammar.hpp"

namespace latchkey::graphql::language {

// Definition: ExecutableDefinition or TypeSystemDefinitionOrExtension.
void Grammar::definition() {
    if (at(TokenKind::brace_open)) {
        operations_.push_back(anonymous_operation());
        return;
    }
    const Offset start = token_.at;
    const Description text = description();
    if (at_keyword("query") || at_keyword("mutation") || at_keyword("subscription")) {
        operations_.push_back(operation());
        operations_.back().at = start;
    } else if (at_keyword("fragment")) {
        fragments_.push_back(fragment());
        fragments_.back().at = start;
    } else if (!text.is_given && skip_keyword("extend")) {
        type_system_definition(Extends::yes, start, {});
    } else {
        type_system_definition(Extends::no, start, text);
    }
}

Operation Grammar::anonymous_operation() {
    Operation made;
    made.at = token_.at;
    made.selections = selection_set();
    return made;
}

Operation Grammar::operation() {
    Operation made;
    if (at_keyword("mutation")) made.type = OperationType::mutation;
    if (at_keyword("subscription")) made.type = OperationType::subscription;
    advance();
    if (at(TokenKind::name)) made.name = name();
    made.variables = optional_many<VariableDefinition>(
        TokenKind::paren_open, [this] { return variable_definition(); }, TokenKind::paren_close);
    made.directives = directives(Constness::variable);
    made.selections = selection_set();
    return made;
}

VariableDefinition Grammar::variable_definition() {
    VariableDefinition made;
    (void)description();
    made.at = token_.at;
    expect(TokenKind::dollar);
    made.name = name();
    expect(TokenKind::colon);
    made.type = type_reference();
    if (skip(TokenKind::equals)) {
        made.default_value = document_.arena.make(value(Constness::constant));
    }
    made.directives = directives(Constness::constant);
    return made;
}

Fragment Grammar::fragment() {
    Fragment made;
    advance();
    made.name = fragment_name();
    expect_keyword("on");
    made.type_condition = name();
    made.directives = directives(Constness::variable);
    made.selections = selection_set();
    return made;
}

// FragmentName: Name but not `on`.
Name Grammar::fragment_name() {
    if (at_keyword("on")) unexpected();
    return name();
}

const SelectionSet* Grammar::selection_set() {
    SelectionSet made;
    made.at = token_.at;
    if (!enter()) return document_.arena.make(made);
    made.items = many<Selection>(
        TokenKind::brace_open, [this] { return selection(); }, TokenKind::brace_close);
    leave();
    return document_.arena.make(made);
}

Selection Grammar::selection() {
    const std::uint32_t id = document_.selection_count++;
    Selection made = at(TokenKind::spread) ? fragment_or_spread() : field();
    made.id = id;
    return made;
}

Selection Grammar::field() {
    Selection made;
    made.at = token_.at;
    made.name = name();
    if (skip(TokenKind::colon)) {
        made.alias = made.name;
        made.name = name();
        ++document_.alias_count;
    }
    made.arguments = arguments(Constness::variable);
    made.directives = directives(Constness::variable);
    if (at(TokenKind::brace_open)) made.selections = selection_set();
    return made;
}

Selection Grammar::fragment_or_spread() {
    Selection made;
    made.at = token_.at;
    expect(TokenKind::spread);
    const bool has_condition = skip_keyword("on");
    if (!has_condition && at(TokenKind::name)) {
        made.kind = SelectionKind::spread;
        made.name = fragment_name();
        made.directives = directives(Constness::variable);
        return made;
    }
    made.kind = SelectionKind::inline_fragment;
    if (has_condition) made.name = name();
    made.directives = directives(Constness::variable);
    made.selections = selection_set();
    return made;
}

}  // namespace latchkey::graphql::language
