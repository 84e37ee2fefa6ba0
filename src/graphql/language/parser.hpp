#pragma once

// From text to Document (spec 2, 3 and appendix C). Recursive descent, bounded: brackets inside
// brackets deeper than the limit are an error, so no input can exhaust the stack.

#include <cstddef>
#include <expected>
#include <memory>
#include <string>

#include "graphql/language/ast.hpp"
#include "graphql/request_error.hpp"

namespace latchkey::graphql::language {

struct ParseLimits {
    std::size_t max_tokens = 4'000;
    std::size_t max_nesting = 64;
};

/// Both executable and type system definitions are understood. `text` need not be valid UTF-8.
/// The error's rule is "Syntax" or the name of the limit.
[[nodiscard]] std::expected<std::unique_ptr<const Document>, RequestError> parse(
    std::string text, ParseLimits limits = {});

}  // namespace latchkey::graphql::language
