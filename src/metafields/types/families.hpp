#pragma once

// The families of types, one file each. A new family is a file, a line here and one in type.cpp.

#include <span>

#include "metafields/types/type.hpp"

namespace latchkey::metafields {

[[nodiscard]] std::span<const ScalarType> boolean_types() noexcept;
[[nodiscard]] std::span<const ScalarType> color_types() noexcept;
[[nodiscard]] std::span<const ScalarType> date_types() noexcept;
[[nodiscard]] std::span<const ScalarType> json_types() noexcept;
[[nodiscard]] std::span<const ScalarType> measurement_types() noexcept;
[[nodiscard]] std::span<const ScalarType> money_types() noexcept;
[[nodiscard]] std::span<const ScalarType> number_types() noexcept;
[[nodiscard]] std::span<const ScalarType> rating_types() noexcept;
[[nodiscard]] std::span<const ScalarType> reference_types() noexcept;
[[nodiscard]] std::span<const ScalarType> rich_text_types() noexcept;
[[nodiscard]] std::span<const ScalarType> text_types() noexcept;
[[nodiscard]] std::span<const ScalarType> url_types() noexcept;

}  // namespace latchkey::metafields
