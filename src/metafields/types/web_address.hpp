#pragma once

// Addresses that metafields of type url and link may hold.

#include <optional>
#include <string>
#include <string_view>

namespace latchkey::metafields {

/// A sentence when `url` is not an absolute https, http, mailto, sms or tel address in the ASCII
/// form of RFC 3986.
[[nodiscard]] std::optional<std::string> find_address_fault(std::string_view url);

/// The host of an http or https address that has no fault, without port; empty for the others.
[[nodiscard]] std::string_view host_of(std::string_view url) noexcept;

}  // namespace latchkey::metafields
