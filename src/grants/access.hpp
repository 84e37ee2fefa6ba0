#pragma once

// May this access token read, now? The token opens without a database; the connection and the
// user's sealed profile then come in one read, so that revoking works at the next request.

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "base/time/clock.hpp"
#include "realm/realm.hpp"
#include "store/connections.hpp"
#include "tokens/access_token.hpp"

namespace latchkey::grants {

struct Access {
    tokens::AccessToken token;
    ScopeSet scopes;  // of the token, less what the connection no longer grants
    std::optional<store::ConnectedUser> connected;  // absent: the token authenticates no user
};

/// Errors: invalid_token (not good, revoked, or its connection is revoked or gone); storage errors.
[[nodiscard]] Result<Access> authorize_access(const realm::Realm& realm,
                                              database::ReadTransaction& tx,
                                              std::string_view access_token, Timestamp now);

/// The second half, for a token that has been opened; `text` is how it came.
[[nodiscard]] Result<Access> authorize_token(const realm::Realm& realm,
                                             database::ReadTransaction& tx,
                                             const tokens::AccessToken& token,
                                             std::string_view text);

}  // namespace latchkey::grants
