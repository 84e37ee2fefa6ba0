#include "graphql/types/leaf_coercion.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "graphql/types/literal_coercion.hpp"

namespace latchkey::graphql::types {
namespace {

using language::ValueKind;

constexpr std::int64_t int_min = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t int_max = std::numeric_limits<std::int32_t>::max();

json::Value of(json::Value::Data data) { return json::Value(std::move(data)); }

std::unexpected<std::string> refuse(const NamedType& type, std::string_view why) {
    return std::unexpected(std::string(type.name) + " cannot represent " + std::string(why) + ".");
}

std::string_view kind_of(const json::Value& value) {
    if (value.is_null()) return "null";
    if (value.boolean() != nullptr) return "a boolean";
    if (value.string() != nullptr) return "a string";
    if (value.array() != nullptr) return "a list";
    if (value.object() != nullptr) return "an object";
    return value.integer() != nullptr ? "an integer" : "a fractional number";
}

std::string_view kind_of(const language::Value& literal) {
    switch (literal.kind) {
        case ValueKind::variable: return "a variable";
        case ValueKind::integer: return "an integer";
        case ValueKind::floating: return "a fractional number";
        case ValueKind::string: return "a string";
        case ValueKind::boolean: return "a boolean";
        case ValueKind::null: return "null";
        case ValueKind::enumerator: return "an enum value";
        case ValueKind::list: return "a list";
        case ValueKind::object: return "an object";
    }
    return "a value";
}

Coerced int_of(const NamedType& type, std::int64_t number) {
    if (number < int_min || number > int_max) return refuse(type, "an integer beyond 32 bits");
    return of(number);
}

Coerced enum_of(const NamedType& type, const std::string& name) {
    if (type.value(name) != nullptr) return of(name);
    return std::unexpected("The value does not exist in enum \"" + std::string(type.name) + "\".");
}

Coerced custom_scalar(const NamedType& type, const json::Value& value) {
    auto parsed = type.scalar.parse(value);
    if (!parsed) return std::unexpected(std::string(parsed.error().public_text.view()));
    return *std::move(parsed);
}

// Spec 3.5.1: a number without a fraction is an Int however JSON writes it.
Coerced coerce_int(const NamedType& type, const json::Value& value) {
    if (const auto* integer = value.integer()) return int_of(type, *integer);
    const double* number = value.number();
    if (number == nullptr || std::trunc(*number) != *number) return refuse(type, kind_of(value));
    if (std::abs(*number) > 1e15) return refuse(type, "an integer beyond 32 bits");
    return int_of(type, static_cast<std::int64_t>(*number));
}

}  // namespace

std::optional<double> parse_double(std::string_view digits) {
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc::result_out_of_range) {
        // Too small for a double is zero; too large is an error.
        if (digits.find("e-") != std::string_view::npos) return 0.0;
        if (digits.find("E-") != std::string_view::npos) return 0.0;
        return std::nullopt;
    }
    return number;
}

Coerced coerce_leaf(const NamedType& type, const json::Value& value) {
    if (type.kind == TypeKind::enumeration) {
        if (value.string() == nullptr) return refuse(type, kind_of(value));
        return enum_of(type, *value.string());
    }
    switch (type.built_in) {
        case BuiltInScalar::none: return custom_scalar(type, value);
        case BuiltInScalar::int_: return coerce_int(type, value);
        case BuiltInScalar::float_:
            if (value.number() != nullptr) return value;
            if (value.integer() == nullptr) break;
            return of(static_cast<double>(*value.integer()));
        case BuiltInScalar::string:
            if (value.string() == nullptr) break;
            return value;
        case BuiltInScalar::boolean:
            if (value.boolean() == nullptr) break;
            return value;
        case BuiltInScalar::id:
            if (value.string() != nullptr) return value;
            if (value.integer() == nullptr) break;
            return of(std::to_string(*value.integer()));
    }
    return refuse(type, kind_of(value));
}

Coerced coerce_leaf_literal(const NamedType& type, const language::Value& literal) {
    if (type.kind == TypeKind::enumeration) {
        if (literal.kind != ValueKind::enumerator) return refuse(type, kind_of(literal));
        return enum_of(type, std::string(literal.text));
    }
    const bool is_integer = literal.kind == ValueKind::integer;
    switch (type.built_in) {
        case BuiltInScalar::none: return custom_scalar(type, untyped_literal(literal, nullptr));
        case BuiltInScalar::int_: {
            if (!is_integer) break;
            std::int64_t number = 0;
            const auto& digits = literal.text;
            const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
            if (read.ec != std::errc{}) return refuse(type, "an integer beyond 32 bits");
            return int_of(type, number);
        }
        case BuiltInScalar::float_: {
            if (!is_integer && literal.kind != ValueKind::floating) break;
            const auto number = parse_double(literal.text);
            if (!number) return refuse(type, "a number that large");
            return of(*number);
        }
        case BuiltInScalar::string:
            if (literal.kind != ValueKind::string) break;
            return of(std::string(literal.text));
        case BuiltInScalar::boolean:
            if (literal.kind != ValueKind::boolean) break;
            return of(literal.text == "true");
        case BuiltInScalar::id:
            if (!is_integer && literal.kind != ValueKind::string) break;
            return of(std::string(literal.text));
    }
    return refuse(type, kind_of(literal));
}

}  // namespace latchkey::graphql::types
