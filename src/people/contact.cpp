#include "people/contact.hpp"

#include <algorithm>
#include <cstdint>

#include "base/text/display_text.hpp"
#include "base/text/text.hpp"

namespace latchkey::people {
namespace {

constexpr std::size_t max_label_bytes = 63;  // RFC 1035 2.3.4
constexpr std::size_t min_phone_digits = 7;
constexpr std::size_t max_phone_digits = 15;  // E.164 6.2.1

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_letter_or_digit(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
// RFC 5322 3.2.3 atext
constexpr bool is_atext(char c) noexcept {
    return is_letter_or_digit(c) ||
           std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

/// Calls `check` for each part between dots; false at the first that fails.
template <class Check>
bool all_parts(std::string_view text, Check check) {
    for (;;) {
        const std::size_t dot = text.find('.');
        if (!check(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

bool is_dot_atom(std::string_view text) {
    return all_parts(text, [](std::string_view part) {
        return !part.empty() && std::ranges::all_of(part, is_atext);
    });
}

bool is_host_name(std::string_view text) {
    if (text.find('.') == std::string_view::npos) return false;  // "ada@gmail" is a slip
    return all_parts(text, [](std::string_view label) {
        return !label.empty() && label.size() <= max_label_bytes && label.front() != '-' &&
               label.back() != '-' &&
               std::ranges::all_of(label, [](char c) { return is_letter_or_digit(c) || c == '-'; });
    });
}

Failure bad_email() { return fail(ErrorCode::invalid_argument, "This is not an e-mail address."); }
Failure bad_phone() {
    return fail(ErrorCode::invalid_argument,
                "A phone number is written with its country code, as in +33123456789.");
}
Failure bad_name() {
    return fail(ErrorCode::invalid_argument,
                "A name has 1 to 100 characters and no control characters.");
}
Failure bad_avatar() {
    return fail(ErrorCode::invalid_argument, "An avatar is the https URL of an image.");
}

}  // namespace

Result<std::string> parse_email(std::string_view text) {
    const std::string_view address = trim_ascii(text);
    if (address.size() > max_email_bytes) return bad_email();
    const std::size_t at = address.find('@');
    if (at == std::string_view::npos || at > max_email_local_bytes) return bad_email();
    const std::string_view local = address.substr(0, at);
    const std::string_view domain = address.substr(at + 1);
    if (!is_dot_atom(local) || !is_host_name(domain)) return bad_email();
    std::string email(local);
    email.push_back('@');
    email += ascii_lower(domain);
    return email;
}

std::string email_lookup_form(std::string_view email) { return ascii_lower(email); }

Result<std::string> parse_phone(std::string_view text) {
    std::string number;
    for (const char c : trim_ascii(text)) {
        if (std::string_view(" .-()").find(c) != std::string_view::npos) continue;
        if (!is_digit(c) && !(c == '+' && number.empty())) return bad_phone();
        number.push_back(c);
        if (number.size() > max_phone_digits + 1) return bad_phone();
    }
    if (number.size() < min_phone_digits + 1 || number[0] != '+' || number[1] == '0') {
        return bad_phone();
    }
    return number;
}

Result<std::string> parse_person_name(std::string_view text) {
    const std::string_view name = trim_ascii(text);
    const auto characters = display_length(name);
    if (characters.value_or(0) < 1 || characters > max_name_characters) return bad_name();
    return std::string(name);
}

Result<std::string> parse_avatar(std::string_view text) {
    constexpr std::string_view scheme = "https://";
    if (text.size() > max_avatar_bytes || !text.starts_with(scheme)) return bad_avatar();
    const auto is_url_character = [](char c) {
        return c > ' ' && c < '\x7f' &&
               std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos;
    };
    if (!std::ranges::all_of(text, is_url_character)) return bad_avatar();
    const std::string_view rest = text.substr(scheme.size());
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    if (authority.empty() || authority.find('@') != std::string_view::npos) return bad_avatar();
    if (!is_letter_or_digit(authority.front()) && authority.front() != '[') return bad_avatar();
    return std::string(text);
}

}  // namespace latchkey::people
