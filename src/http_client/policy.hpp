#pragma once

// What a call to another machine may do.

#include <chrono>
#include <string>

#include "http_client/addresses.hpp"

namespace latchkey::http_client {

struct Policy {
    AddressPolicy addresses = AddressPolicy::public_only;
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds total_timeout{10'000};
    std::string ca_file = {};  // empty: the system's certificates
};

}  // namespace latchkey::http_client
