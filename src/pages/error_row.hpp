#pragma once

// What an error is to the person and to the SDK.

#include <string_view>

#include "base/error.hpp"

namespace latchkey::pages {

/// Status, what the person reads, and what the SDK's onError gets as code.
struct ErrorRow {
    int status;
    std::string_view text_key;  // of the catalogue: "error.link"
    std::string_view sdk_code;  // of docs/sdk.md
};
[[nodiscard]] ErrorRow error_row(ErrorCode code) noexcept;

}  // namespace latchkey::pages
