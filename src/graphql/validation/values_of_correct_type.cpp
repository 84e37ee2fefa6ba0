#include "graphql/types/leaf_coercion.hpp"
#include "graphql/types/literal_coercion.hpp"
#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {

namespace {

using language::Value;
using language::ValueKind;
using types::NamedType;
using types::Type;

class ValueChecker {
public:
    explicit ValueChecker(Report& report) : report_(report) {}

    // The depth is bounded by the parser's limit on nesting.
    void check(const Value& value, const Type* expected) {
        if (expected == nullptr || report_.is_full()) return;
        switch (value.kind) {
            case ValueKind::variable: return;
            case ValueKind::null:
                if (expected->is_non_null()) mismatch(value, *expected);
                return;
            case ValueKind::list: {
                const Type& list = *expected->nullable();
                if (!list.is_list()) return leaf(value, *expected);
                for (const Value& item : value.items) check(item, list.inner);
                return;
            }
            case ValueKind::object:
                if (expected->named->kind != types::TypeKind::input) return leaf(value, *expected);
                return object(value, *expected->named);
            default: leaf(value, *expected);
        }
    }

private:
    void mismatch(const Value& value, const Type& expected) {
        report_.add(
            "Expected value of type " + in_quotes(types::to_string(expected)) + ", found another.",
            {value.at});
    }

    void leaf(const Value& value, const Type& expected) {
        const NamedType& type = *expected.named;
        if (!type.is_leaf()) return mismatch(value, expected);
        // Inside a custom scalar nobody knows a variable's type before it has a value.
        if (types::has_variable(value)) return;
        const auto coerced = types::coerce_leaf_literal(type, value);
        if (!coerced) report_.add(coerced.error(), {value.at});
    }

    // Spec 5.6.2 and 5.6.4.
    void object(const Value& value, const NamedType& type) {
        std::unordered_map<std::string_view, const Value*> given;
        for (const auto& field : value.fields) given[field.name.text] = &field.value;
        for (const types::InputValue& wanted : type.input_fields) {
            if (!wanted.is_required() || given.contains(wanted.name)) continue;
            report_.add("Field \"" + std::string(type.name) + "." + std::string(wanted.name) +
                            "\" of required type " + in_quotes(types::to_string(*wanted.type)) +
                            " was not provided.",
                        {value.at});
        }
        if (type.is_one_of) one_of(value, type, given);
        for (const auto& field : value.fields) {
            const types::InputValue* definition = type.input_field(field.name.text);
            if (definition == nullptr) {
                report_.add("Field " + in_quotes(field.name.text) + " is not defined by type " +
                                in_quotes(type.name) + ".",
                            {field.name.at});
            } else {
                check(field.value, definition->type);
            }
        }
    }

    // Spec 3.10.1.
    void one_of(const Value& value, const NamedType& type,
                const std::unordered_map<std::string_view, const Value*>& given) {
        if (given.size() != 1) {
            report_.add(
                "OneOf Input Object " + in_quotes(type.name) + " must specify exactly one key.",
                {value.at});
        } else if (given.begin()->second->kind == ValueKind::null) {
            report_.add("Field \"" + std::string(type.name) + "." +
                            std::string(given.begin()->first) + "\" must be non-null.",
                        {value.at});
        }
    }

    Report& report_;
};

}  // namespace

// Spec 5.6.1: literals are of the type that their place expects.
void values_of_correct_type(const Facts& facts, Report& report) {
    ValueChecker checker(report);
    for (const ValueUse& use : facts.values) checker.check(*use.value, use.expected);
}

}  // namespace latchkey::graphql::validation
