#include "base/text/host.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace latchkey {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_label(std::string_view label) noexcept {
    if (label.empty() || label.size() > max_label_size) return false;
    if (label.front() == '-' || label.back() == '-') return false;
    return std::ranges::all_of(
        label, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-'; });
}

bool has_labels(std::string_view name) noexcept {
    for (;;) {
        const std::size_t dot = name.find('.');
        if (!is_label(name.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        name.remove_prefix(dot + 1);
    }
}

/// Whether the system reads it as an address of the family and writes it the same way.
template <class Address>
bool is_address(int family, std::string_view text) noexcept {
    std::array<char, INET6_ADDRSTRLEN> terminated{};
    if (text.size() >= terminated.size()) return false;
    std::ranges::copy(text, terminated.begin());
    Address address{};
    if (::inet_pton(family, terminated.data(), &address) != 1) return false;
    std::array<char, INET6_ADDRSTRLEN> written{};
    return ::inet_ntop(family, &address, written.data(), written.size()) != nullptr &&
           text == written.data();
}

}  // namespace

bool is_host(std::string_view text) noexcept {
    if (text.starts_with('[')) {
        // The system writes an IPv4 address within one with dots, and browsers do not: such an
        // address has no spelling here.
        return text.size() > 2 && text.ends_with(']') && text.find('.') == std::string_view::npos &&
               is_address<in6_addr>(AF_INET6, text.substr(1, text.size() - 2));
    }
    if (text.size() > max_host_size || !has_labels(text)) return false;
    const bool ends_in_number = is_digit(text[text.rfind('.') + 1]);
    return !ends_in_number || is_address<in_addr>(AF_INET, text);
}

bool is_port(std::string_view text) noexcept {
    constexpr unsigned max_port = 65'535;
    constexpr std::size_t most_digits = 5;
    if (text.empty() || text.size() > most_digits || text.front() == '0') return false;
    if (!std::ranges::all_of(text, is_digit)) return false;
    unsigned port = 0;
    std::from_chars(text.data(), text.data() + text.size(), port);
    return port <= max_port;
}

}  // namespace latchkey
