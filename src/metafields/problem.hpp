#pragma once

// What is wrong with an input, told to its sender: the GraphQL layer turns each into a userError.
// A message may quote limits and the app's own definition; it never quotes a person's value.

#include <expected>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace latchkey::metafields {

struct Problem {
    std::vector<std::string> field;  // path to the input, list indexes as text
    std::string message;
};
using Problems = std::vector<Problem>;

/// A value in its canonical form, or a sentence that says why it is not one.
using Checked = std::expected<std::string, std::string>;

[[nodiscard]] inline std::unexpected<std::string> refuse(std::string_view why) {
    return std::unexpected<std::string>(why);
}

}  // namespace latchkey::metafields
