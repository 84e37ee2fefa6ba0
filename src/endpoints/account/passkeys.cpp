// The person's passkeys: adding one, giving it a name, removing it.

#include "webauthn/passkeys.hpp"
#include "audit/audit.hpp"
#include "base/text.hpp"
#include "endpoints/account/flow.hpp"
#include "store/passkeys.hpp"

namespace latchkey::endpoints {
namespace {

constexpr std::string_view unnamed = "Passkey";

/// What is wrong with the answer is told to the person; what is wrong with us is an error.
bool is_refusal(ErrorCode code) {
    switch (code) {
        case ErrorCode::malformed:
        case ErrorCode::unsupported:
        case ErrorCode::invalid_token:
        case ErrorCode::invalid_argument:
        case ErrorCode::expired:
        case ErrorCode::conflict:
        case ErrorCode::too_large: return true;
        case ErrorCode::unauthenticated:
        case ErrorCode::forbidden:
        case ErrorCode::invalid_client:
        case ErrorCode::no_user:
        case ErrorCode::no_consent:
        case ErrorCode::wrong_code:
        case ErrorCode::rate_limited:
        case ErrorCode::not_found:
        case ErrorCode::reused:
        case ErrorCode::unavailable:
        case ErrorCode::serialization_failure:
        case ErrorCode::storage_full:
        case ErrorCode::storage_failed:
        case ErrorCode::storage_version:
        case ErrorCode::no_permission:
        case ErrorCode::address_in_use:
        case ErrorCode::internal: break;
    }
    return false;
}

Result<http::Response> add_passkey(const AccountForm& form) {
    const auto client_data = from_base64url(form.field("passkey_client_data"));
    const auto attestation = from_base64url(form.field("passkey_attestation_object"));
    if (!client_data || !attestation) return back_to_account(pages::Said::passkey_refused);
    const auto tx = TRY(form.services.delegation.database.write());
    const auto added = form.services.passkeys.add(*tx,
                                                  {form.visitor.user.id,
                                                   form.visitor.session_secret,
                                                   form.form.find_given("name").value_or(unnamed),
                                                   {*client_data, *attestation}},
                                                  form.now);
    if (!added && !is_refusal(added.error().code)) return Failure(added.error());
    if (added) TRY(form.audit(*tx, audit::Event::passkey_added));
    TRY(tx->commit());  // also a refusal: the challenge is answered
    return back_to_account(added ? pages::Said::passkey_added : pages::Said::passkey_refused);
}

Result<http::Response> rename_passkey(const AccountForm& form) {
    const auto id = from_base64url(form.field("passkey"));
    if (!id) return back_to_account(pages::Said::nothing);
    const auto tx = TRY(form.services.delegation.database.write());
    const auto renamed =
        form.services.passkeys.rename(*tx, form.visitor.user.id, *id, form.field("name"));
    if (!renamed && renamed.error().code == ErrorCode::not_found) {
        return back_to_account(pages::Said::nothing);
    }
    if (!renamed && is_refusal(renamed.error().code)) return back_to_account(pages::Said::bad_name);
    TRY(renamed);
    TRY(tx->commit());
    return back_to_account(pages::Said::passkey_renamed);
}

Result<http::Response> remove_passkey(const AccountForm& form) {
    const auto id = from_base64url(form.field("passkey"));
    if (!id) return back_to_account(pages::Said::nothing);
    const auto tx = TRY(form.services.delegation.database.write());
    const bool removed = TRY(store::delete_passkey(*tx, form.visitor.user.id, *id));
    if (removed) TRY(form.audit(*tx, audit::Event::passkey_removed));
    TRY(tx->commit());
    return back_to_account(pages::Said::passkey_removed);
}

}  // namespace

http::Handler account_add_passkey(SignInServices services) {
    return account_form(services, Freshness::fresh, add_passkey);
}
http::Handler account_rename_passkey(SignInServices services) {
    return account_form(services, Freshness::any, rename_passkey);
}
http::Handler account_remove_passkey(SignInServices services) {
    return account_form(services, Freshness::fresh, remove_passkey);
}

}  // namespace latchkey::endpoints
