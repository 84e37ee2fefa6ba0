#pragma once

// One request to the Partners API: an authenticated app.

#include <string_view>

#include "delegation/services.hpp"
#include "model/records.hpp"

namespace latchkey::api::partners {

struct RequestContext {
    const delegation::Services& services;
    ClientRecord client;            // who is asking
    Timestamp now;                  // when the request came in
    std::string_view request_id;    // lives as long as the request
    std::string_view peer_address;  // the same
};

}  // namespace latchkey::api::partners
