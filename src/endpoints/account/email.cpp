// Changing the e-mail address: a code goes to the new one, and only the right code makes it theirs.
// Whether another person has the address is known only to who can read its mail.

#include <algorithm>

#include "audit/audit.hpp"
#include "base/text/text.hpp"
#include "endpoints/account/flow.hpp"
#include "endpoints/forms.hpp"
#include "pages/account_pages.hpp"
#include "people/contact.hpp"
#include "people/email_codes.hpp"

namespace latchkey::endpoints {
namespace {

constexpr std::string_view cookie_name = "email-change";
constexpr http::SameSite same_site = http::SameSite::strict;
constexpr std::size_t challenge_characters = 32;

/// What waits for its code, sealed into a cookie for this session alone.
struct PendingChange {
    ChallengeId challenge_id;
    std::string email;
    enum class LastTry : char { none = '0', wrong = '1' };
    LastTry last_try = LastTry::none;
};

std::string associated_data(const pages::Visitor& visitor) {
    return "email-change\n" + to_hex(visitor.session.session_hash);
}

std::string keep_cookie(const SignInParts& parts, const pages::Visitor& visitor,
                        const PendingChange& pending) {
    const Secret plain(pending.challenge_id.text() + static_cast<char>(pending.last_try) +
                       pending.email);
    std::string sealed;
    parts.realm.keys.seal(keys::Purpose::cookie, plain.reveal_bytes(),
                          as_bytes(associated_data(visitor)), sealed);
    const std::string value = to_base64url(as_bytes(sealed));
    return http::set_cookie({cookie_name, value, same_site, people::code_lifetime},
                            transport_of(parts.realm));
}

std::string drop_cookie(const SignInParts& parts) {
    return http::expire_cookie(cookie_name, same_site, transport_of(parts.realm));
}

std::optional<PendingChange> find_pending(const SignInParts& parts, const pages::Visitor& visitor,
                                          const http::Request& request) {
    const auto cookie = http::find_cookie(request, cookie_name, transport_of(parts.realm));
    const auto sealed = from_base64url(cookie.value_or(""));
    if (!sealed || sealed->empty()) return std::nullopt;
    const auto plain =
        parts.realm.keys.open(keys::Purpose::cookie, *sealed, as_bytes(associated_data(visitor)));
    if (!plain || plain->size() <= challenge_characters + 1) return std::nullopt;
    const std::string_view text = plain->reveal();
    const auto challenge_id = ChallengeId::from_text(text.substr(0, challenge_characters));
    if (!challenge_id) return std::nullopt;
    PendingChange pending;
    pending.challenge_id = *challenge_id;
    const bool wrong = text[challenge_characters] == '1';
    pending.last_try = wrong ? PendingChange::LastTry::wrong : PendingChange::LastTry::none;
    pending.email = text.substr(challenge_characters + 1);
    return pending;
}

http::Response to_code_page() {
    return http::see_other("/account/email").with("Cache-Control", "no-store");
}

Result<http::Response> send_code(const AccountForm& form, database::WriteTransaction& tx) {
    const SignInParts& parts = form.parts;
    const auto email = people::parse_email(form.field("email"));
    if (!email) return back_to_account(pages::Flash::bad_email);
    const people::CodeRequest wanted{.email = *email,
                                     .browser_secret = form.visitor.session_secret,
                                     .peer_address = form.request.peer_address,
                                     .app_name = parts.realm.brand.name,
                                     .locale = texts_for(form.request).locale(),
                                     .occasion = people::CodeMail::Occasion::change_of_address};
    const auto challenge = parts.codes.start(tx, wanted, form.now);
    if (!challenge && challenge.error().code == ErrorCode::rate_limited) {
        return back_to_account(pages::Flash::too_often);
    }
    if (!challenge) return Failure(challenge.error());
    return to_code_page().with("Set-Cookie",
                               keep_cookie(parts, form.visitor, {*challenge, *email}));
}

Result<http::Response> show_code_page(const SignInParts& parts, database::ReadTransaction& /*tx*/,
                                      const http::Request& request, const pages::Visitor& visitor) {
    const auto pending = find_pending(parts, visitor, request);
    if (!pending) return back_to_account(pages::Flash::nothing);
    const bool wrong = pending->last_try == PendingChange::LastTry::wrong;
    return pages::account_email_page(page_context_for(parts, request), visitor,
                                     {pending->email, wrong ? pages::EmailChange::LastTry::wrong
                                                            : pages::EmailChange::LastTry::none});
}

Result<http::Response> change_address(const AccountForm& form, database::WriteTransaction& tx,
                                      std::string email) {
    const SignInParts& with = form.parts;
    Profile profile = form.visitor.user.profile;
    profile.email = std::move(email);
    profile.email_verified = true;
    const auto changed = people::update_user(tx, with.realm.keys, with.ports.random,
                                             form.visitor.user.id, std::move(profile), form.now);
    const bool taken = !changed && changed.error().code == ErrorCode::conflict;
    if (!changed && !taken) return Failure(changed.error());
    if (changed) TRY(form.audit(tx, audit::Event::email_changed));
    return back_to_account(taken ? pages::Flash::email_taken : pages::Flash::email_changed)
        .with("Set-Cookie", drop_cookie(form.parts));
}

Result<http::Response> check_code(const AccountForm& form, database::WriteTransaction& tx) {
    auto pending = find_pending(form.parts, form.visitor, form.request);
    if (!pending) return back_to_account(pages::Flash::nothing);
    const auto checked =
        form.parts.codes.check(tx,
                               {pending->challenge_id, form.field("code"),
                                form.visitor.session_secret, form.request.peer_address},
                               form.now);
    if (!checked && checked.error().code == ErrorCode::rate_limited) {
        return back_to_account(pages::Flash::too_often);
    }
    if (!checked) return Failure(checked.error());
    if (checked->verdict == people::CodeVerdict::right) {
        return change_address(form, tx, checked->email);
    }
    if (checked->verdict == people::CodeVerdict::used_up) {
        return back_to_account(pages::Flash::code_used_up)
            .with("Set-Cookie", drop_cookie(form.parts));
    }
    pending->last_try = PendingChange::LastTry::wrong;
    return to_code_page().with("Set-Cookie", keep_cookie(form.parts, form.visitor, *pending));
}

}  // namespace

http::Handler account_email(SignInParts parts) {
    return account_form(parts, Freshness::fresh, send_code);
}
http::Handler account_email_page(SignInParts parts) { return account_show(parts, show_code_page); }
http::Handler account_email_code(SignInParts parts) {
    return account_form(parts, Freshness::any, check_code);
}

}  // namespace latchkey::endpoints
