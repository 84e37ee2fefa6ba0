#pragma once

// A parsed JSON document as a small tree: request bodies, GraphQL variables, JWT claims.
// Parsing is simdjson's; this is only what the rest of the program holds.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace latchkey::json {

class Value;
using Array = std::vector<Value>;
/// Members in the order of the document. Names are unique: a duplicate is refused when parsing.
using Object = std::vector<std::pair<std::string, Value>>;

class Value {
public:
    using Data =
        std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object>;

    Value() = default;
    explicit Value(Data data) : data_(std::move(data)) {}

    [[nodiscard]] const Data& data() const noexcept { return data_; }
    [[nodiscard]] bool is_null() const noexcept {
        return std::holds_alternative<std::nullptr_t>(data_);
    }
    /// Null pointers when the value is of another type.
    [[nodiscard]] const bool* boolean() const noexcept { return std::get_if<bool>(&data_); }
    [[nodiscard]] const std::int64_t* integer() const noexcept {
        return std::get_if<std::int64_t>(&data_);
    }
    [[nodiscard]] const double* number() const noexcept { return std::get_if<double>(&data_); }
    [[nodiscard]] const std::string* string() const noexcept {
        return std::get_if<std::string>(&data_);
    }
    [[nodiscard]] const Array* array() const noexcept { return std::get_if<Array>(&data_); }
    [[nodiscard]] const Object* object() const noexcept { return std::get_if<Object>(&data_); }

    /// A member of an object; null when this is no object or has no such member.
    [[nodiscard]] const Value* find(std::string_view name) const noexcept;
    /// The text of a member; null also when it is not a string.
    [[nodiscard]] const std::string* find_string(std::string_view name) const noexcept;

private:
    Data data_ = nullptr;
};

struct ParseLimits {
    std::size_t max_bytes = 1U << 20U;
    int max_depth = 64;
};

/// Parses one complete document, strict RFC 8259 in UTF-8. Integers within int64 stay integers.
/// Errors: malformed (syntax, duplicate member, bad UTF-8), too_large (a limit is passed).
[[nodiscard]] Result<Value> parse(std::string_view text, ParseLimits limits = {});

/// The canonical text of a value: no spaces, members in order.
void append_value(std::string& out, const Value& value);

}  // namespace latchkey::json
