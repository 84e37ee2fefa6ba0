// The person's browsers: signing one out, all others, or this one.

#include "people/sessions.hpp"
#include "audit/audit.hpp"
#include "base/text/text.hpp"
#include "endpoints/account/flow.hpp"
#include "endpoints/forms.hpp"
#include "store/browser_sessions.hpp"

namespace latchkey::endpoints {
namespace {

Result<http::Response> end_session(const AccountForm& form, database::WriteTransaction& tx) {
    const auto id = SessionId::from_text(form.field("session"));
    if (!id) return back_to_account(pages::Flash::nothing);
    // Found by person and id: nobody can name another's session.
    (void)TRY(store::delete_session_of(tx, form.visitor.user.id, *id));
    TRY(form.audit(tx, audit::Event::session_ended));
    return back_to_account(pages::Flash::session_ended);
}

Result<http::Response> end_others(const AccountForm& form, database::WriteTransaction& tx) {
    (void)TRY(
        store::delete_other_sessions(tx, form.visitor.user.id, form.visitor.session.session_hash));
    TRY(form.audit(tx, audit::Event::session_ended));
    return back_to_account(pages::Flash::session_ended);
}

Result<http::Response> sign_out(const AccountForm& form, database::WriteTransaction& tx) {
    (void)TRY(people::end_session(tx, form.parts.realm.id(), form.visitor.session_secret));
    TRY(form.audit(tx, audit::Event::session_ended));
    return to_sign_in().with("Set-Cookie",
                             http::expire_cookie(people::session_cookie, http::SameSite::lax,
                                                 transport_of(form.parts.realm)));
}

}  // namespace

http::Handler account_end_session(SignInParts parts) {
    return account_form(parts, Freshness::any, end_session);
}
http::Handler account_end_others(SignInParts parts) {
    return account_form(parts, Freshness::any, end_others);
}
http::Handler account_sign_out(SignInParts parts) {
    return account_form(parts, Freshness::any, sign_out);
}

}  // namespace latchkey::endpoints
