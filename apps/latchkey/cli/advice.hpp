#pragma once

// What an operator can do about an error, for the terminal.

#include <string_view>

#include "base/error.hpp"

namespace latchkey::cli {

/// A sentence; empty when the error's own text says enough.
[[nodiscard]] std::string_view advice_for(ErrorCode code) noexcept;

}  // namespace latchkey::cli
