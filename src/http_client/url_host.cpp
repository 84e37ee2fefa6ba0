#include "http_client/url_host.hpp"

#include <algorithm>

namespace latchkey::http_client {

// RFC 3986 3.2: authority = [ userinfo "@" ] host [ ":" port ], up to the next "/", "?" or "#".
std::string_view url_host(std::string_view url) noexcept {
    constexpr std::string_view scheme_end = "://";
    const std::size_t scheme = url.find(scheme_end);
    if (scheme == std::string_view::npos) return {};
    std::string_view host = url.substr(scheme + scheme_end.size());
    host = host.substr(0, host.find_first_of("/?#\\"));
    const std::size_t user_end = host.rfind('@');
    if (user_end != std::string_view::npos) host.remove_prefix(user_end + 1);
    if (host.starts_with('[')) return host.substr(0, std::min(host.find(']'), host.size() - 1) + 1);
    return host.substr(0, host.find(':'));
}

}  // namespace latchkey::http_client
