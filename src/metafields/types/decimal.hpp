#pragma once

// Exact decimal numbers as text: no binary floating point, so that 0.1 stays 0.1.

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace latchkey::metafields {

/// Views into the text it was parsed from, without the zeros that carry nothing.
struct Decimal {
    bool negative = false;      // never of zero
    std::string_view whole;     // "" below one
    std::string_view fraction;  // "" for whole numbers

    [[nodiscard]] std::strong_ordering operator<=>(const Decimal& other) const noexcept;
    [[nodiscard]] bool operator==(const Decimal& other) const noexcept = default;
    /// With at least one digit on both sides of the point: "0.5", "-3.0".
    [[nodiscard]] std::string text() const;
};

/// An optional sign, digits, and optionally a point and digits. Absent for anything else,
/// exponents included.
[[nodiscard]] std::optional<Decimal> parse_decimal(std::string_view text) noexcept;

}  // namespace latchkey::metafields
