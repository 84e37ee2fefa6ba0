#pragma once

// What a person recognises a browser by, out of what the browser says of itself.

#include <string>
#include <string_view>

#include "model/records.hpp"

namespace latchkey::people {

[[nodiscard]] BrowserLabel label_of_browser(std::string_view user_agent) noexcept;

/// Their makers' names, the same in every language; empty for an unknown one.
[[nodiscard]] std::string_view name_of(Browser browser) noexcept;
[[nodiscard]] std::string_view name_of(System system) noexcept;

/// "Firefox on Linux", for files; pages have it in the person's language. Empty if both are
/// unknown.
[[nodiscard]] std::string text_of(const BrowserLabel& label);

}  // namespace latchkey::people
