#pragma once

// The character classes of RFC 9110 5.6 and RFC 9112, as one table look-up each.

#include <array>
#include <cstdint>
#include <string_view>

#include "base/text/words.hpp"

namespace latchkey::http {

namespace detail {

enum CharacterClass : std::uint8_t {
    is_token = 1,        // RFC 9110 5.6.2 tchar
    is_target = 2,       // what a request target may hold: visible ASCII without '#'
    is_field_value = 4,  // RFC 9110 5.5: visible, space, tab, obs-text
    is_host = 8,         // reg-name without percent, IP literals, port
    is_b64token = 16,    // RFC 6750 2.1, before its '='
};

constexpr std::array<std::uint8_t, 256> make_character_table() {
    std::array<std::uint8_t, 256> table{};
    constexpr std::string_view token_marks = "!#$%&'*+-.^_`|~";
    constexpr std::string_view host_marks = "-._:[]";
    constexpr std::string_view b64token_marks = "-._~+/";
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
        if (alphanumeric || (visible && b64token_marks.find(character) != std::string_view::npos)) {
            classes |= is_b64token;
        }
        table[c] = classes;
    }
    return table;
}

inline constexpr auto character_table = make_character_table();

[[nodiscard]] constexpr bool all_are(std::string_view text, CharacterClass wanted) noexcept {
    unsigned classes = wanted;
    const auto take = [&](std::size_t i) {
        classes &= character_table[static_cast<unsigned char>(text.data()[i])];
    };
    std::size_t i = 0;
    for (; i + 4 <= text.size(); i += 4) {
        take(i);
        take(i + 1);
        take(i + 2);
        take(i + 3);
    }
    for (; i < text.size(); ++i) take(i);
    return classes != 0;
}

}  // namespace detail

[[nodiscard]] constexpr bool is_token(std::string_view text) noexcept {
    return !text.empty() && detail::all_are(text, detail::is_token);
}
[[nodiscard]] constexpr bool is_target(std::string_view text) noexcept {
    return !text.empty() && detail::all_are(text, detail::is_target);
}
[[nodiscard]] inline bool is_field_value(std::string_view text) noexcept {
    // Most are printable ASCII, without a tab even.
    return words::has_none(text, words::any_unprintable) ||
           detail::all_are(text, detail::is_field_value);
}
/// RFC 6750 2.1: 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
[[nodiscard]] constexpr bool is_b64token(std::string_view text) noexcept {
    while (text.ends_with('=')) text.remove_suffix(1);
    return !text.empty() && detail::all_are(text, detail::is_b64token);
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
