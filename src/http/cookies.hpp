#pragma once

// Cookies (RFC 6265bis). Ours are always HttpOnly, host-only and Path=/; over TLS they are also
// Secure and carry the `__Host-` prefix, so that no subdomain or plain-http page can plant one.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time/clock.hpp"
#include "http/message.hpp"

namespace latchkey::http {

/// How the browser reaches us. `loopback_http` is for development: browsers refuse `__Host-` there.
enum class Transport : std::uint8_t { https, loopback_http };

enum class SameSite : std::uint8_t { strict, lax, none };  // none needs https

struct Cookie {
    std::string_view name;   // without prefix; token characters
    std::string_view value;  // cookie-octets only: base64url is safe
    SameSite same_site = SameSite::lax;
    std::optional<Seconds> max_age = std::nullopt;  // absent: until the browser closes
};

/// The name on the wire: "__Host-session" over TLS, "session" on loopback http.
[[nodiscard]] std::string cookie_name(std::string_view name, Transport transport);

/// The value of a Set-Cookie header.
[[nodiscard]] std::string set_cookie(const Cookie& cookie, Transport transport);
/// A Set-Cookie value that makes the browser drop the cookie.
[[nodiscard]] std::string expire_cookie(std::string_view name, SameSite same_site,
                                        Transport transport);

/// The value the browser sent, as a view into the request. Absent if it is not there, if it came
/// twice (then nobody can say which one is ours), or if it is longer than max_cookie_bytes.
[[nodiscard]] std::optional<std::string_view> find_cookie(const Request& request,
                                                          std::string_view name,
                                                          Transport transport);

inline constexpr std::size_t max_cookie_bytes = 4096;  // RFC 6265 6.1

}  // namespace latchkey::http
