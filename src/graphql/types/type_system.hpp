#pragma once

// The types of one schema (spec 3): what SDL describes, with references resolved to pointers and
// the resolvers attached. Built once (build.hpp), then immutable and shared by all threads. Names,
// descriptions and default literals are views into the SDL documents, which it keeps.

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graphql/language/ast.hpp"
#include "graphql/resolvers.hpp"
#include "json/value.hpp"

namespace latchkey::graphql::types {

using language::TypeKind;

struct NamedType;

/// A use of a type: named, [inner] or inner!. Uses are shared within a type system, but equal uses
/// of different documents have different addresses: compare with same_type().
struct Type {
    enum class Wrap : std::uint8_t { none, list, non_null };
    Wrap wrap = Wrap::none;
    const Type* inner = nullptr;       // of a wrapper
    const NamedType* named = nullptr;  // the innermost type

    [[nodiscard]] bool is_non_null() const noexcept { return wrap == Wrap::non_null; }
    [[nodiscard]] bool is_list() const noexcept { return wrap == Wrap::list; }
    /// This without an outer `!`.
    [[nodiscard]] const Type* nullable() const noexcept { return is_non_null() ? inner : this; }
};

struct Documentation {
    std::optional<std::string_view> description;
    std::optional<std::string_view> deprecation_reason;  // given: deprecated
};

/// An argument or a field of an input object.
struct InputValue : Documentation {
    std::string_view name;
    const Type* type = nullptr;
    const language::Value* default_literal = nullptr;
    std::optional<json::Value> default_value;  // coerced

    /// Spec 3.6.1: it has to be given.
    [[nodiscard]] bool is_required() const noexcept {
        return type->is_non_null() && default_literal == nullptr;
    }
};

struct Field : Documentation {
    std::string_view name;
    const NamedType* parent = nullptr;
    std::vector<InputValue> arguments;
    const Type* type = nullptr;
    std::string coordinate;  // "User.email"
    FieldResolver resolve;   // empty on an interface

    [[nodiscard]] const InputValue* argument(std::string_view argument_name) const noexcept;
};

struct EnumValue : Documentation {
    std::string_view name;
};

enum class BuiltInScalar : std::uint8_t { none, int_, float_, string, boolean, id };

struct NamedType {
    TypeKind kind = TypeKind::scalar;
    std::string_view name;
    std::optional<std::string_view> description;
    const Type* use = nullptr;  // this type, unwrapped

    std::deque<Field> fields;                       // object, interface
    std::vector<const NamedType*> interfaces;       // object, interface: declared
    std::vector<const NamedType*> possible;         // interface, union: its object types
    std::vector<const NamedType*> implementations;  // interface: interfaces that implement it
    std::deque<InputValue> input_fields;            // input
    std::deque<EnumValue> values;                   // enum
    std::optional<std::string_view> specified_by;   // scalar
    bool is_one_of = false;                         // input
    bool is_introspection = false;
    BuiltInScalar built_in = BuiltInScalar::none;
    ScalarFunctions scalar;

    TypeTag tag = nullptr;  // object: the C++ type behind it
    /// Interface, union: the object type of a C++ type, and what tells when that is not enough.
    std::unordered_map<TypeTag, const NamedType*> by_tag;
    std::unordered_map<TypeTag, TypeResolver> type_resolvers;

    std::unordered_map<std::string_view, const Field*> field_index;
    std::unordered_map<std::string_view, const InputValue*> input_index;
    std::unordered_map<std::string_view, const EnumValue*> value_index;

    [[nodiscard]] const Field* field(std::string_view field_name) const noexcept;
    [[nodiscard]] const InputValue* input_field(std::string_view field_name) const noexcept;
    [[nodiscard]] const EnumValue* value(std::string_view value_name) const noexcept;

    [[nodiscard]] bool is_leaf() const noexcept {
        return kind == TypeKind::scalar || kind == TypeKind::enumeration;
    }
    [[nodiscard]] bool is_abstract() const noexcept {
        return kind == TypeKind::interface || kind == TypeKind::union_;
    }
    [[nodiscard]] bool is_composite() const noexcept {
        return kind == TypeKind::object || is_abstract();
    }
    [[nodiscard]] bool is_input() const noexcept { return is_leaf() || kind == TypeKind::input; }
    [[nodiscard]] bool is_output() const noexcept { return kind != TypeKind::input; }
};

enum class DirectiveLocation : std::uint8_t {
    query,
    mutation,
    subscription,
    field,
    fragment_definition,
    fragment_spread,
    inline_fragment,
    variable_definition,
    schema,
    scalar,
    object,
    field_definition,
    argument_definition,
    interface,
    union_,
    enum_,
    enum_value,
    input_object,
    input_field_definition,
};
inline constexpr std::size_t directive_location_count = 19;

/// "FIELD_DEFINITION"
[[nodiscard]] std::string_view to_string(DirectiveLocation location) noexcept;
[[nodiscard]] std::optional<DirectiveLocation> location_from(std::string_view name) noexcept;

struct Directive {
    std::string_view name;
    std::optional<std::string_view> description;
    std::deque<InputValue> arguments;
    bool is_repeatable = false;
    std::uint32_t locations = 0;  // bits of DirectiveLocation

    [[nodiscard]] const InputValue* argument(std::string_view argument_name) const noexcept;
    [[nodiscard]] bool may_stand_at(DirectiveLocation location) const noexcept {
        return (locations >> static_cast<unsigned>(location) & 1U) != 0;
    }
};

class TypeSystem {
public:
    TypeSystem() = default;
    TypeSystem(const TypeSystem&) = delete;
    TypeSystem& operator=(const TypeSystem&) = delete;

    /// Null when there is none.
    [[nodiscard]] const NamedType* find(std::string_view name) const noexcept;
    [[nodiscard]] const Directive* directive(std::string_view name) const noexcept;
    /// The root type of an operation; null when the schema has none.
    [[nodiscard]] const NamedType* root(language::OperationType operation) const noexcept;
    /// The field `name` of `parent`, __typename included, __schema and __type on the query root.
    [[nodiscard]] const Field* field(const NamedType& parent, std::string_view name) const noexcept;

    /// Whether an object of type `object` may stand where `abstract` is asked for.
    [[nodiscard]] static bool is_possible(const NamedType& abstract,
                                          const NamedType& object) noexcept;
    /// Spec 5.5.2.3: whether some object is of both composite types.
    [[nodiscard]] static bool overlap(const NamedType& a, const NamedType& b) noexcept;
    /// Spec 3.6.2 IsSubType, on uses.
    [[nodiscard]] static bool is_subtype(const Type& maybe_sub, const Type& super) noexcept;

    // In the order of definition; introspection types last.
    std::deque<NamedType> types;
    std::deque<Directive> directives;
    const NamedType* query = nullptr;
    const NamedType* mutation = nullptr;
    const NamedType* subscription = nullptr;
    std::optional<std::string_view> description;
    Field typename_field;
    Field schema_field;
    Field type_field;

    std::deque<Type> uses;
    std::unordered_map<std::string_view, NamedType*> type_index;
    std::unordered_map<std::string_view, Directive*> directive_index;
    std::vector<std::unique_ptr<const language::Document>> documents;
};

/// The type that a document writes; its wrappers are put into `storage`. Null if it is unknown.
[[nodiscard]] const Type* resolve_type(const TypeSystem& system, const language::TypeRef& reference,
                                       std::deque<Type>& storage);

[[nodiscard]] bool same_type(const Type& a, const Type& b) noexcept;

/// "[User!]!"
[[nodiscard]] std::string to_string(const Type& type);

}  // namespace latchkey::graphql::types
