#include "base/text/origin.hpp"

#include <algorithm>

#include "base/text/host.hpp"
#include "base/text/text.hpp"

namespace latchkey {
namespace {

constexpr std::string_view https = "https://";
constexpr std::string_view http = "http://";

bool is_loopback(std::string_view host) noexcept {
    // RFC 6761 6.3: names under "localhost" lead to the own machine.
    return host == "localhost" || host.ends_with(".localhost") || host == "127.0.0.1" ||
           host == "[::1]";
}

/// Whether what stands behind the host is nothing, or a port that browsers would send.
bool is_end(std::string_view rest, std::string_view own_port) noexcept {
    if (rest.empty()) return true;
    return rest.front() == ':' && is_port(rest.substr(1)) && rest.substr(1) != own_port;
}

}  // namespace

std::string_view authority_of(std::string_view origin) noexcept {
    const std::size_t slashes = origin.find("//");
    return slashes == std::string_view::npos ? origin : origin.substr(slashes + 2);
}

std::string_view host_of(std::string_view origin) noexcept {
    const std::string_view authority = authority_of(origin);
    if (authority.starts_with('[')) {
        return authority.substr(0, std::min(authority.find(']'), authority.size() - 1) + 1);
    }
    return authority.substr(0, authority.find(':'));
}

bool is_ip_address(std::string_view host) noexcept {
    return host.starts_with('[') || host.find_first_not_of("0123456789.") == std::string_view::npos;
}

std::optional<std::string_view> find_origin_fault(std::string_view text) noexcept {
    const bool is_secure = text.starts_with(https);
    const std::string_view host = host_of(text);
    if (!is_secure && !(text.starts_with(http) && is_loopback(host))) {
        return "https://…, or http:// on loopback only";
    }
    const std::string_view rest = authority_of(text).substr(host.size());
    if (!is_host(host) || !is_end(rest, is_secure ? "443" : "80")) {
        return "an origin: scheme, host and port, with nothing after, as browsers send it";
    }
    return std::nullopt;
}

std::optional<std::string> respell_origin(std::string_view text) {
    std::string spelt = ascii_lower(text);
    if (spelt.ends_with('/')) spelt.pop_back();
    const std::string_view own_port = spelt.starts_with(https) ? ":443" : ":80";
    if (spelt.ends_with(own_port)) spelt.erase(spelt.size() - own_port.size());
    if (spelt == text || find_origin_fault(spelt)) return std::nullopt;
    return spelt;
}

}  // namespace latchkey
