// "Type Validation" of spec section 3: a schema that passes can be executed without surprises.

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "graphql/types/build.hpp"

namespace latchkey::graphql::types {
namespace {

class Checker {
public:
    Checker(const TypeSystem& system, Problems& problems) : system_(system), problems_(problems) {}

    void run() {
        check_roots();
        for (const Directive& directive : system_.directives) {
            const std::string where = "@" + std::string(directive.name);
            check_name(directive.name, where);
            if (directive.locations == 0) problem(where + " has no location.");
            for (const InputValue& argument : directive.arguments) check_input(argument, where);
        }
        for (const NamedType& type : system_.types) {
            if (!type.is_introspection) check_type(type);
        }
    }

private:
    void problem(std::string text) { problems_.push_back(std::move(text)); }

    void check_name(std::string_view name, const std::string& where) {
        if (name.starts_with("__")) problem(where + ": a name must not begin with \"__\".");
    }

    // Spec 3.3.1.
    void check_roots() {
        if (system_.query == nullptr) {
            problem("The schema has no query type.");
            return;
        }
        std::unordered_set<const NamedType*> seen;
        for (const NamedType* root : {system_.query, system_.mutation, system_.subscription}) {
            if (root == nullptr) continue;
            if (root->kind != TypeKind::object) {
                problem("Root type " + std::string(root->name) + " is not an object type.");
            }
            if (!seen.insert(root).second) {
                problem("Root type " + std::string(root->name) + " serves two operations.");
            }
        }
    }

    void check_type(const NamedType& type) {
        const std::string where(type.name);
        switch (type.kind) {
            case TypeKind::scalar: return;
            case TypeKind::object:
            case TypeKind::interface:
                check_fields(type);
                for (const NamedType* declared : type.interfaces) check_implements(type, *declared);
                return;
            case TypeKind::union_: check_members(type); return;
            case TypeKind::enumeration:
                if (type.values.empty()) problem("Enum " + where + " has no values.");
                for (const EnumValue& value : type.values) {
                    check_name(value.name, where + "." + std::string(value.name));
                }
                return;
            case TypeKind::input:
                if (type.input_fields.empty()) problem("Input " + where + " has no fields.");
                for (const InputValue& field : type.input_fields) {
                    check_input(field, where);
                    check_one_of(type, field);
                }
                check_cycle(type);
                return;
        }
    }

    void check_fields(const NamedType& type) {
        if (type.fields.empty()) problem("Type " + std::string(type.name) + " has no fields.");
        for (const Field& field : type.fields) {
            check_name(field.name, field.coordinate);
            if (!field.type->named->is_output()) {
                problem(field.coordinate + " has an input type.");
            }
            std::unordered_set<std::string_view> seen;
            for (const InputValue& argument : field.arguments) {
                check_input(argument, field.coordinate);
                if (seen.insert(argument.name).second) continue;
                problem(field.coordinate + "." + std::string(argument.name) + " is defined twice.");
            }
        }
    }

    void check_input(const InputValue& value, const std::string& where) {
        const std::string coordinate = where + "." + std::string(value.name);
        check_name(value.name, coordinate);
        if (!value.type->named->is_input()) problem(coordinate + " has an output type.");
    }

    // Spec 3.10, step 2.5: OneOf members are nullable and have no default.
    void check_one_of(const NamedType& type, const InputValue& field) {
        if (!type.is_one_of) return;
        const std::string coordinate = std::string(type.name) + "." + std::string(field.name);
        if (field.type->is_non_null()) problem(coordinate + " of a OneOf must be nullable.");
        if (field.default_literal != nullptr) {
            problem(coordinate + " of a OneOf must not have a default.");
        }
    }

    void check_members(const NamedType& type) {
        if (type.possible.empty()) problem("Union " + std::string(type.name) + " has no members.");
        std::unordered_set<const NamedType*> seen;
        for (const NamedType* member : type.possible) {
            const std::string who = std::string(type.name) + ": " + std::string(member->name);
            if (member->kind != TypeKind::object) problem(who + " is not an object type.");
            if (!seen.insert(member).second) problem(who + " is named twice.");
        }
    }

    // Spec 3.6.2 IsValidImplementation.
    void check_implements(const NamedType& type, const NamedType& declared) {
        const std::string who =
            std::string(type.name) + " implements " + std::string(declared.name);
        if (declared.kind != TypeKind::interface) {
            problem(who + ", which is not an interface.");
            return;
        }
        if (&type == &declared) problem(who + ": itself.");
        if (std::ranges::count(type.interfaces, &declared) > 1) problem(who + " twice.");
        for (const NamedType* inherited : declared.interfaces) {
            if (std::ranges::find(type.interfaces, inherited) == type.interfaces.end()) {
                problem(who + ", so it must name " + std::string(inherited->name) + " as well.");
            }
        }
        for (const Field& wanted : declared.fields) {
            const Field* given = type.field(wanted.name);
            if (given == nullptr) {
                problem(who + " but lacks the field " + std::string(wanted.name) + ".");
            } else {
                check_field_implements(*given, wanted);
            }
        }
    }

    void check_field_implements(const Field& given, const Field& wanted) {
        if (!TypeSystem::is_subtype(*given.type, *wanted.type)) {
            problem(given.coordinate + " is " + to_string(*given.type) + ", but " +
                    wanted.coordinate + " is " + to_string(*wanted.type) + ".");
        }
        if (given.deprecation_reason && !wanted.deprecation_reason) {
            problem(given.coordinate + " is deprecated, but " + wanted.coordinate + " is not.");
        }
        for (const InputValue& argument : wanted.arguments) {
            const InputValue* own = given.argument(argument.name);
            if (own == nullptr || !same_type(*own->type, *argument.type)) {
                problem(given.coordinate + " lacks the argument " + std::string(argument.name) +
                        ": " + to_string(*argument.type) + " of " + wanted.coordinate + ".");
            }
        }
        for (const InputValue& argument : given.arguments) {
            if (wanted.argument(argument.name) == nullptr && argument.is_required()) {
                problem(given.coordinate + " requires the argument " + std::string(argument.name) +
                        ", which " + wanted.coordinate + " lacks.");
            }
        }
    }

    // Spec 3.10: no object may need itself through fields that are all required.
    void check_cycle(const NamedType& start) {
        std::unordered_set<const NamedType*> seen;
        std::vector<const NamedType*> waiting{&start};
        while (!waiting.empty()) {
            const NamedType* type = waiting.back();
            waiting.pop_back();
            for (const InputValue& field : type->input_fields) {
                const bool needs = field.type->is_non_null() &&
                                   field.type->inner->wrap == Type::Wrap::none &&
                                   field.type->named->kind == TypeKind::input;
                if (!needs) continue;
                if (field.type->named == &start) {
                    problem("Input " + std::string(start.name) + " cannot be given: it needs " +
                            "itself.");
                    return;
                }
                if (seen.insert(field.type->named).second) waiting.push_back(field.type->named);
            }
        }
    }

    const TypeSystem& system_;
    Problems& problems_;
};

}  // namespace

void check_types(const TypeSystem& system, Problems& problems) { Checker(system, problems).run(); }

}  // namespace latchkey::graphql::types
