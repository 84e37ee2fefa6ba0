#pragma once

#include <string_view>

namespace latchkey::http_client {

/// The host of a URL, as logs may show it: without scheme, user, port, path and query, which can
/// hold secrets. Empty where there is none.
[[nodiscard]] std::string_view url_host(std::string_view url) noexcept;

}  // namespace latchkey::http_client
