#include "graphql/execution/leaf_output.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

#include "json/writer.hpp"

namespace latchkey::graphql::execution {
namespace {

using types::BuiltInScalar;

std::optional<std::string_view> text_of(const Value& value) {
    if (const auto* borrowed = std::get_if<std::string_view>(&value.data())) return *borrowed;
    if (const auto* owned = std::get_if<std::string>(&value.data())) return *owned;
    return std::nullopt;
}

// A whole number, also when it comes as a double.
std::optional<std::int64_t> integer_of(const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value.data())) return *integer;
    const auto* number = std::get_if<double>(&value.data());
    constexpr double largest_exact = 9007199254740992.0;
    if (number == nullptr || std::trunc(*number) != *number) return std::nullopt;
    if (std::abs(*number) > largest_exact) return std::nullopt;
    return static_cast<std::int64_t>(*number);
}

Failure mismatch(const types::NamedType& type) {
    return fail(ErrorCode::internal, "Internal error.",
                "a resolver's value is not a " + std::string(type.name));
}

Result<void> append_int(std::string& out, const types::NamedType& type, const Value& value) {
    const auto integer = integer_of(value);
    if (!integer || *integer < std::numeric_limits<std::int32_t>::min() ||
        *integer > std::numeric_limits<std::int32_t>::max()) {
        return mismatch(type);
    }
    json::append_number(out, *integer);
    return {};
}

Result<void> append_float(std::string& out, const types::NamedType& type, const Value& value) {
    if (const auto* integer = std::get_if<std::int64_t>(&value.data())) {
        json::append_number(out, *integer);
        return {};
    }
    const auto* number = std::get_if<double>(&value.data());
    if (number == nullptr || !std::isfinite(*number)) return mismatch(type);
    json::append_number(out, *number);
    return {};
}

Result<void> append_id(std::string& out, const types::NamedType& type, const Value& value) {
    if (const auto text = text_of(value)) {
        json::append_string(out, *text);
    } else if (const auto* integer = std::get_if<std::int64_t>(&value.data())) {
        json::append_string(out, std::to_string(*integer));
    } else {
        return mismatch(type);
    }
    return {};
}

}  // namespace

Result<void> append_leaf(std::string& out, const types::NamedType& type, const Value& value) {
    if (type.kind == types::TypeKind::enumeration) {
        const auto name = text_of(value);
        if (!name || type.value(*name) == nullptr) return mismatch(type);
        json::append_string(out, *name);
        return {};
    }
    switch (type.built_in) {
        case BuiltInScalar::none: return type.scalar.serialise(value, out);
        case BuiltInScalar::int_: return append_int(out, type, value);
        case BuiltInScalar::float_: return append_float(out, type, value);
        case BuiltInScalar::string: {
            const auto text = text_of(value);
            if (!text) return mismatch(type);
            json::append_string(out, *text);
            return {};
        }
        case BuiltInScalar::boolean: {
            const auto* flag = std::get_if<bool>(&value.data());
            if (flag == nullptr) return mismatch(type);
            out += *flag ? "true" : "false";
            return {};
        }
        case BuiltInScalar::id: return append_id(out, type, value);
    }
    return mismatch(type);
}

}  // namespace latchkey::graphql::execution
