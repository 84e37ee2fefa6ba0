#include "graphql/types/literal_coercion.hpp"

#include <algorithm>
#include <charconv>

#include "graphql/types/leaf_coercion.hpp"

namespace latchkey::graphql::types {
namespace {

using language::ValueKind;

json::Value untyped_number(std::string_view digits, ValueKind kind) {
    if (kind == ValueKind::integer) {
        std::int64_t number = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (read.ec == std::errc{}) return json::Value(json::Value::Data(number));
    }
    const auto number = parse_double(digits);
    return number ? json::Value(json::Value::Data(*number)) : json::Value();
}

std::optional<json::Value> coerce_list(const Type& type, const language::Value& literal,
                                       const VariableValues* variables) {
    const Type& item_type = *type.inner;
    json::Array items;
    // Spec 3.11: one value stands for a list of one.
    if (literal.kind != ValueKind::list) {
        auto item = coerce_literal(item_type, literal, variables);
        if (!item) return std::nullopt;
        items.push_back(*std::move(item));
        return json::Value(json::Value::Data(std::move(items)));
    }
    items.reserve(literal.items.size());
    for (const language::Value& item_literal : literal.items) {
        auto item = coerce_literal(item_type, item_literal, variables);
        if (!item) {
            // A variable that was not given is null inside a list.
            const bool is_missing = item_literal.kind == ValueKind::variable;
            if (!is_missing || item_type.is_non_null()) return std::nullopt;
            item = json::Value();
        }
        items.push_back(*std::move(item));
    }
    return json::Value(json::Value::Data(std::move(items)));
}

bool is_missing_variable(const language::Value& literal, const VariableValues* variables) {
    return literal.kind == ValueKind::variable &&
           (variables == nullptr || variables->find(literal.text) == nullptr);
}

std::optional<json::Value> coerce_object(const NamedType& type, const language::Value& literal,
                                         const VariableValues* variables) {
    if (literal.kind != ValueKind::object) return std::nullopt;
    json::Object members;
    for (const InputValue& field : type.input_fields) {
        const auto given = std::ranges::find(
            literal.fields, field.name, [](const auto& argument) { return argument.name.text; });
        if (given == literal.fields.end() || is_missing_variable(given->value, variables)) {
            if (field.default_value) {
                members.emplace_back(field.name, *field.default_value);
            } else if (field.type->is_non_null()) {
                return std::nullopt;
            }
            continue;
        }
        auto value = coerce_literal(*field.type, given->value, variables);
        if (!value) return std::nullopt;
        members.emplace_back(field.name, *std::move(value));
    }
    // Spec 3.10.1: a OneOf object has exactly one member, and not null.
    if (type.is_one_of && (members.size() != 1 || members.front().second.is_null())) {
        return std::nullopt;
    }
    return json::Value(json::Value::Data(std::move(members)));
}

}  // namespace

const json::Value* VariableValues::find(std::string_view name) const noexcept {
    const auto found = std::ranges::lower_bound(sorted_, name, {}, &Variable::name);
    if (found == sorted_.end() || found->name != name || !found->value) return nullptr;
    return &*found->value;
}

bool has_variable(const language::Value& literal) noexcept {
    switch (literal.kind) {
        case ValueKind::variable: return true;
        case ValueKind::list: return std::ranges::any_of(literal.items, has_variable);
        case ValueKind::object:
            return std::ranges::any_of(literal.fields,
                                       [](const auto& field) { return has_variable(field.value); });
        default: return false;
    }
}

std::optional<json::Value> coerce_literal(const Type& type, const language::Value& literal,
                                          const VariableValues* variables) {
    if (literal.kind == ValueKind::variable) {
        // Its own type was checked by VariablesInAllowedPosition and by its coercion.
        const json::Value* value = variables == nullptr ? nullptr : variables->find(literal.text);
        if (value == nullptr || (value->is_null() && type.is_non_null())) return std::nullopt;
        return *value;
    }
    if (type.is_non_null()) {
        if (literal.kind == ValueKind::null) return std::nullopt;
        return coerce_literal(*type.inner, literal, variables);
    }
    if (literal.kind == ValueKind::null) return json::Value();
    if (type.is_list()) return coerce_list(type, literal, variables);
    if (type.named->kind == TypeKind::input) return coerce_object(*type.named, literal, variables);
    if (type.named->built_in == BuiltInScalar::none && type.named->kind == TypeKind::scalar) {
        auto parsed = type.named->scalar.parse(untyped_literal(literal, variables));
        if (!parsed) return std::nullopt;
        return *std::move(parsed);
    }
    auto coerced = coerce_leaf_literal(*type.named, literal);
    if (!coerced) return std::nullopt;
    return *std::move(coerced);
}

json::Value untyped_literal(const language::Value& literal, const VariableValues* variables) {
    switch (literal.kind) {
        case ValueKind::null: return {};
        case ValueKind::boolean: return json::Value(json::Value::Data(literal.text == "true"));
        case ValueKind::string:
        case ValueKind::enumerator:
            return json::Value(json::Value::Data(std::string(literal.text)));
        case ValueKind::integer:
        case ValueKind::floating: return untyped_number(literal.text, literal.kind);
        case ValueKind::variable: {
            const json::Value* value =
                variables == nullptr ? nullptr : variables->find(literal.text);
            return value == nullptr ? json::Value() : *value;
        }
        case ValueKind::list: {
            json::Array items;
            for (const auto& item : literal.items) {
                items.push_back(untyped_literal(item, variables));
            }
            return json::Value(json::Value::Data(std::move(items)));
        }
        case ValueKind::object: {
            json::Object members;
            for (const auto& field : literal.fields) {
                members.emplace_back(field.name.text, untyped_literal(field.value, variables));
            }
            return json::Value(json::Value::Data(std::move(members)));
        }
    }
    return {};
}

}  // namespace latchkey::graphql::types
