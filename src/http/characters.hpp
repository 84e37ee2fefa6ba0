#pragma once

// The character classes of RFC 9110 5.6 and RFC 9112, as one table look-up each.

#include <array>
#include <cstdint>
#include <string_view>

namespace latchkey::http {

namespace detail {

enum CharacterClass : std::uint8_t {
    is_token = 1,        // RFC 9110 5.6.2 tchar
    is_target = 2,       // what a request target may hold: visible ASCII without '#'
    is_field_value = 4,  // RFC 9110 5.5: visible, space, tab, obs-text
    is_host = 8,         // reg-name without percent, IP literals, port
};

constexpr std::array<std::uint8_t, 256> make_character_table() {
    std::array<std::uint8_t, 256> table{};
    constexpr std::string_view token_marks = "!#$%&'*+-.^_`|~";
    constexpr std::string_view host_marks = "-._:[]";
    for (unsigned c = 0; c < 256; ++c) {
        const bool alphanumeric =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        const bool visible = c > 0x20 && c < 0x7F;
        const char character = static_cast<char>(c);
        std::uint8_t classes = 0;
        if (alphanumeric || (visible && token_marks.find(character) != std::string_view::npos)) {
            classes |= is_token;
        }
        if (visible && c != '#') classes |= is_target;
        if (visible || c == ' ' || c == '\t' || c >= 0x80) classes |= is_field_value;
        if (alphanumeric || (visible && host_marks.find(character) != std::string_view::npos)) {
            classes |= is_host;
        }
        table[c] = classes;
    }
    return table;
}

inline constexpr auto character_table = make_character_table();

[[nodiscard]] constexpr bool all_are(std::string_view text, CharacterClass wanted) noexcept {
    for (const char c : text) {
        if ((character_table[static_cast<unsigned char>(c)] & wanted) == 0) return false;
    }
    return true;
}

}  // namespace detail

[[nodiscard]] constexpr bool is_token(std::string_view text) noexcept {
    return !text.empty() && detail::all_are(text, detail::is_token);
}
[[nodiscard]] constexpr bool is_target(std::string_view text) noexcept {
    return !text.empty() && detail::all_are(text, detail::is_target);
}
[[nodiscard]] constexpr bool is_field_value(std::string_view text) noexcept {
    return detail::all_are(text, detail::is_field_value);
}
/// RFC 9110 7.2: uri-host [ ":" port ], or nothing. Whom it names is for others to find out.
[[nodiscard]] constexpr bool is_host(std::string_view text) noexcept {
    if (!detail::all_are(text, detail::is_host)) return false;
    std::size_t end = text.find(':');
    if (text.starts_with('[')) {
        end = text.find(']');
        if (end == std::string_view::npos || text.find_first_of("[]", end + 1) != text.npos) {
            return false;
        }
        ++end;
    } else if (text.find_first_of("[]") != std::string_view::npos) {
        return false;
    }
    if (end >= text.size()) return true;
    if (text[end] != ':') return false;
    return text.find_first_not_of("0123456789", end + 1) == std::string_view::npos;
}

}  // namespace latchkey::http
