#include "clients/client_urls.hpp"

#include <algorithm>
#include <optional>

#include "base/text/host.hpp"
#include "base/text/origin.hpp"
#include "base/text/text.hpp"

namespace latchkey::clients {
namespace {

enum class HostKind : std::uint8_t { invalid, loopback, public_name };

struct Split {
    std::string_view scheme;
    std::string_view host;
    std::optional<std::string_view> port;
    std::string_view rest;  // path and query
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

HostKind classify_host(std::string_view host) {
    if (!is_host(host)) return HostKind::invalid;
    const bool is_loopback = host == "[::1]" || host == "localhost" ||
                             host.ends_with(".localhost") ||
                             (is_ip_address(host) && host.starts_with("127."));
    return is_loopback ? HostKind::loopback : HostKind::public_name;
}

std::optional<Split> split_url(std::string_view text) {
    Split url;
    const auto colon = text.find("://");
    if (colon == std::string_view::npos) return std::nullopt;
    url.scheme = text.substr(0, colon);
    text.remove_prefix(colon + 3);
    const auto end = std::min(text.find_first_of("/?"), text.size());
    std::string_view authority = text.substr(0, end);
    url.rest = text.substr(end);
    const auto port =
        authority.find(':', authority.starts_with('[') ? std::min(authority.find(']'), end) : 0);
    if (port != std::string_view::npos) {
        url.port = authority.substr(port + 1);
        authority = authority.substr(0, port);
    }
    url.host = authority;
    return url;
}

bool has_canonical_origin(const Split& url) {
    if (url.scheme != "https" && url.scheme != "http") return false;
    const HostKind kind = classify_host(url.host);
    if (kind == HostKind::invalid) return false;
    if (url.scheme == "http" && kind != HostKind::loopback) return false;
    if (!url.port) return true;
    const bool is_default = *url.port == (url.scheme == "https" ? "443" : "80");
    return !is_default && is_port(*url.port);
}

/// RFC 3986 3.3, 3.4: the characters of a path and query, minus the fragment's '#'.
bool has_only_url_characters(std::string_view rest) {
    constexpr std::string_view marks = "-._~!$&'()*+,;=:@/?%";
    return std::ranges::all_of(rest, [&](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               marks.find(c) != std::string_view::npos;
    });
}

/// RFC 3986 5.2.4: a parser would rewrite these, and then the bytes no longer compare.
bool has_dot_segment(std::string_view decoded_path) {
    while (!decoded_path.empty()) {
        decoded_path.remove_prefix(1);  // the slash
        const auto slash = std::min(decoded_path.find('/'), decoded_path.size());
        // "..;x" is ".." to servers that know path parameters (CVE-2023-6291).
        const auto segment = decoded_path.substr(0, slash);
        const auto name = segment.substr(0, segment.find(';'));
        if (name == "." || name == "..") return true;
        decoded_path.remove_prefix(slash);
    }
    return false;
}

bool has_safe_rest(std::string_view rest) {
    if (!has_only_url_characters(rest)) return false;
    const auto path = rest.substr(0, rest.find('?'));
    const auto decoded = percent_decode(path, Plus::literal);
    if (!decoded || !percent_decode(rest, Plus::literal)) return false;
    // Decoded once, nothing may be left that a second decoder would read differently.
    const bool plain = std::ranges::all_of(*decoded, [](char c) {
        return c != '%' && c != '\\' && static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
    });
    return plain && !has_dot_segment(*decoded);
}

}  // namespace

Result<void> check_origin(std::string_view text) {
    constexpr Literal refusal =
        "An origin is written https://host or https://host:port, lower case, without a path or the "
        "default port; http only on loopback";
    if (text.size() > max_url_size) return fail(ErrorCode::invalid_argument, refusal);
    const auto url = split_url(text);
    if (!url || !has_canonical_origin(*url) || !url->rest.empty()) {
        return fail(ErrorCode::invalid_argument, refusal);
    }
    return {};
}

bool is_canonical_url(std::string_view text) {
    if (text.size() > max_url_size) return false;
    const auto url = split_url(text);
    return url && has_canonical_origin(*url) && has_safe_rest(url->rest);
}

Result<void> check_redirect_uri(std::string_view text) {
    constexpr Literal refusal =
        "A redirect URI is https://host/path (http only on loopback), lower case host, without "
        "fragment, user info, dot segments or the default port";
    if (!is_canonical_url(text)) return fail(ErrorCode::invalid_argument, refusal);
    return {};
}

}  // namespace latchkey::clients
