#include "http/cookies.hpp"

#include "base/text/text.hpp"

namespace latchkey::http {
namespace {

constexpr std::string_view name_of(SameSite same_site) noexcept {
    switch (same_site) {
        case SameSite::strict: return "Strict";
        case SameSite::lax: return "Lax";
        case SameSite::none: return "None";
    }
    return "Strict";
}

}  // namespace

std::string cookie_name(std::string_view name, Transport transport) {
    std::string full(transport == Transport::https ? "__Host-" : "");
    full.append(name);
    return full;
}

std::string set_cookie(const Cookie& cookie, Transport transport) {
    std::string text = cookie_name(cookie.name, transport);
    text.append("=").append(cookie.value).append("; Path=/; HttpOnly; SameSite=");
    // Browsers drop SameSite=None without Secure; on plain loopback Lax is the nearest that works.
    const bool none_over_http =
        cookie.same_site == SameSite::none && transport == Transport::loopback_http;
    text.append(name_of(none_over_http ? SameSite::lax : cookie.same_site));
    if (transport == Transport::https) text.append("; Secure");
    // A frame on another site keeps its cookies in a jar of that site (CHIPS): browsers that block
    // third-party cookies take no others.
    if (cookie.same_site == SameSite::none && !none_over_http) text.append("; Partitioned");
    if (cookie.max_age) text.append("; Max-Age=").append(std::to_string(cookie.max_age->count()));
    return text;
}

std::string expire_cookie(std::string_view name, SameSite same_site, Transport transport) {
    return set_cookie({.name = name, .value = "", .same_site = same_site, .max_age = Seconds(0)},
                      transport);
}

std::optional<std::string_view> find_cookie(const Request& request, std::string_view name,
                                            Transport transport) {
    const std::string wanted = cookie_name(name, transport);
    std::optional<std::string_view> found;
    for (const Header& header : request.headers) {
        if (!equal_ascii_case(header.name, "Cookie")) continue;
        std::string_view rest = header.value;
        while (!rest.empty()) {
            const std::size_t end = rest.find(';');
            const std::string_view pair = trim_ascii(rest.substr(0, end));
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
            const std::size_t equals = pair.find('=');
            if (equals == std::string_view::npos || pair.substr(0, equals) != wanted) continue;
            if (found) return std::nullopt;
            found = pair.substr(equals + 1);
        }
    }
    return found && found->size() > max_cookie_bytes ? std::nullopt : found;
}

}  // namespace latchkey::http
