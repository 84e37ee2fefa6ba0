// The person's passkeys: adding one, giving it a name, removing it.

#include "webauthn/passkeys.hpp"
#include "audit/audit.hpp"
#include "base/text/text.hpp"
#include "endpoints/account/flow.hpp"
#include "store/passkeys.hpp"

namespace latchkey::endpoints {
namespace {

constexpr std::string_view unnamed = "Passkey";

/// What is wrong with the answer is told to the person; what is wrong with us is an error.
bool is_refusal(const Error& error) {
    switch (class_of(error.code)) {
        case ErrorClass::caller:
        case ErrorClass::conflict: return true;  // the passkey is there already
        case ErrorClass::busy:
        case ErrorClass::broken: return false;
    }
    return false;
}

Result<http::Response> add_passkey(const AccountForm& form, database::WriteTransaction& tx) {
    const auto client_data = from_base64url(form.field("passkey_client_data"));
    const auto attestation = from_base64url(form.field("passkey_attestation_object"));
    if (!client_data || !attestation) return back_to_account(pages::Flash::passkey_refused);
    const auto added = form.parts.passkeys.add(tx,
                                               {form.visitor.user.id,
                                                form.visitor.session_secret,
                                                form.form.find_given("name").value_or(unnamed),
                                                {*client_data, *attestation}},
                                               form.now);
    if (!added && !is_refusal(added.error())) return Failure(added.error());
    if (added) TRY(form.audit(tx, audit::Event::passkey_added));
    return back_to_account(added ? pages::Flash::passkey_added : pages::Flash::passkey_refused);
}

Result<http::Response> rename_passkey(const AccountForm& form, database::WriteTransaction& tx) {
    const auto id = from_base64url(form.field("passkey"));
    if (!id) return back_to_account(pages::Flash::nothing);
    const auto renamed =
        form.parts.passkeys.rename(tx, form.visitor.user.id, *id, form.field("name"));
    if (!renamed && renamed.error().code == ErrorCode::not_found) {
        return back_to_account(pages::Flash::nothing);
    }
    if (!renamed && is_refusal(renamed.error())) return back_to_account(pages::Flash::bad_name);
    TRY(renamed);
    return back_to_account(pages::Flash::passkey_renamed);
}

Result<http::Response> remove_passkey(const AccountForm& form, database::WriteTransaction& tx) {
    const auto id = from_base64url(form.field("passkey"));
    if (!id) return back_to_account(pages::Flash::nothing);
    const bool removed = TRY(store::delete_passkey(tx, form.visitor.user.id, *id));
    if (removed) TRY(form.audit(tx, audit::Event::passkey_removed));
    return back_to_account(pages::Flash::passkey_removed);
}

}  // namespace

http::Handler account_add_passkey(SignInParts parts) {
    return account_form(parts, Freshness::fresh, add_passkey);
}
http::Handler account_rename_passkey(SignInParts parts) {
    return account_form(parts, Freshness::any, rename_passkey);
}
http::Handler account_remove_passkey(SignInParts parts) {
    return account_form(parts, Freshness::fresh, remove_passkey);
}

}  // namespace latchkey::endpoints
