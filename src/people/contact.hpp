#pragma once

// What a person types about themselves, checked and brought to one form before it is kept.
// Nothing here quotes its input in an error: addresses and names are personal data.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace latchkey::people {

inline constexpr std::size_t max_email_bytes = 254;  // RFC 5321 4.5.3.1.3, less the brackets
inline constexpr std::size_t max_email_local_bytes = 64;
inline constexpr std::size_t max_name_characters = 100;
inline constexpr std::size_t max_avatar_bytes = 2048;

/// An e-mail address: one @, a dot-atom before it, a dotted ASCII host name after it (RFC 5321
/// 4.1.2 without quoted strings and literals). Surrounding spaces go, the domain is lowercased.
/// Errors: invalid_argument.
[[nodiscard]] Result<std::string> parse_email(std::string_view text);

/// The form that two spellings of one mailbox share: what the look-up hash is taken of.
[[nodiscard]] std::string email_lookup_form(std::string_view email);

/// An E.164 number: '+', then 7 to 15 digits, the first not 0. Spaces, dots, hyphens and
/// parentheses, which people write between the digits, are left out. Errors: invalid_argument.
[[nodiscard]] Result<std::string> parse_phone(std::string_view text);

/// A given or family name: 1 to 100 characters that display_length() takes. Errors:
/// invalid_argument.
[[nodiscard]] Result<std::string> parse_person_name(std::string_view text);

/// An https URL with a host and without user info. Errors: invalid_argument.
[[nodiscard]] Result<std::string> parse_avatar(std::string_view text);

}  // namespace latchkey::people
