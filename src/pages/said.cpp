#include "pages/said.hpp"

#include <array>

namespace latchkey::pages {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 15> said_names{
    "nothing",         "disconnected",    "saved",           "bad_name",      "bad_phone",
    "bad_email",       "code_used_up",    "email_changed",   "email_taken",   "passkey_added",
    "passkey_refused", "passkey_renamed", "passkey_removed", "session_ended", "too_often"};

}  // namespace

Said parse_said(std::string_view name) noexcept {
    for (std::size_t i = 0; i < said_names.size(); ++i) {
        if (said_names[i] == name) return static_cast<Said>(i);
    }
    return Said::nothing;
}

std::string_view to_string(Said said) noexcept {
    return said_names[static_cast<std::size_t>(said)];
}

}  // namespace latchkey::pages
