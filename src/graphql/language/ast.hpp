#pragma once

// A parsed document (spec 2 and 3). Nodes are plain and live in the document's arena; names and
// values are views into its text, or into the arena where an escape had to be replaced.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "graphql/language/arena.hpp"
#include "graphql/language/source.hpp"

namespace latchkey::graphql::language {

struct Name {
    std::string_view text;  // empty: not there
    Offset at = 0;
    [[nodiscard]] explicit operator bool() const noexcept { return !text.empty(); }
};

enum class ValueKind : std::uint8_t {
    variable,
    integer,
    floating,
    string,
    boolean,
    null,
    enumerator,
    list,
    object,
};

struct Argument;

struct Value {
    ValueKind kind = ValueKind::null;
    Offset at = 0;
    Offset end = 0;
    std::string_view text;  // the variable's name, number as written, string's value, enum's name
    std::span<const Value> items;      // of a list
    std::span<const Argument> fields;  // of an object
};

/// An argument, and a field of an object value.
struct Argument {
    Name name;
    Value value;
};

struct Directive {
    Name name;
    Offset at = 0;  // the @
    std::span<const Argument> arguments;
};
using Directives = std::span<const Directive>;

/// A reference to a type: a name, or a list of `item`.
struct TypeRef {
    Name name;
    const TypeRef* item = nullptr;
    Offset at = 0;
    bool non_null = false;
};

struct SelectionSet;

enum class SelectionKind : std::uint8_t { field, spread, inline_fragment };

struct Selection {
    SelectionKind kind = SelectionKind::field;
    Offset at = 0;
    std::uint32_t id = 0;  // unique in the document, counted from 0
    Name alias;            // of a field
    Name name;             // of the field or fragment; an inline fragment's type condition
    std::span<const Argument> arguments;
    Directives directives;
    const SelectionSet* selections = nullptr;

    [[nodiscard]] std::string_view response_key() const noexcept {
        return alias ? alias.text : name.text;
    }
};

struct SelectionSet {
    Offset at = 0;
    std::span<const Selection> items;
};

struct VariableDefinition {
    Name name;
    Offset at = 0;  // the $
    const TypeRef* type = nullptr;
    const Value* default_value = nullptr;
    Directives directives;
};

enum class OperationType : std::uint8_t { query, mutation, subscription };

struct Operation {
    OperationType type = OperationType::query;
    Offset at = 0;
    Name name;
    std::span<const VariableDefinition> variables;
    Directives directives;
    const SelectionSet* selections = nullptr;
};

struct Fragment {
    Offset at = 0;
    Name name;
    Name type_condition;
    Directives directives;
    const SelectionSet* selections = nullptr;
};

// The type system language (spec 3).

struct Description {
    std::string_view text;
    bool is_given = false;
};

struct InputValueDefinition {
    Description description;
    Name name;
    const TypeRef* type = nullptr;
    const Value* default_value = nullptr;
    Directives directives;
};

struct FieldDefinition {
    Description description;
    Name name;
    std::span<const InputValueDefinition> arguments;
    const TypeRef* type = nullptr;
    Directives directives;
};

struct EnumValueDefinition {
    Description description;
    Name name;
    Directives directives;
};

enum class TypeKind : std::uint8_t { scalar, object, interface, union_, enumeration, input };
enum class Extends : std::uint8_t { no, yes };

struct TypeDefinition {
    TypeKind kind = TypeKind::scalar;
    Extends extends = Extends::no;
    Offset at = 0;
    Description description;
    Name name;
    std::span<const Name> interfaces;
    Directives directives;
    std::span<const FieldDefinition> fields;
    std::span<const InputValueDefinition> input_fields;
    std::span<const EnumValueDefinition> values;
    std::span<const Name> members;
};

struct DirectiveDefinition {
    Offset at = 0;
    Description description;
    Name name;
    std::span<const InputValueDefinition> arguments;
    bool is_repeatable = false;
    std::span<const Name> locations;
};

struct RootOperation {
    OperationType type = OperationType::query;
    Name type_name;
};

struct SchemaDefinition {
    Extends extends = Extends::no;
    Offset at = 0;
    Description description;
    Directives directives;
    std::span<const RootOperation> roots;
};

/// A whole document. Not movable once parsed: nodes view `text`.
struct Document {
    std::string text;
    Arena arena;
    std::span<const Operation> operations;
    std::span<const Fragment> fragments;
    std::span<const TypeDefinition> types;
    std::span<const DirectiveDefinition> directives;
    std::span<const SchemaDefinition> schemas;
    std::uint32_t selection_count = 0;
    std::uint32_t alias_count = 0;
    std::uint32_t directive_count = 0;
};

}  // namespace latchkey::graphql::language
