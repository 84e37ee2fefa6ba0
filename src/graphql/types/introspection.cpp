// The resolvers behind __schema and __type (spec 4).

#include <algorithm>

#include "graphql/types/build.hpp"
#include "graphql/types/literal_printer.hpp"

namespace latchkey::graphql::types {
namespace {

enum class Kind : std::uint8_t { scalar, object, interface, union_, enum_, input, list, non_null };

constexpr std::array<std::string_view, 8> kind_names = {
    "SCALAR", "OBJECT", "INTERFACE", "UNION", "ENUM", "INPUT_OBJECT", "LIST", "NON_NULL"};

Kind kind_of(const Type& type) {
    if (type.is_list()) return Kind::list;
    if (type.is_non_null()) return Kind::non_null;
    switch (type.named->kind) {
        case TypeKind::scalar: return Kind::scalar;
        case TypeKind::object: return Kind::object;
        case TypeKind::interface: return Kind::interface;
        case TypeKind::union_: return Kind::union_;
        case TypeKind::enumeration: return Kind::enum_;
        case TypeKind::input: return Kind::input;
    }
    return Kind::scalar;
}

// The named type itself; null for a wrapper.
const NamedType* plain(const Type& type) {
    return type.wrap == Type::Wrap::none ? type.named : nullptr;
}

Value text_or_null(const std::optional<std::string_view>& text) {
    return text ? graphql::Value::text(*text) : graphql::Value();
}

template <class Items>
graphql::Value undeprecated(const Items& items, const Call& call) {
    const bool all = call.argument<bool>("includeDeprecated");
    graphql::Value::List list;
    for (const auto& item : items) {
        if (all || !item.deprecation_reason) list.push_back(graphql::Value::object(item));
    }
    return graphql::Value::list(std::move(list));
}

graphql::Value types_of(const std::vector<const NamedType*>& types) {
    return graphql::Value::list_of(
        types, [](const NamedType* type) { return graphql::Value::object(*type->use); });
}

template <class T>
auto& add_documentation(Resolvers::Fields<T>& fields) {
    return fields.field("name", [](const T& it) { return graphql::Value::text(it.name); })
        .field("description", [](const T& it) { return text_or_null(it.description); })
        .field(
            "isDeprecated",
            [](const T& it) { return graphql::Value::boolean(it.deprecation_reason.has_value()); })
        .field("deprecationReason",
               [](const T& it) { return text_or_null(it.deprecation_reason); });
}

void add_schema(Resolvers& resolvers) {
    const auto root = [](const NamedType* type) {
        return type == nullptr ? graphql::Value() : graphql::Value::object(*type->use);
    };
    resolvers.object<TypeSystem>("__Schema")
        .field("description", [](const TypeSystem& it) { return text_or_null(it.description); })
        .field("types",
               [](const TypeSystem& it) {
                   return graphql::Value::list_of(it.types, [](const NamedType& type) {
                       return graphql::Value::object(*type.use);
                   });
               })
        .field("queryType", [root](const TypeSystem& it) { return root(it.query); })
        .field("mutationType", [root](const TypeSystem& it) { return root(it.mutation); })
        .field("subscriptionType", [root](const TypeSystem& it) { return root(it.subscription); })
        .field("directives",
               [](const TypeSystem& it) { return graphql::Value::objects(it.directives); });
}

// Spec 4.2.2: which fields apply depends on the kind; the others are null.
void add_type(Resolvers& resolvers) {
    using V = graphql::Value;
    resolvers.object<Type>("__Type")
        .field("kind",
               [](const Type& it) {
                   return V::text(kind_names[static_cast<std::size_t>(kind_of(it))]);
               })
        .field("name", [](const Type& it) { return plain(it) ? V::text(plain(it)->name) : V(); })
        .field(
            "description",
            [](const Type& it) { return plain(it) ? text_or_null(plain(it)->description) : V(); })
        .field(
            "specifiedByURL",
            [](const Type& it) { return plain(it) ? text_or_null(plain(it)->specified_by) : V(); })
        .field("fields",
               [](const Type& it, Call& call) {
                   const Kind kind = kind_of(it);
                   const bool has = kind == Kind::object || kind == Kind::interface;
                   return has ? undeprecated(it.named->fields, call) : V();
               })
        .field("interfaces",
               [](const Type& it) {
                   const Kind kind = kind_of(it);
                   const bool has = kind == Kind::object || kind == Kind::interface;
                   return has ? types_of(it.named->interfaces) : V();
               })
        .field("possibleTypes",
               [](const Type& it) {
                   const bool has = plain(it) && it.named->is_abstract();
                   return has ? types_of(it.named->possible) : V();
               })
        .field("enumValues",
               [](const Type& it, Call& call) {
                   return kind_of(it) == Kind::enum_ ? undeprecated(it.named->values, call) : V();
               })
        .field("inputFields",
               [](const Type& it, Call& call) {
                   const bool has = kind_of(it) == Kind::input;
                   return has ? undeprecated(it.named->input_fields, call) : V();
               })
        .field("ofType", [](const Type& it) { return plain(it) ? V() : V::object(*it.inner); })
        .field("isOneOf", [](const Type& it) {
            return kind_of(it) == Kind::input ? V::boolean(it.named->is_one_of) : V();
        });
}

void add_members(Resolvers& resolvers) {
    using V = graphql::Value;
    auto fields = resolvers.object<Field>("__Field");
    add_documentation(fields)
        .field("args", [](const Field& it, Call& call) { return undeprecated(it.arguments, call); })
        .field("type", [](const Field& it) { return V::object(*it.type); });

    auto inputs = resolvers.object<InputValue>("__InputValue");
    add_documentation(inputs)
        .field("type", [](const InputValue& it) { return V::object(*it.type); })
        .field("defaultValue", [](const InputValue& it) {
            if (it.default_literal == nullptr) return V();
            std::string literal;
            append_literal(literal, *it.default_literal);
            return V::owned(std::move(literal));
        });

    auto values = resolvers.object<EnumValue>("__EnumValue");
    add_documentation(values);
}

void add_directive(Resolvers& resolvers) {
    using V = graphql::Value;
    resolvers.object<Directive>("__Directive")
        .field("name", [](const Directive& it) { return V::text(it.name); })
        .field("description", [](const Directive& it) { return text_or_null(it.description); })
        .field("isRepeatable", [](const Directive& it) { return V::boolean(it.is_repeatable); })
        .field("locations",
               [](const Directive& it) {
                   V::List list;
                   for (std::size_t i = 0; i < directive_location_count; ++i) {
                       const auto location = static_cast<DirectiveLocation>(i);
                       if (it.may_stand_at(location)) list.push_back(V::text(to_string(location)));
                   }
                   return V::list(std::move(list));
               })
        .field("args",
               [](const Directive& it, Call& call) { return undeprecated(it.arguments, call); });
}

}  // namespace

void add_introspection(TypeSystem& system, Resolvers& resolvers) {
    add_schema(resolvers);
    add_type(resolvers);
    add_members(resolvers);
    add_directive(resolvers);
    const TypeSystem* self = &system;
    system.schema_field.resolve = [self](const void*, Call&) -> Result<graphql::Value> {
        return graphql::Value::object(*self);
    };
    system.type_field.resolve = [self](const void*, Call& call) -> Result<graphql::Value> {
        const NamedType* type = self->find(call.argument<std::string_view>("name"));
        return type == nullptr ? graphql::Value() : graphql::Value::object(*type->use);
    };
}

}  // namespace latchkey::graphql::types
