#pragma once

// From literals of a document to coerced values (spec 6.4.1 and 3.12).

#include <optional>
#include <string_view>
#include <vector>

#include "graphql/types/type_system.hpp"

namespace latchkey::graphql::types {

/// The coerced variables of one request, sorted by name.
class VariableValues {
public:
    struct Variable {
        std::string_view name;
        std::optional<json::Value> value;  // absent: not given, and no default
    };

    VariableValues() = default;
    explicit VariableValues(std::vector<Variable> sorted) : sorted_(std::move(sorted)) {}

    /// Null when it is not given.
    [[nodiscard]] const json::Value* find(std::string_view name) const noexcept;
    /// The same by its place in the order.
    [[nodiscard]] const json::Value* at(std::size_t index) const noexcept {
        const auto& value = sorted_[index].value;
        return value ? &*value : nullptr;
    }

private:
    std::vector<Variable> sorted_;
};

/// Whether the literal is, or holds, a variable.
[[nodiscard]] bool has_variable(const language::Value& literal) noexcept;

/// A valid literal as a value of input type `type`. Variables may be null where the literal has
/// none. Absent: the value is not acceptable after all (a null variable in a non-null place, a
/// custom scalar that refuses), or it is a variable that was not given.
[[nodiscard]] std::optional<json::Value> coerce_literal(const Type& type,
                                                        const language::Value& literal,
                                                        const VariableValues* variables);

/// The JSON that a literal looks like, for custom scalars: enum values become strings, a missing
/// variable null.
[[nodiscard]] json::Value untyped_literal(const language::Value& literal,
                                          const VariableValues* variables);

}  // namespace latchkey::graphql::types
