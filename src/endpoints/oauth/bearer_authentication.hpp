#pragma once

// Who is calling the Users API: whoever holds the access token in the Authorization header
// (RFC 6750 2.1; the form field and the query parameter of 2.2 and 2.3 are not served). A token is
// opened without the store; whether it still holds is asked in the transaction of what it is for.

#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "grants/access.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

/// Sealed by us and not expired; perhaps revoked.
struct PresentedToken {
    tokens::AccessToken token;
    std::string_view text;  // as it came: a view into the request
};

/// Errors: unauthenticated when there is no usable Bearer header, invalid_token when its token is
/// not ours or has expired: both are 401.
[[nodiscard]] Result<PresentedToken> read_bearer(const realm::Realm& realm,
                                                 const http::Request& request, Timestamp now);

/// What the token may read, with the user's row, in one read. Errors: invalid_token; storage
/// errors.
[[nodiscard]] Result<grants::Access> authenticate(const realm::Realm& realm,
                                                  database::ReadTransaction& tx,
                                                  const PresentedToken& presented);

}  // namespace latchkey::endpoints
