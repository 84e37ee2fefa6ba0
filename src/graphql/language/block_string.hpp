#pragma once

// The value of a block string (spec 2.9.4, BlockStringValue).

#include <string>
#include <string_view>

namespace latchkey::graphql::language {

/// Takes common indentation and blank first and last lines away. `raw` has its escapes replaced.
[[nodiscard]] std::string block_string_value(std::string_view raw);

}  // namespace latchkey::graphql::language
