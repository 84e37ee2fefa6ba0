#include "metafields/types/web_address.hpp"

#include <algorithm>

#include "base/text/text.hpp"

namespace latchkey::metafields {
namespace {

constexpr std::string_view schemes[] = {"https:", "http:", "mailto:", "sms:", "tel:"};

/// RFC 3986 2: what may stand in an address at all. Controls, spaces and quotes may not.
bool is_address_character(char c) noexcept {
    constexpr std::string_view punctuation = "-._~:/?#[]@!$&'()*+,;=%";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           punctuation.find(c) != std::string_view::npos;
}

bool is_web_scheme(std::string_view scheme) noexcept { return scheme.starts_with("http"); }

std::string_view scheme_of(std::string_view url) noexcept {
    for (const std::string_view scheme : schemes) {
        if (equal_ascii_case(url.substr(0, scheme.size()), scheme)) return scheme;
    }
    return {};
}

}  // namespace

std::optional<std::string> find_address_fault(std::string_view url) {
    const std::string_view scheme = scheme_of(url);
    if (scheme.empty()) return "Value must be an https, http, mailto, sms or tel address.";
    if (!std::ranges::all_of(url, is_address_character) ||
        !percent_decode(url, Plus::literal).has_value()) {
        return "Value must be an address in ASCII, with other characters percent-encoded.";
    }
    const std::string_view rest = url.substr(scheme.size());
    if (rest.empty()) return "Value must have something after the scheme.";
    if (is_web_scheme(scheme) && (!rest.starts_with("//") || host_of(url).empty())) {
        return "Value must name a host, such as https://shop.example.com.";
    }
    return std::nullopt;
}

std::string_view host_of(std::string_view url) noexcept {
    const std::string_view scheme = scheme_of(url);
    if (!is_web_scheme(scheme)) return {};
    std::string_view authority = url.substr(scheme.size());
    if (!authority.starts_with("//")) return {};
    authority.remove_prefix(2);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    const std::size_t at = authority.rfind('@');
    if (at != std::string_view::npos) authority.remove_prefix(at + 1);
    if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
    return authority.substr(0, authority.find(':'));
}

}  // namespace latchkey::metafields
