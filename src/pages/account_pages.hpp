#pragma once

// The account's pages, from what they show to a response. They decide nothing.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "http/message.hpp"
#include "model/scope_registry.hpp"
#include "pages/flash.hpp"
#include "pages/page.hpp"
#include "pages/visitor.hpp"
#include "store/connections.hpp"
#include "webauthn/passkeys.hpp"

namespace latchkey::pages {

enum class AppsPosition : std::uint8_t { first_page, later_page };

struct AccountView {
    PageContext context;
    const ScopeRegistry& scopes;
    const Visitor& visitor;
    Flash flash = Flash::nothing;
    std::vector<store::ConnectedApp> apps = {};
    AppsPosition position = AppsPosition::first_page;
    std::optional<ClientId> next_apps = std::nullopt;  // where the next page begins
    std::vector<BrowserSessionRecord> sessions = {};
    std::vector<webauthn::Passkey> passkeys = {};
    const webauthn::RelyingParty* party = nullptr;  // null: no passkeys here
    std::string passkey_challenge = {};             // empty: sign in again first
};
[[nodiscard]] http::Response account_page(const AccountView& view);

/// Asks for the code that went to the new address.
struct EmailChange {
    std::string_view email;
    enum class LastTry : std::uint8_t { none, wrong };
    LastTry last_try = LastTry::none;
};
[[nodiscard]] http::Response account_email_page(const PageContext& context, const Visitor& visitor,
                                                const EmailChange& change);

[[nodiscard]] http::Response account_delete_page(const PageContext& context,
                                                 const Visitor& visitor);
[[nodiscard]] http::Response account_deleted_page(const PageContext& context);

}  // namespace latchkey::pages
