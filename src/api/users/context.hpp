#pragma once

// One request to the Users API: an access token, and the user it stands for.

#include <string_view>

#include "base/result.hpp"
#include "grants/access.hpp"
#include "metafields/values.hpp"
#include "realm/services.hpp"

namespace latchkey::api::users {

struct RequestContext {
    const realm::Services& services;
    grants::Access access;          // the token, and the user's row from the same read
    Timestamp now;                  // when the request came in
    std::string_view request_id;    // lives as long as the request
    std::string_view peer_address;  // the same
};

/// The user and the app that a request is about. Errors: unauthenticated when the token
/// authenticates no user.
[[nodiscard]] inline Result<metafields::Owner> get_owner(const RequestContext& request) {
    if (!request.access.connected) return fail(ErrorCode::unauthenticated, "Unauthorized");
    return metafields::Owner{.user_id = request.access.connected->user.id,
                             .client_id = request.access.token.client_id};
}

}  // namespace latchkey::api::users
