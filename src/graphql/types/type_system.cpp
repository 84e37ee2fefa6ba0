#include "graphql/types/type_system.hpp"

#include <algorithm>
#include <array>

namespace latchkey::graphql::types {
namespace {

constexpr std::array<std::string_view, directive_location_count> location_names = {
    "QUERY",
    "MUTATION",
    "SUBSCRIPTION",
    "FIELD",
    "FRAGMENT_DEFINITION",
    "FRAGMENT_SPREAD",
    "INLINE_FRAGMENT",
    "VARIABLE_DEFINITION",
    "SCHEMA",
    "SCALAR",
    "OBJECT",
    "FIELD_DEFINITION",
    "ARGUMENT_DEFINITION",
    "INTERFACE",
    "UNION",
    "ENUM",
    "ENUM_VALUE",
    "INPUT_OBJECT",
    "INPUT_FIELD_DEFINITION",
};

template <class Index>
auto find_in(const Index& index, std::string_view name) noexcept -> typename Index::mapped_type {
    const auto found = index.find(name);
    return found == index.end() ? nullptr : found->second;
}

template <class Arguments>
const InputValue* find_argument(const Arguments& arguments, std::string_view name) noexcept {
    const auto found = std::ranges::find(arguments, name, &InputValue::name);
    return found == arguments.end() ? nullptr : &*found;
}

}  // namespace

std::string_view to_string(DirectiveLocation location) noexcept {
    return location_names[static_cast<std::size_t>(location)];
}

std::optional<DirectiveLocation> location_from(std::string_view name) noexcept {
    const auto found = std::ranges::find(location_names, name);
    if (found == location_names.end()) return std::nullopt;
    return static_cast<DirectiveLocation>(found - location_names.begin());
}

const InputValue* Field::argument(std::string_view argument_name) const noexcept {
    return find_argument(arguments, argument_name);
}

const InputValue* Directive::argument(std::string_view argument_name) const noexcept {
    return find_argument(arguments, argument_name);
}

const Field* NamedType::field(std::string_view field_name) const noexcept {
    return find_in(field_index, field_name);
}

const InputValue* NamedType::input_field(std::string_view field_name) const noexcept {
    return find_in(input_index, field_name);
}

const EnumValue* NamedType::value(std::string_view value_name) const noexcept {
    return find_in(value_index, value_name);
}

const NamedType* TypeSystem::find(std::string_view name) const noexcept {
    return find_in(type_index, name);
}

const Directive* TypeSystem::directive(std::string_view name) const noexcept {
    return find_in(directive_index, name);
}

const NamedType* TypeSystem::root(language::OperationType operation) const noexcept {
    switch (operation) {
        case language::OperationType::query: return query;
        case language::OperationType::mutation: return mutation;
        case language::OperationType::subscription: return subscription;
    }
    return nullptr;
}

const Field* TypeSystem::field(const NamedType& parent, std::string_view name) const noexcept {
    if (name.starts_with("__")) {
        if (name == "__typename" && parent.is_composite()) return &typename_field;
        if (name == "__schema" && &parent == query) return &schema_field;
        if (name == "__type" && &parent == query) return &type_field;
    }
    return parent.field(name);
}

bool TypeSystem::is_possible(const NamedType& abstract, const NamedType& object) noexcept {
    if (&abstract == &object) return true;
    return std::ranges::find(abstract.possible, &object) != abstract.possible.end();
}

bool TypeSystem::overlap(const NamedType& a, const NamedType& b) noexcept {
    if (&a == &b) return true;
    if (!a.is_abstract()) return is_possible(b, a);
    if (!b.is_abstract()) return is_possible(a, b);
    return std::ranges::any_of(a.possible,
                               [&](const NamedType* type) { return is_possible(b, *type); });
}

bool TypeSystem::is_subtype(const Type& maybe_sub, const Type& super) noexcept {
    if (super.is_non_null()) {
        return maybe_sub.is_non_null() && is_subtype(*maybe_sub.inner, *super.inner);
    }
    if (maybe_sub.is_non_null()) return is_subtype(*maybe_sub.inner, super);
    if (super.is_list() || maybe_sub.is_list()) {
        return super.is_list() && maybe_sub.is_list() && is_subtype(*maybe_sub.inner, *super.inner);
    }
    if (maybe_sub.named == super.named) return true;
    if (!super.named->is_abstract()) return false;
    const auto& implementations = super.named->implementations;
    return is_possible(*super.named, *maybe_sub.named) ||
           std::ranges::find(implementations, maybe_sub.named) != implementations.end();
}

const Type* resolve_type(const TypeSystem& system, const language::TypeRef& reference,
                         std::deque<Type>& storage) {
    const Type* made = nullptr;
    if (reference.item != nullptr) {
        const Type* inner = resolve_type(system, *reference.item, storage);
        if (inner == nullptr) return nullptr;
        made = &storage.emplace_back(Type{Type::Wrap::list, inner, inner->named});
    } else {
        const NamedType* found = system.find(reference.name.text);
        if (found == nullptr) return nullptr;
        made = found->use;
    }
    if (!reference.non_null) return made;
    return &storage.emplace_back(Type{Type::Wrap::non_null, made, made->named});
}

bool same_type(const Type& a, const Type& b) noexcept {
    if (a.wrap != b.wrap) return false;
    return a.wrap == Type::Wrap::none ? a.named == b.named : same_type(*a.inner, *b.inner);
}

std::string to_string(const Type& type) {
    switch (type.wrap) {
        case Type::Wrap::none: return std::string(type.named->name);
        case Type::Wrap::list: return "[" + to_string(*type.inner) + "]";
        case Type::Wrap::non_null: return to_string(*type.inner) + "!";
    }
    return {};
}

}  // namespace latchkey::graphql::types
