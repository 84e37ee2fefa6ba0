#pragma once

// The hosts of origins, as browsers send them: one spelling each, so that they compare as bytes.

#include <string_view>

namespace latchkey {

/// RFC 1035 2.3.4, in text form.
inline constexpr std::size_t max_host_size = 253;
inline constexpr std::size_t max_label_size = 63;

/// Whether it is a domain name (RFC 1123 2.1: labels of letters, digits and inner hyphens) in small
/// letters and without a dot at its end, an IPv4 address, or an IPv6 address in brackets, each as a
/// browser spells it. A name that ends in a number is none (WHATWG URL, "ends in a number").
[[nodiscard]] bool is_host(std::string_view text) noexcept;

/// Whether it is a port as it stands in an origin: 1 to 65535, without leading zeros.
[[nodiscard]] bool is_port(std::string_view text) noexcept;

}  // namespace latchkey
