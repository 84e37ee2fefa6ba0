#pragma once

// One request to the Partners API: an authenticated app.

#include <optional>
#include <string_view>

#include "delegation/known_clients.hpp"
#include "delegation/services.hpp"
#include "metafields/caller.hpp"
#include "model/records.hpp"

namespace latchkey::api::partners {

struct RequestContext {
    const delegation::Services& services;
    delegation::ClientPtr client;                                    // who is asking
    Timestamp now;                                                   // when the request came in
    std::string_view request_id;                                     // lives as long as the request
    std::string_view peer_address;                                   // the same
    std::optional<std::string_view> idempotency_key = std::nullopt;  // the header, the same
};

[[nodiscard]] inline metafields::Caller caller_of(const RequestContext& request) {
    return {request.client->id, request.client->scopes};
}

}  // namespace latchkey::api::partners
