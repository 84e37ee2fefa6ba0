#include "pages/flash.hpp"

#include <array>

namespace latchkey::pages {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 15> flash_names{
    "nothing",         "disconnected",    "saved",           "bad_name",      "bad_phone",
    "bad_email",       "code_used_up",    "email_changed",   "email_taken",   "passkey_added",
    "passkey_refused", "passkey_renamed", "passkey_removed", "session_ended", "too_often"};

}  // namespace

Flash parse_flash(std::string_view name) noexcept {
    for (std::size_t i = 0; i < flash_names.size(); ++i) {
        if (flash_names[i] == name) return static_cast<Flash>(i);
    }
    return Flash::nothing;
}

std::string_view to_string(Flash flash) noexcept {
    return flash_names[static_cast<std::size_t>(flash)];
}

}  // namespace latchkey::pages
