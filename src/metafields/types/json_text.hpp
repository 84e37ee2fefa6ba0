#pragma once

// JSON that stays text: what partners store must come back digit for digit, so numbers are never
// read into a double on the way.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"

namespace latchkey::metafields {

/// Absent when `text` is not one complete JSON document within our depth.
[[nodiscard]] std::optional<json::Value> parse_json(std::string_view text);

/// The setting of a rule, which is enforced on many values: each thread keeps those that it parsed
/// last. Null when it is not JSON; valid until the next call on this thread.
[[nodiscard]] const json::Value* parse_setting(std::string_view setting);

/// `document`, which is valid JSON, without the space between its tokens.
[[nodiscard]] std::string minify(std::string_view document);

/// The texts of the items of a minified JSON array; absent when it is no array.
[[nodiscard]] std::optional<std::vector<std::string_view>> split_array(std::string_view array);

/// The texts of the values of a minified JSON object, in order.
[[nodiscard]] std::vector<std::string_view> split_members(std::string_view object);

}  // namespace latchkey::metafields
