#pragma once

// The types a metafield can have: those of the ecosystem's list. Values travel as strings; each
// type has one canonical form, which is what the store keeps and readers get.
// A family of types is one file; families.hpp lists them, and find_type looks them up.

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "metafields/problem.hpp"

namespace latchkey::metafields {

/// Enumerators as on the wire (MetafieldDefinitionType.category).
enum class Category : std::uint8_t {
    BOOLEAN,
    COLOR,
    DATE_TIME,
    ID,
    JSON,
    LINK,
    MEASUREMENT,
    MONEY,
    NUMBER,
    RATING,
    REFERENCE,
    TEXT,
    URL,
};
[[nodiscard]] std::string_view to_string(Category category) noexcept;

/// How a value stands inside a `list.` value, which is a JSON array.
enum class ListForm : std::uint8_t {
    none,    // the type has no list
    quoted,  // as a JSON string: ["2024-02-29"]
    bare,    // as it is: [1,2] or [{"value":1.0,"unit":"kg"}]
};

struct ScalarType {
    std::string_view name;
    Category category;
    ListForm list_form;
    std::size_t max_bytes;
    /// The canonical form of a value that is valid UTF-8, not blank and within max_bytes.
    Checked (*canonical)(std::string_view value);
    /// Order of two canonical values, for `min` and `max`; null when the type has none.
    std::strong_ordering (*order)(std::string_view a, std::string_view b);
    std::span<const std::string_view> validations;  // names of the rules that apply
};

enum class Shape : std::uint8_t { single, list };

struct Type {
    const ScalarType* scalar;
    Shape shape;

    /// "date", "list.date".
    [[nodiscard]] std::string name() const;
};

/// Absent when no such type exists.
[[nodiscard]] std::optional<Type> find_type(std::string_view name);
/// Every type's name in alphabetical order, for error texts and documentation.
[[nodiscard]] std::vector<std::string> list_type_names();

/// The canonical form of `value`, or what is wrong with it.
[[nodiscard]] Checked canonical_value(const Type& type, std::string_view value);

/// A canonical value as a JSON document: `42`, `{"value":1.0,"unit":"kg"}`, `"text"`. Decimals stay
/// strings, so that no reader rounds them.
[[nodiscard]] std::string json_form(const Type& type, std::string_view canonical);

}  // namespace latchkey::metafields
