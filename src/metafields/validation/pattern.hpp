#pragma once

// Regular expressions that partners wrote, by RE2: time linear in the text whatever the pattern,
// within a bound on the size of its program.

#include <optional>
#include <string>
#include <string_view>

namespace latchkey::metafields {

/// A sentence when the pattern is not one that can be used.
[[nodiscard]] std::optional<std::string> find_pattern_fault(std::string_view pattern);

/// Whether a usable pattern matches somewhere in the text. Each thread keeps the patterns that it
/// used last: compiling one costs as much as many matches.
[[nodiscard]] bool matches_pattern(std::string_view pattern, std::string_view text);

}  // namespace latchkey::metafields
