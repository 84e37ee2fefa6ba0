#pragma once

// Listening sockets: one per loop on the same port, between which the kernel spreads connections.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "net/descriptor.hpp"

namespace latchkey::net {

struct Listeners {
    std::vector<Descriptor> sockets;
    std::uint16_t port = 0;
};

struct ListenAddress {
    std::string host;        // a numeric address or a name
    std::uint16_t port = 0;  // 0: any free one
};

/// Errors: address_in_use, no_permission, invalid_argument (host), unavailable.
[[nodiscard]] Result<Listeners> listen_on(const ListenAddress& address, unsigned count);

}  // namespace latchkey::net
