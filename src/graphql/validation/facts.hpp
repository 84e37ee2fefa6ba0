#pragma once

// What the rules need to know about a document, gathered in one walk: every field with its parent
// type, every value with the type expected there, and so on, in flat lists. Each rule is then a
// loop over one of them, which keeps the rules independent of each other and linear.

#include <cstdint>
#include <deque>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graphql/language/ast.hpp"
#include "graphql/types/type_system.hpp"

namespace latchkey::graphql::validation {

/// A field, spread or inline fragment, where it stands.
struct SelectionUse {
    const language::Selection* node = nullptr;
    const types::NamedType* parent = nullptr;     // null: unknown, or not composite
    const types::Field* field = nullptr;          // of a field; null: unknown
    const types::NamedType* condition = nullptr;  // the type a fragment is on; null: unknown
};

/// The arguments of a field or directive.
struct ArgumentsUse {
    std::span<const language::Argument> given;
    language::Offset at = 0;                      // of the field or directive
    const types::Field* field = nullptr;          // one of the two, or neither
    const types::Directive* directive = nullptr;  // where the definition is unknown
};

struct DirectivesUse {
    language::Directives directives;
    types::DirectiveLocation location;
};

/// A value that stands as an argument or default, with the type expected there (null: unknown).
struct ValueUse {
    const language::Value* value = nullptr;
    const types::Type* expected = nullptr;
};

struct VariableUse {
    const language::Value* node = nullptr;
    const types::Type* expected = nullptr;     // null: unknown
    bool has_default_here = false;             // the argument or input field has a default
    const types::NamedType* one_of = nullptr;  // the OneOf type whose field it fills
};

/// An operation or a fragment definition.
struct Definition {
    const language::Operation* operation = nullptr;
    const language::Fragment* fragment = nullptr;
    std::vector<const language::Selection*> spreads;
    std::vector<VariableUse> variables;

    [[nodiscard]] language::Offset at() const noexcept {
        return operation != nullptr ? operation->at : fragment->at;
    }
};

class Facts {
public:
    Facts(const types::TypeSystem& system, const language::Document& document);

    const types::TypeSystem& system;
    const language::Document& document;

    std::deque<Definition> operations;
    std::deque<Definition> fragments;
    std::vector<SelectionUse> fields;
    std::vector<SelectionUse> spreads;
    std::vector<SelectionUse> inline_fragments;
    std::vector<ArgumentsUse> arguments;
    std::vector<DirectivesUse> directives;
    std::vector<ValueUse> values;
    std::vector<const language::Value*> objects;  // every object value, at any depth

    /// Null when there is none. Of two fragments of one name, the later.
    [[nodiscard]] Definition* fragment(std::string_view name) noexcept;
    [[nodiscard]] const Definition* fragment(std::string_view name) const noexcept;

    /// The fragments that `start` reaches, each once, in the order of discovery.
    [[nodiscard]] std::vector<const Definition*> reachable(const Definition& start) const;

    /// The type of a variable; null when it is unknown. Made once for each definition.
    [[nodiscard]] const types::Type* variable_type(
        const language::VariableDefinition& definition) const noexcept;

private:
    void walk_operation(const language::Operation& operation);
    void walk_fragment(const language::Fragment& fragment);
    void walk(const language::SelectionSet& set, const types::NamedType* parent);
    void walk_field(const language::Selection& node, const types::NamedType* parent);
    void walk_spread(const language::Selection& node, const types::NamedType* parent);
    void walk_inline(const language::Selection& node, const types::NamedType* parent);
    void walk_directives(language::Directives directives, types::DirectiveLocation location);
    void walk_arguments(const ArgumentsUse& use);
    void walk_value(const language::Value& value, const types::Type* expected,
                    const types::InputValue* place, const types::NamedType* one_of);

    std::unordered_map<std::string_view, Definition*> fragment_index_;
    std::unordered_map<const language::VariableDefinition*, const types::Type*> variable_types_;
    std::deque<types::Type> type_storage_;
    Definition* current_ = nullptr;
};

/// `type` if it can have selections, else null.
[[nodiscard]] inline const types::NamedType* composite(const types::NamedType* type) noexcept {
    return type != nullptr && type->is_composite() ? type : nullptr;
}

}  // namespace latchkey::graphql::validation
