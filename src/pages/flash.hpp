#pragma once

// What the account page says after a form, by its name in the query.

#include <cstdint>
#include <string_view>

namespace latchkey::pages {

/// What the page says after a form: one of a fixed list, by name in the query.
enum class Flash : std::uint8_t {
    nothing,
    disconnected,
    saved,
    bad_name,
    bad_phone,
    bad_email,
    code_used_up,
    email_changed,
    email_taken,
    passkey_added,
    passkey_refused,
    passkey_renamed,
    passkey_removed,
    session_ended,
    too_often,
};
[[nodiscard]] Flash parse_flash(std::string_view name) noexcept;
[[nodiscard]] std::string_view to_string(Flash flash) noexcept;

}  // namespace latchkey::pages
