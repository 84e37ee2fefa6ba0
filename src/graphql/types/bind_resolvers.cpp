// Resolvers meet fields. Both directions are checked: nothing bound to nowhere, nothing unbound.

#include <algorithm>

#include "graphql/types/build.hpp"

namespace latchkey::graphql::types {
namespace {

class Binder {
public:
    Binder(TypeSystem& system, const Resolvers& resolvers, Problems& problems)
        : system_(system), resolvers_(resolvers), problems_(problems) {}

    void run() {
        for (const auto& [name, binding] : resolvers_.bindings()) bind(name, binding);
        for (const auto& [name, functions] : resolvers_.scalars()) bind(name, functions);
        for (const auto& [name, by_tag] : resolvers_.type_resolvers()) bind(name, by_tag);
        for (NamedType& type : system_.types) check(type);
        for (const NamedType& type : system_.types) {
            for (const Field& field : type.fields) check_result(field);
        }
    }

private:
    void problem(std::string text) { problems_.push_back(std::move(text)); }

    NamedType* find(std::string_view name, std::string_view what) {
        const auto found = system_.type_index.find(name);
        if (found != system_.type_index.end()) return found->second;
        problem(std::string(what) + " for the unknown type \"" + std::string(name) + "\".");
        return nullptr;
    }

    void bind(const std::string& name, const Resolvers::Binding& binding) {
        NamedType* type = find(name, "Resolvers");
        if (type == nullptr) return;
        if (type->kind != TypeKind::object) {
            problem("Resolvers for " + name + ", which is not an object type.");
            return;
        }
        type->tag = binding.tag;
        for (const auto& [field_name, resolve] : binding.fields) {
            const auto field = std::ranges::find(type->fields, field_name, &Field::name);
            if (field == type->fields.end()) {
                problem("A resolver for the unknown field \"" + name + "." + field_name + "\".");
            } else {
                field->resolve = resolve;
            }
        }
    }

    void bind(const std::string& name, const ScalarFunctions& functions) {
        NamedType* type = find(name, "Scalar functions");
        if (type == nullptr) return;
        if (type->kind != TypeKind::scalar || type->built_in != BuiltInScalar::none) {
            problem("Scalar functions for " + name + ", which is not a custom scalar.");
            return;
        }
        type->scalar = functions;
    }

    void bind(const std::string& name, const std::map<TypeTag, TypeResolver>& by_tag) {
        NamedType* type = find(name, "A type resolver");
        if (type == nullptr) return;
        if (!type->is_abstract()) {
            problem("A type resolver for " + name + ", which is no interface or union.");
            return;
        }
        type->type_resolvers.insert(by_tag.begin(), by_tag.end());
    }

    void check(NamedType& type) {
        if (type.kind == TypeKind::object) {
            for (const Field& field : type.fields) {
                if (!field.resolve) problem(field.coordinate + " has no resolver.");
            }
        } else if (type.kind == TypeKind::scalar && type.built_in == BuiltInScalar::none) {
            if (!type.scalar.parse || !type.scalar.serialise) {
                problem("Scalar " + std::string(type.name) + " has no functions.");
            }
        }
    }

    // Only an abstract type that some field returns has to tell its objects apart.
    void check_result(const Field& field) {
        NamedType& type = *system_.type_index.at(field.type->named->name);
        if (!type.is_abstract() || !type.by_tag.empty()) return;
        for (const NamedType* object : type.possible) {
            if (object->tag == nullptr || type.type_resolvers.contains(object->tag)) continue;
            if (type.by_tag.emplace(object->tag, object).second) continue;
            problem(std::string(type.name) +
                    " needs a type resolver: " + std::string(object->name) + " and " +
                    std::string(type.by_tag.at(object->tag)->name) + " share one C++ type.");
        }
    }

    TypeSystem& system_;
    const Resolvers& resolvers_;
    Problems& problems_;
};

}  // namespace

void bind_resolvers(TypeSystem& system, const Resolvers& resolvers, Problems& problems) {
    Binder(system, resolvers, problems).run();
}

}  // namespace latchkey::graphql::types
