#pragma once

// Where a call may go. Others choose the address of a webhook, so that without a rule it could be
// one of the operator's own machines (server-side request forgery).

#include <cstdint>

struct sockaddr;

namespace latchkey::http_client {

enum class AddressPolicy : std::uint8_t {
    public_only,  // globally reachable unicast
    any,          // for development, on one's own machine
};

/// Whether an IPv4 or IPv6 address is globally reachable unicast by the IANA registries of special
/// purpose addresses (RFC 6890 and its updates). IPv6 forms that hold an IPv4 address are not.
[[nodiscard]] bool is_public_address(const sockaddr& address) noexcept;

}  // namespace latchkey::http_client
