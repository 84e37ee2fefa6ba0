#pragma once

// One request to the Partners API: an authenticated app.

#include <optional>
#include <string_view>

#include "clients/group_clients.hpp"
#include "metafields/sharing/caller.hpp"
#include "model/records.hpp"
#include "realm/services.hpp"

namespace latchkey::api::partners {

struct RequestContext {
    const realm::Services& services;
    clients::ClientPtr client;                                       // who is asking
    Timestamp now;                                                   // when the request came in
    std::string_view request_id;                                     // lives as long as the request
    std::string_view peer_address;                                   // the same
    std::optional<std::string_view> idempotency_key = std::nullopt;  // the header, the same
};

[[nodiscard]] inline metafields::Caller caller_of(const RequestContext& request) {
    return {request.client->id, request.services.realm.scopes.known(request.client->scopes)};
}

}  // namespace latchkey::api::partners
