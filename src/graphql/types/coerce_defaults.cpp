// Default values of arguments and input fields, coerced once. A field's default may be an object
// whose own fields have defaults, so inner input types go first.

#include <unordered_set>

#include "graphql/types/build.hpp"
#include "graphql/types/literal_coercion.hpp"

namespace latchkey::graphql::types {
namespace {

class Coercer {
public:
    Coercer(TypeSystem& system, Problems& problems) : system_(system), problems_(problems) {}

    void run() {
        for (NamedType& type : system_.types) coerce_type(type);
        for (NamedType& type : system_.types) {
            for (Field& field : type.fields) {
                for (InputValue& argument : field.arguments) coerce(argument, field.coordinate);
            }
        }
        for (Directive& directive : system_.directives) {
            for (InputValue& argument : directive.arguments) {
                coerce(argument, "@" + std::string(directive.name));
            }
        }
    }

private:
    void coerce_type(NamedType& type) {
        if (done_.contains(&type)) return;
        const std::string where(type.name);
        // Spec 3.10 InputObjectDefaultValueHasCycle: only types that are needed for a default that
        // is an object are visited here, so meeting one again means that it needs itself.
        if (!under_way_.insert(&type).second) {
            problems_.push_back("Input " + where + " has a default value that needs itself.");
            return;
        }
        for (InputValue& field : type.input_fields) {
            if (field.default_literal != nullptr) coerce(field, where);
        }
        under_way_.erase(&type);
        done_.insert(&type);
    }

    void coerce(InputValue& value, const std::string& where) {
        if (value.default_literal == nullptr || value.default_value) return;
        if (needs_fields(*value.default_literal)) {
            coerce_type(*system_.type_index.at(value.type->named->name));
        }
        value.default_value = coerce_literal(*value.type, *value.default_literal, nullptr);
        if (value.default_value) return;
        problems_.push_back(where + "." + std::string(value.name) +
                            " has a default value that is not a " + to_string(*value.type) + ".");
    }

    static bool needs_fields(const language::Value& literal) {
        if (literal.kind == language::ValueKind::object) return true;
        for (const auto& item : literal.items) {
            if (needs_fields(item)) return true;
        }
        return false;
    }

    TypeSystem& system_;
    Problems& problems_;
    std::unordered_set<const NamedType*> under_way_;
    std::unordered_set<const NamedType*> done_;
};

}  // namespace

void coerce_defaults(TypeSystem& system, Problems& problems) { Coercer(system, problems).run(); }

}  // namespace latchkey::graphql::types
