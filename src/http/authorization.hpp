#pragma once

// The Authorization header: Basic (RFC 7617, percent-encoded as RFC 6749 2.3.1 says) and Bearer
// (RFC 6750 2.1). A header sent twice, or text that could be read in two ways, is refused.

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "http/message.hpp"

namespace latchkey::http {

inline constexpr std::size_t max_authorization_bytes = 8192;

struct BasicCredentials {
    std::string user;
    Secret password;
};

/// Errors: unauthenticated (no header, or another scheme); malformed (sent twice, not canonical
/// base64, no colon, broken escape, control character, not UTF-8, over max_authorization_bytes).
[[nodiscard]] Result<BasicCredentials> parse_basic(const Request& request);

/// The token, a view into the request. Errors: unauthenticated (no header, or another scheme);
/// malformed (sent twice, empty, not b64token characters, over max_authorization_bytes).
[[nodiscard]] Result<std::string_view> parse_bearer(const Request& request);

}  // namespace latchkey::http
