// From definitions to types: names first, so that references may go in any direction.

#include <algorithm>

#include "graphql/types/build.hpp"

namespace latchkey::graphql::types {
namespace {

using language::Extends;
using language::TypeDefinition;

std::string in_quotes(std::string_view name) { return "\"" + std::string(name) + "\""; }

std::optional<std::string_view> text_of(const language::Description& description) {
    if (!description.is_given) return std::nullopt;
    return description.text;
}

class Definer {
public:
    Definer(TypeSystem& system, Problems& problems) : system_(system), problems_(problems) {}

    void run() {
        declare_types();
        for (const auto& document : system_.documents) {
            for (const TypeDefinition& definition : document->types) fill(definition);
            for (const auto& definition : document->directives) define_directive(definition);
        }
        for (NamedType& type : system_.types) index(type);
        for (NamedType& type : system_.types) register_implementations(type);
        define_roots();
        define_meta_fields();
    }

private:
    void problem(std::string text) { problems_.push_back(std::move(text)); }

    void declare_types() {
        for (const auto& document : system_.documents) {
            const bool is_built_in = document == system_.documents.back();
            for (const TypeDefinition& definition : document->types) {
                if (definition.extends == Extends::yes) continue;
                const std::string_view name = definition.name.text;
                if (!is_built_in && name.starts_with("__")) {
                    problem("Type " + in_quotes(name) + " must not begin with \"__\".");
                }
                if (system_.type_index.contains(name)) {
                    problem("Type " + in_quotes(name) + " is defined twice.");
                    continue;
                }
                NamedType& type = system_.types.emplace_back();
                type.kind = definition.kind;
                type.name = name;
                type.description = text_of(definition.description);
                type.is_introspection = name.starts_with("__");
                type.built_in = is_built_in ? built_in_scalar(name) : BuiltInScalar::none;
                type.use = &system_.uses.emplace_back(Type{Type::Wrap::none, nullptr, &type});
                system_.type_index.emplace(name, &type);
            }
        }
    }

    static BuiltInScalar built_in_scalar(std::string_view name) {
        if (name == "Int") return BuiltInScalar::int_;
        if (name == "Float") return BuiltInScalar::float_;
        if (name == "String") return BuiltInScalar::string;
        if (name == "Boolean") return BuiltInScalar::boolean;
        if (name == "ID") return BuiltInScalar::id;
        return BuiltInScalar::none;
    }

    void fill(const TypeDefinition& definition) {
        const auto found = system_.type_index.find(definition.name.text);
        if (found == system_.type_index.end()) {
            problem("Cannot extend type " + in_quotes(definition.name.text) +
                    ": it is not defined.");
            return;
        }
        NamedType& type = *found->second;
        if (type.kind != definition.kind) {
            problem("Cannot extend type " + in_quotes(type.name) + " as another kind of type.");
            return;
        }
        for (const auto& field : definition.fields) {
            Field& made = type.fields.emplace_back();
            made.parent = &type;
            made.name = field.name.text;
            made.description = text_of(field.description);
            made.coordinate = std::string(type.name) + "." + std::string(made.name);
            made.type = use(field.type, made.coordinate);
            for (const auto& argument : field.arguments) {
                made.arguments.push_back(input_value(argument, made.coordinate));
            }
        }
        for (const auto& field : definition.input_fields) {
            type.input_fields.push_back(input_value(field, std::string(type.name)));
        }
        for (const auto& value : definition.values) {
            EnumValue& made = type.values.emplace_back();
            made.name = value.name.text;
            made.description = text_of(value.description);
        }
        for (const auto& name : definition.interfaces) {
            if (const NamedType* found_type = named(name.text, std::string(type.name))) {
                type.interfaces.push_back(found_type);
            }
        }
        for (const auto& name : definition.members) {
            if (const NamedType* found_type = named(name.text, std::string(type.name))) {
                type.possible.push_back(found_type);
            }
        }
    }

    InputValue input_value(const language::InputValueDefinition& definition,
                           const std::string& where) {
        InputValue made;
        made.name = definition.name.text;
        made.description = text_of(definition.description);
        made.type = use(definition.type, where + "." + std::string(made.name));
        made.default_literal = definition.default_value;
        return made;
    }

    const NamedType* named(std::string_view name, const std::string& where) {
        const NamedType* found = system_.find(name);
        if (found == nullptr) problem(where + " names the unknown type " + in_quotes(name) + ".");
        return found;
    }

    /// An unknown type becomes String, so that the rest can still be looked at.
    const Type* use(const language::TypeRef* reference, const std::string& where) {
        const Type* made = nullptr;
        if (reference->item != nullptr) {
            const Type* inner = use(reference->item, where);
            made = &system_.uses.emplace_back(Type{Type::Wrap::list, inner, inner->named});
        } else {
            const NamedType* found = named(reference->name.text, where);
            made = (found != nullptr ? found : system_.find("String"))->use;
        }
        if (!reference->non_null) return made;
        return &system_.uses.emplace_back(Type{Type::Wrap::non_null, made, made->named});
    }

    void define_directive(const language::DirectiveDefinition& definition) {
        const std::string where = "@" + std::string(definition.name.text);
        if (system_.directive_index.contains(definition.name.text)) {
            problem("Directive " + in_quotes(where) + " is defined twice.");
            return;
        }
        Directive& made = system_.directives.emplace_back();
        made.name = definition.name.text;
        made.description = text_of(definition.description);
        made.is_repeatable = definition.is_repeatable;
        for (const auto& argument : definition.arguments) {
            made.arguments.push_back(input_value(argument, where));
        }
        for (const auto& name : definition.locations) {
            const auto location = location_from(name.text);
            if (!location) {
                problem(where + " names the unknown location " + in_quotes(name.text) + ".");
                continue;
            }
            made.locations |= 1U << static_cast<unsigned>(*location);
        }
        system_.directive_index.emplace(made.name, &made);
    }

    template <class Items, class Index>
    void index_items(const Items& items, Index& by_name, const NamedType& type) {
        for (const auto& item : items) {
            if (by_name.emplace(item.name, &item).second) continue;
            problem(std::string(type.name) + "." + std::string(item.name) + " is defined twice.");
        }
    }

    void index(NamedType& type) {
        index_items(type.fields, type.field_index, type);
        index_items(type.input_fields, type.input_index, type);
        index_items(type.values, type.value_index, type);
    }

    void register_implementations(NamedType& type) {
        for (const NamedType* declared : type.interfaces) {
            NamedType& target = *system_.type_index.at(declared->name);
            if (target.kind != TypeKind::interface) continue;  // check_types says so
            auto& into = type.kind == TypeKind::object ? target.possible : target.implementations;
            into.push_back(&type);
        }
    }

    // Spec 3.3.1: without a schema definition the root types go by their names.
    void define_roots() {
        bool is_defined = false;
        for (const auto& document : system_.documents) {
            for (const auto& schema : document->schemas) {
                is_defined = is_defined || schema.extends == Extends::no;
                if (schema.description.is_given) system_.description = schema.description.text;
                for (const auto& root : schema.roots) set_root(root);
            }
        }
        if (is_defined) return;
        const auto set_by_name = [&](const NamedType*& slot, std::string_view name) {
            if (slot == nullptr) slot = system_.find(name);
        };
        set_by_name(system_.query, "Query");
        set_by_name(system_.mutation, "Mutation");
        set_by_name(system_.subscription, "Subscription");
    }

    void set_root(const language::RootOperation& root) {
        const NamedType*& slot = root.type == language::OperationType::query ? system_.query
                                 : root.type == language::OperationType::mutation
                                     ? system_.mutation
                                     : system_.subscription;
        if (slot != nullptr) problem("The schema names a root type twice.");
        slot = named(root.type_name.text, "The schema");
    }

    const Type* non_null(const NamedType* type) {
        return &system_.uses.emplace_back(Type{Type::Wrap::non_null, type->use, type});
    }

    // Spec 4.1 and 4.3: fields that need no mention in the SDL.
    void define_meta_fields() {
        Field& type_name = system_.typename_field;
        type_name.name = "__typename";
        type_name.coordinate = "__typename";
        type_name.type = non_null(system_.find("String"));

        Field& schema = system_.schema_field;
        schema.name = "__schema";
        schema.parent = system_.query;
        schema.coordinate = "Query.__schema";
        schema.type = non_null(system_.find("__Schema"));

        Field& type = system_.type_field;
        type.name = "__type";
        type.parent = system_.query;
        type.coordinate = "Query.__type";
        type.type = system_.find("__Type")->use;
        InputValue name;
        name.name = "name";
        name.type = non_null(system_.find("String"));
        type.arguments.push_back(std::move(name));
    }

    TypeSystem& system_;
    Problems& problems_;
};

}  // namespace

void define_types(TypeSystem& system, Problems& problems) { Definer(system, problems).run(); }

}  // namespace latchkey::graphql::types
