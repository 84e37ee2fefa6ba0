#include "endpoints/sign_in_code_request.hpp"

namespace latchkey::endpoints {

Result<SignInState> send_code(const SignInServices& services, const Submission& submission,
                              const http::Request& request, const std::string& email) {
    const auto& texts = texts_for(request);
    const identity::CodeRequest wanted{email, submission.browser_secret, request.peer_address,
                                       submission.sign_in.client.name, texts.locale()};
    SignInState next;
    next.email = email;
    const auto tx = TRY(services.delegation.database.write());
    const auto challenge = services.codes.start(*tx, wanted, services.delegation.clock.now());
    if (!challenge) {
        if (challenge.error().code != ErrorCode::rate_limited) return Failure(challenge.error());
        next.step = Step::email;
        next.notice = Notice::too_often;
        return next;
    }
    TRY(tx->commit());
    next.step = Step::code;
    next.challenge_id = *challenge;
    return next;
}

}  // namespace latchkey::endpoints
