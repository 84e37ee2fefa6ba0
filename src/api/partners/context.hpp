#pragma once

// One request to the Partners API: an authenticated app.

#include <optional>
#include <string_view>

#include "api/transactions.hpp"
#include "clients/group_clients.hpp"
#include "metafields/sharing/caller.hpp"
#include "realm/act.hpp"

namespace latchkey::api::partners {

/// Lives while the operation runs; what it refers to lives as long as the request.
struct RequestContext {
    const realm::Realm& realm;
    Random& random;
    clients::ClientPtr client;                        // who is asking
    Timestamp now;                                    // when it was authenticated
    audit::Context by;                                // the same for the trail
    std::optional<std::string_view> idempotency_key;  // the header
    Transactions store;

    [[nodiscard]] realm::Act act() const { return {realm, random, now, by}; }
};

[[nodiscard]] inline metafields::Caller caller_of(const RequestContext& request) {
    return {request.client->id, request.realm.scopes.known(request.client->scopes)};
}

}  // namespace latchkey::api::partners
