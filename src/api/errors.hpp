#pragma once

// How errors of the domain look in GraphQL: `extensions.code` of an error in the answer.

#include <string_view>

#include "base/error.hpp"

namespace latchkey::api {

/// "UNAUTHORIZED", "BAD_USER_INPUT", …: for graphql::EngineOptions::error_code.
[[nodiscard]] std::string_view graphql_error_code(ErrorCode code) noexcept;

}  // namespace latchkey::api
