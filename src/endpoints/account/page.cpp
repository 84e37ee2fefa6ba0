// GET /account

#include "base/text/text.hpp"
#include "endpoints/account/flow.hpp"
#include "endpoints/forms.hpp"
#include "pages/account_pages.hpp"
#include "store/browser_sessions.hpp"
#include "store/connections.hpp"

namespace latchkey::endpoints {
namespace {

constexpr int shown_sessions = 50;

/// The page of apps that the query asks for: one more row than is shown says that there are more.
Result<void> read_apps(database::ReadTransaction& tx, const http::Form& query, UserId user_id,
                       pages::AccountView& view) {
    const auto after = ClientId::from_text(query.find("after").value_or(""));
    view.apps = TRY(store::list_connected_apps(tx, user_id, after, account_apps_page + 1));
    view.position = after ? pages::AppsPosition::later_page : pages::AppsPosition::first_page;
    if (view.apps.size() > account_apps_page) {
        view.apps.pop_back();
        view.next_apps = view.apps.back().connection.client_id;
    }
    return {};
}

Result<http::Response> show_account(const SignInParts& parts, database::ReadTransaction& tx,
                                    const http::Request& request, const pages::Visitor& visitor) {
    const http::Form query = TRY(http::parse_query(request));
    const SignInParts& with = parts;
    const Timestamp now = with.ports.clock.now();
    pages::AccountView view{.context = page_context_for(parts, request),
                            .scopes = with.realm.scopes,
                            .visitor = visitor,
                            .flash = pages::parse_flash(query.find("said").value_or(""))};
    TRY(read_apps(tx, query, visitor.user.id, view));
    view.sessions = TRY(store::list_sessions(tx, visitor.user.id, now, shown_sessions));
    view.passkeys = TRY(parts.passkeys.list(tx, visitor.user.id));
    view.party = parts.passkeys.enabled() ? &parts.passkeys.party() : nullptr;
    // An authenticator is asked only where the answer would be taken.
    if (parts.passkeys.enabled() && visitor.is_fresh(now)) {
        view.passkey_challenge =
            parts.passkeys.registration_challenge(visitor.session_secret, visitor.user.id, now);
    }
    return pages::account_page(view);
}

}  // namespace

http::Handler account_page(SignInParts parts) { return account_show(parts, show_account); }

}  // namespace latchkey::endpoints
