#pragma once

// Looking for one of a few bytes: std::string_view::find_first_of calls memchr for each byte.

#include <cstddef>
#include <string_view>

namespace latchkey::graphql::language {

/// The first of `Stops` at or after `from`, which is within `text`; the text's size if none is.
template <char... Stops>
[[nodiscard]] constexpr std::size_t find_any(std::string_view text, std::size_t from) noexcept {
    while (from < text.size() && ((text[from] != Stops) && ...)) ++from;
    return from;
}

}  // namespace latchkey::graphql::language
