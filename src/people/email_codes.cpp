#include "people/email_codes.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "crypto/constant_time.hpp"
#include "crypto/digest.hpp"
#include "people/contact.hpp"
#include "store/email_challenges.hpp"

namespace latchkey::people {
namespace {

constexpr std::uint32_t code_count = 1'000'000;  // 10 ^ code_digits
// Draws at or above the largest multiple of code_count are drawn again: no digit is likelier.
constexpr std::uint32_t fair_draws = UINT32_MAX - UINT32_MAX % code_count;

Bytes to_bytes(ByteView view) { return {view.begin(), view.end()}; }

Failure too_often() {
    return fail(ErrorCode::rate_limited, "Too many codes were asked for. Try again later.");
}

/// What people type around the digits goes; anything else makes it a wrong code.
std::string digits_of(std::string_view typed) {
    std::string digits;
    for (const char c : typed.substr(0, 32)) {
        if (c != ' ' && c != '-') digits.push_back(c);
    }
    return digits;
}

}  // namespace

std::string EmailCodes::make_code() {
    std::uint32_t draw = UINT32_MAX;
    while (draw >= fair_draws) {
        std::array<std::uint8_t, 4> raw{};
        services_.random.fill(raw);
        draw = (std::uint32_t{raw[0]} << 24U) | (std::uint32_t{raw[1]} << 16U) |
               (std::uint32_t{raw[2]} << 8U) | raw[3];
    }
    std::string code(code_digits, '0');
    for (std::uint32_t rest = draw % code_count, at = code_digits; at-- > 0; rest /= 10) {
        code[at] = static_cast<char>('0' + rest % 10);
    }
    return code;
}

Bytes EmailCodes::hash_code(ChallengeId id, std::string_view code) const {
    std::string message(as_text(id.span()));
    message += code;
    return services_.keys.keyed_hash(keys::Purpose::sign_in, as_bytes(message));
}

Result<bool> EmailCodes::count_code(database::WriteTransaction& tx, const CodeRequest& request,
                                    Timestamp now) {
    const std::string mailbox = email_lookup_form(request.email);
    const std::array<RatedEvent, 3> events{{{codes_per_peer, request.peer_address},
                                            {codes_per_address, mailbox},
                                            {codes_per_address_daily, mailbox}}};
    for (const RatedEvent& event : events) {
        const bool within = TRY(is_within_limit(tx, services_.keys, event, now));
        if (!within) return false;
    }
    return true;
}

Result<ChallengeId> EmailCodes::start(database::WriteTransaction& tx, const CodeRequest& request,
                                      Timestamp now) {
    const bool within = TRY(count_code(tx, request, now));
    if (!within) return too_often();
    const std::string code = make_code();
    SignInChallengeRecord challenge;
    challenge.id = make_id<ChallengeId>(services_.random);
    challenge.realm_id = services_.keys.realm();
    challenge.browser_hash = to_bytes(crypto::sha256(request.browser_secret));
    std::string sealed;
    services_.keys.seal(keys::Purpose::sign_in, as_bytes(request.email), challenge.id.span(),
                        sealed);
    challenge.sealed_email = to_bytes(as_bytes(sealed));
    challenge.code_hash = hash_code(challenge.id, code);
    challenge.created_at = now;
    challenge.expires_at = now + code_lifetime;
    TRY(store::insert_challenge(tx, challenge));

    const std::string link =
        request.link_to_code.empty() ? std::string() : std::string(request.link_to_code) + code;
    const CodeMail mail{request.email,    code,           link,
                        request.app_name, request.locale, challenge.expires_at,
                        request.occasion};
    TRY(services_.mailer.enqueue(tx, mail, now));
    return challenge.id;
}

Result<CheckedCode> EmailCodes::check(database::WriteTransaction& tx, const CodeAnswer& answer,
                                      Timestamp now) {
    const bool within =
        TRY(is_within_limit(tx, services_.keys, {tries_per_peer, answer.peer_address}, now));
    if (!within) {
        return fail(ErrorCode::rate_limited, "Too many tries. Try again later.");
    }
    const CheckedCode used_up{CodeVerdict::used_up, {}};
    // The try is counted before anything is compared, in one statement: parallel guesses each
    // find their own number, and no guess is free.
    const auto challenge =
        TRY(store::count_challenge_try(tx, services_.keys.realm(), answer.challenge_id));
    if (!challenge || challenge->tries > max_code_tries || challenge->expires_at <= now) {
        return used_up;
    }
    const auto browser_hash = crypto::sha256(answer.browser_secret);
    if (!crypto::equal_constant_time(challenge->browser_hash, browser_hash)) return used_up;

    const Bytes code_hash = hash_code(challenge->id, digits_of(answer.code));
    if (!crypto::equal_constant_time(challenge->code_hash, code_hash)) {
        const bool last = challenge->tries == max_code_tries;
        return last ? used_up : CheckedCode{CodeVerdict::wrong, {}};
    }
    const bool first = TRY(store::consume_challenge(tx, challenge->id));
    if (!first) return used_up;
    const Secret email = TRY(
        services_.keys.open(keys::Purpose::sign_in, challenge->sealed_email, challenge->id.span()));
    return CheckedCode{CodeVerdict::right, std::string(email.reveal())};
}

}  // namespace latchkey::people
