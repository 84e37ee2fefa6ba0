#include "interaction/notice.hpp"

namespace latchkey::interaction {

std::optional<NoticeText> text_of(Notice notice) noexcept {
    switch (notice) {
        case Notice::none: return std::nullopt;
        case Notice::bad_email: return NoticeText{"notice.bad_email", Tone::refusal};
        case Notice::wrong_code: return NoticeText{"notice.wrong_code", Tone::refusal};
        case Notice::code_used_up: return NoticeText{"notice.code_used_up", Tone::refusal};
        case Notice::code_sent_again: return NoticeText{"notice.code_sent_again", Tone::info};
        case Notice::too_often: return NoticeText{"notice.too_often", Tone::refusal};
        case Notice::bad_name: return NoticeText{"notice.bad_name", Tone::refusal};
        case Notice::sign_up_closed: return NoticeText{"notice.sign_up_closed", Tone::refusal};
        case Notice::passkey_refused: return NoticeText{"notice.passkey_refused", Tone::refusal};
    }
    return std::nullopt;
}

}  // namespace latchkey::interaction
