#pragma once

// "Did you mean …": names that differ from what was typed by a slip or two.

#include <span>
#include <string>
#include <string_view>

namespace latchkey::graphql::validation {

/// ` Did you mean "email" or "emailVerified"?`, the nearest first, at most five; empty when nothing
/// is near. Cheap: long names are not compared.
[[nodiscard]] std::string did_you_mean(std::string_view typed,
                                       std::span<const std::string_view> candidates);

}  // namespace latchkey::graphql::validation
