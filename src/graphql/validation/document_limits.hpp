#pragma once

// The limits on a document's shape, checked before any rule runs.

#include <optional>

#include "graphql/language/ast.hpp"
#include "graphql/limits.hpp"
#include "graphql/request_error.hpp"

namespace latchkey::graphql::validation {

/// The limit that `document` passes, if any. Linear: fragments are measured once each, however
/// often they are spread. Cycles of fragments count as if they ended (NoFragmentCycles refuses).
[[nodiscard]] std::optional<RequestError> check_limits(const language::Document& document,
                                                       const Limits& limits);

}  // namespace latchkey::graphql::validation
