#pragma once

// Who is calling the Users API: whoever holds the access token in the Authorization header
// (RFC 6750 2.1; the form field and the query parameter of 2.2 and 2.3 are not served).

#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "grants/access.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

/// What the token may read, with the user's row, in one read. Errors: unauthenticated when there
/// is no usable Bearer header, invalid_token when its token is not good: both are 401; storage
/// errors.
[[nodiscard]] Result<grants::Access> authenticate_bearer(const realm::Realm& realm,
                                                         database::ReadTransaction& tx,
                                                         const http::Request& request,
                                                         Timestamp now);

/// The challenge of that 401 (RFC 6750 3).
inline constexpr std::string_view bearer_challenge = R"(Bearer error="invalid_token")";

}  // namespace latchkey::endpoints
