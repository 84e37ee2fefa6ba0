// POST /account/apps/disconnect: everything the app holds stops working at its next use.

#include "endpoints/account/flow.hpp"
#include "endpoints/forms.hpp"
#include "grants/connections.hpp"

namespace latchkey::endpoints {
namespace {

Result<http::Response> disconnect(const AccountForm& form, database::WriteTransaction& tx) {
    const auto client_id = ClientId::from_text(form.field("client_id"));
    if (!client_id) return back_to_account(pages::Flash::nothing);
    const grants::ConnectionKey key{form.visitor.user.id, *client_id};
    const audit::Context by = source_of(form.request);
    const realm::Act act{form.parts.realm, form.parts.ports.random, form.now, by};
    (void)TRY(grants::revoke_connection(act, tx, key));
    return back_to_account(pages::Flash::disconnected);
}

}  // namespace

http::Handler account_disconnect(SignInParts parts) {
    return account_form(parts, Freshness::any, disconnect);
}

}  // namespace latchkey::endpoints
