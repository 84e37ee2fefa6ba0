#include "endpoints/sign_in/return.hpp"

#include <charconv>
#include <utility>

#include "base/text/text.hpp"
#include "crypto/digest.hpp"

namespace latchkey::endpoints {
namespace {

std::string associated_data(std::string_view origin, std::string_view code_challenge) {
    std::string associated = "return\n";
    associated += origin;
    associated.push_back('\n');
    return associated += code_challenge;
}

Failure not_ours() {
    return fail(ErrorCode::invalid_token, "This outcome was not made for this page.");
}

}  // namespace

std::string return_url(const keys::KeyRing& keys, const interaction::RedirectFragment& ends,
                       const Secret& message, Timestamp now) {
    // "{unix seconds}\n{message}"
    std::string text = std::to_string(to_unix(now)) + '\n';
    text += message.reveal();
    const Secret plain(std::move(text));
    std::string sealed;
    keys.seal(keys::Purpose::cookie, plain.reveal_bytes(),
              as_bytes(associated_data(ends.origin, ends.code_challenge)), sealed);
    return ends.return_to + "#latchkey_flow=" + ends.flow +
           "&latchkey_result=" + to_base64url(as_bytes(sealed));
}

Result<Secret> open_returned(const keys::KeyRing& keys, const ReturnedOutcome& returned,
                             Timestamp now) {
    const auto sealed = from_base64url(returned.sealed);
    if (!sealed || sealed->empty()) return not_ours();
    // RFC 7636 4.6: BASE64URL-ENCODE(SHA256(ASCII(code_verifier))) == code_challenge
    const std::string challenge = to_base64url(crypto::sha256(returned.code_verifier));
    const auto opened = keys.open(keys::Purpose::cookie, *sealed,
                                  as_bytes(associated_data(returned.origin, challenge)));
    if (!opened) return not_ours();
    const std::string_view text = opened->reveal();
    const std::size_t newline = text.find('\n');
    if (newline == std::string_view::npos) return not_ours();
    std::int64_t made_at = 0;
    std::from_chars(text.data(), text.data() + newline, made_at);
    if (from_unix(made_at) + returned_outcome_lifetime <= now) {
        return fail(ErrorCode::expired, "This outcome came too late.");
    }
    return Secret(std::string(text.substr(newline + 1)));
}

}  // namespace latchkey::endpoints
