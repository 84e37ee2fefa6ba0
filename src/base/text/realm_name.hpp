#pragma once

// What an operator calls a realm.

#include <algorithm>
#include <string_view>

namespace latchkey {

inline constexpr std::size_t max_realm_name_size = 32;
inline constexpr std::string_view realm_name_rule =
    "a realm's name is a small letter, then small letters, digits and hyphens, 32 at most";

[[nodiscard]] inline bool is_realm_name(std::string_view text) noexcept {
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto may_follow = [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
    };
    return !text.empty() && text.size() <= max_realm_name_size && is_letter(text.front()) &&
           std::ranges::all_of(text, may_follow);
}

}  // namespace latchkey
