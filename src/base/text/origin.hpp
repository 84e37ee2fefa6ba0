#pragma once

// The origins that browsers reach us at (RFC 6454): scheme, host and port, and nothing after.

#include <optional>
#include <string>
#include <string_view>

namespace latchkey {

/// What is wrong with `text` as the origin of our own pages, as the end of "it must be …". Absent:
/// it is one, "https://id.example.com" or, on the own machine, "http://localhost:8080", spelt as
/// browsers send it.
[[nodiscard]] std::optional<std::string_view> find_origin_fault(std::string_view text) noexcept;

/// The origin that browsers send for `text`: in small letters, without the scheme's own port and a
/// slash at its end. Absent: it is one already, or more is wrong with it.
[[nodiscard]] std::optional<std::string> respell_origin(std::string_view text);

/// "id.example.com:8443" of "https://id.example.com:8443".
[[nodiscard]] std::string_view authority_of(std::string_view origin) noexcept;
/// "id.example.com" of "https://id.example.com:8443"; "[::1]" keeps its brackets.
[[nodiscard]] std::string_view host_of(std::string_view origin) noexcept;

/// Whether a host, as host_of makes it, is an IP address.
[[nodiscard]] bool is_ip_address(std::string_view host) noexcept;

}  // namespace latchkey
