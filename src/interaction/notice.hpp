#pragma once

// What a page says about the last try. The person can correct it on the same page.

#include <cstdint>
#include <optional>
#include <string_view>

namespace latchkey::interaction {

enum class Notice : std::uint8_t {
    none,
    bad_email,
    wrong_code,
    code_used_up,
    code_sent_again,
    too_often,
    bad_name,
    passkey_refused,
    sign_up_closed,
};
inline constexpr Notice last_notice = Notice::sign_up_closed;

/// Good news, or something to correct.
enum class Tone : std::uint8_t { info, refusal };

struct NoticeText {
    std::string_view key;  // of the catalogue: "notice.bad_email"
    Tone tone;
};
/// Absent for `none`.
[[nodiscard]] std::optional<NoticeText> text_of(Notice notice) noexcept;

}  // namespace latchkey::interaction
