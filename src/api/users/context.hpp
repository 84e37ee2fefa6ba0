#pragma once

// One request to the Users API: an access token, and the user it stands for.

#include "api/transactions.hpp"
#include "base/result.hpp"
#include "grants/access.hpp"
#include "metafields/values.hpp"
#include "realm/realm.hpp"

namespace latchkey::api::users {

/// Lives while the operation runs.
struct RequestContext {
    const realm::Realm& realm;
    grants::Access access;  // the token, and the user's row from the same read
    Timestamp now;          // of that read
    Transactions store;
};

/// The user and the app that a request is about. Errors: unauthenticated when the token
/// authenticates no user.
[[nodiscard]] inline Result<metafields::Owner> get_owner(const RequestContext& request) {
    if (!request.access.connected) return fail(ErrorCode::unauthenticated, "Unauthorized");
    return metafields::Owner{.user_id = request.access.connected->user.id,
                             .client_id = request.access.token.client_id};
}

}  // namespace latchkey::api::users
