#pragma once

// Which origins and redirect URIs an app may register. Both are stored as written and compared
// byte for byte ever after, so only the one canonical form gets in.

#include <string_view>

#include "base/result.hpp"

namespace latchkey::clients {

inline constexpr std::size_t max_url_size = 2048;

/// A web origin as browsers write it (RFC 6454 6.2): "https://shop.example.com", with a port only
/// when it is not the scheme's own, lower case, no path, no trailing slash or dot. http only on
/// loopback (localhost, *.localhost, 127.0.0.0/8, [::1]), which is the only IPv6 host that is
/// accepted. Errors: invalid_argument.
[[nodiscard]] Result<void> check_origin(std::string_view text);

/// An origin as above and an optional path and query, with all that a redirect URI must have.
[[nodiscard]] bool is_canonical_url(std::string_view text);

/// A redirect URI: an origin as above and an optional path and query. No fragment (RFC 6749
/// 3.1.2), user info, dot segments, backslash, broken escape or anything but printable ASCII.
/// Errors: invalid_argument.
[[nodiscard]] Result<void> check_redirect_uri(std::string_view text);

}  // namespace latchkey::clients
