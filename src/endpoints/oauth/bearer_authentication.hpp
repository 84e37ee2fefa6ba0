#pragma once

// Who is calling the Users API: whoever holds the access token in the Authorization header
// (RFC 6750 2.1; the form field and the query parameter of 2.2 and 2.3 are not served). A token is
// opened without the store; whether it still holds is asked in the transaction of what it is for.

#include <string_view>

#include "base/result.hpp"
#include "base/time/clock.hpp"
#include "http/message.hpp"
#include "realm/realm.hpp"
#include "tokens/access_token.hpp"

namespace latchkey::endpoints {

/// An access token as it was presented, and what it says: whether it is still good is asked where
/// it is used (grants::authorize_token).
struct PresentedBearer {
    tokens::AccessToken token;
    std::string_view text;  // of the request
};

/// Errors: unauthenticated when there is no usable Bearer header, invalid_token when its token does
/// not open: both are 401.
[[nodiscard]] Result<PresentedBearer> read_bearer(const realm::Realm& realm,
                                                  const http::Request& request, Timestamp now);

}  // namespace latchkey::endpoints
