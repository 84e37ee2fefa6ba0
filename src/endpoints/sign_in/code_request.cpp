#include "endpoints/sign_in/code_request.hpp"

namespace latchkey::endpoints {

Result<interaction::SignInState> send_code(const SignInServices& services,
                                           const Submission& submission,
                                           const http::Request& request, const std::string& email) {
    const auto& texts = texts_for(request);
    const std::string link =
        services.options.public_origin + submission.sign_in.link_url() + "#code=";
    const people::CodeRequest wanted{
        .email = email,
        .browser_secret = submission.browser_secret,
        .peer_address = request.peer_address,
        .app_name = submission.sign_in.audience(services.options.brand.name),
        .locale = texts.locale(),
        .link_to_code = link};
    interaction::SignInState next;
    next.email = email;
    const auto tx = TRY(services.delegation.database.write());
    const auto challenge = services.codes.start(*tx, wanted, services.delegation.clock.now());
    if (!challenge) {
        if (challenge.error().code != ErrorCode::rate_limited) return Failure(challenge.error());
        next.step = interaction::Step::email;
        next.notice = interaction::Notice::too_often;
        return next;
    }
    TRY(tx->commit());
    next.step = interaction::Step::code;
    next.challenge_id = *challenge;
    return next;
}

}  // namespace latchkey::endpoints
