#pragma once

// A list of texts in one column, as netstrings: "7:abc def,0:,". Any byte may be in an item, an
// operator can read it, and a row with its lists is one read.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace latchkey::store {

[[nodiscard]] std::string pack_list(std::span<const std::string> items);
/// Absent unless `packed` is exactly what pack_list makes.
[[nodiscard]] std::optional<std::vector<std::string>> unpack_list(std::string_view packed);

}  // namespace latchkey::store
