// POST /sign-in/passkey: who answers the page's challenge with a passkey is signed in.

#include <array>

#include "base/text.hpp"
#include "endpoints/sign_in/flow.hpp"
#include "endpoints/sign_in/session.hpp"
#include "endpoints/sign_in/sign_in.hpp"
#include "webauthn/passkeys.hpp"

namespace latchkey::endpoints {
namespace {

Writes needs_writing(const Submission& /*submission*/) { return Writes::yes; }

/// The parts of an answer, decoded.
struct Answer {
    Bytes credential_id, client_data, authenticator_data, signature, user_handle;
};

/// Errors: malformed (a part is missing or not base64url).
Result<Answer> read_answer(const http::Form& form) {
    Answer answer;
    const std::array<std::pair<std::string_view, Bytes*>, 5> parts{{
        {"credential_id", &answer.credential_id},
        {"client_data", &answer.client_data},
        {"authenticator_data", &answer.authenticator_data},
        {"signature", &answer.signature},
        {"user_handle", &answer.user_handle},
    }};
    for (const auto& [name, bytes] : parts) {
        auto decoded = from_base64url(form.find("passkey_" + std::string(name)).value_or(""));
        if (!decoded) {
            return fail(ErrorCode::malformed, "The browser's passkey answer is malformed.");
        }
        *bytes = std::move(*decoded);
    }
    return answer;
}

bool is_refusal(ErrorCode code) {
    return code == ErrorCode::malformed || code == ErrorCode::invalid_token ||
           code == ErrorCode::expired || code == ErrorCode::unsupported ||
           code == ErrorCode::invalid_argument || code == ErrorCode::too_large;
}

Result<http::Response> take_passkey(const SignInServices& services, const Submission& submission,
                                    const http::Request& request) {
    interaction::SignInState refused;
    refused.step = interaction::Step::email;
    refused.notice = interaction::Notice::passkey_refused;
    const auto answer = read_answer(submission.form);
    if (!answer) return go_on(services, submission, refused);
    const Timestamp now = services.delegation.clock.now();
    const auto tx = TRY(services.delegation.database.write());
    const auto user_id = services.passkeys.check(
        *tx, submission.browser_secret,
        {answer->credential_id, answer->client_data, answer->authenticator_data, answer->signature,
         answer->user_handle},
        now);
    if (user_id) return start_browser_session(services, *tx, submission, request, *user_id);
    if (!is_refusal(user_id.error().code)) return Failure(user_id.error());
    TRY(tx->commit());  // the refusal sticks: the challenge is answered
    return go_on(services, submission, refused);
}

}  // namespace

http::Handler sign_in_passkey(SignInServices services) {
    return form_handler(services, needs_writing, take_passkey);
}

}  // namespace latchkey::endpoints
