// Write paths of the account page, from the form to the store.

#include "base/text/text.hpp"
#include "grants/exchange.hpp"
#include "tests/faults/statements/page_scene.hpp"

namespace latchkey::testing {
namespace {

using endpoints::FormFields;
using endpoints::Shown;
using testing::must;

constexpr std::string_view ada = "ada@example.com";

PageScene& open_page(FaultWorld& world) {
    world.page = std::make_shared<PageScene>(world);
    return *world.page;
}

Result<void> send(FaultWorld& world) { return world.page->send(); }

/// A form that is on the account page as it is at first.
WritePath on_account_page(std::string name, std::string path, FormFields fields = {}) {
    return {std::move(name),
            [path = std::move(path), fields = std::move(fields)](FaultWorld& world) {
                PageScene& page = open_page(world);
                page.choose(page.open_account(ada), path, fields);
            },
            send};
}

/// One key for all worlds: its public half is in the store.
const webauthn::SoftAuthenticator& device() {
    static const webauthn::SoftAuthenticator key;
    return key;
}

FormFields new_passkey(const Shown& page) {
    const auto answer = device().create(page.between("\"challenge\":\"", "\""));
    return {{"name", "Blue key"},
            {"passkey_client_data", to_base64url(answer.client_data)},
            {"passkey_attestation_object", to_base64url(answer.attestation_object)}};
}

Shown add_passkey(PageScene& page) {
    const Shown account = page.open_account(ada);
    return page.browser.submit(account, "/account/passkeys/add", new_passkey(account));
}

/// Signed in in two browsers; the form ends the other's session.
void prepare_two_browsers(FaultWorld& world, const std::string& path) {
    PageScene& page = open_page(world);
    (void)page.open_account(ada);
    page.browser.cookies.clear();
    (void)page.open_account(ada);
    const Shown account = page.browser.get("/account");
    page.choose(account, path, {{"session", account.hidden("session")}});
}

void prepare_connected(FaultWorld& world, const std::string& form) {
    PageScene& page = open_page(world);
    const Shown asked = page.sign_in(ada, page.sign_in_url("email"));
    const Shown done = page.browser.submit(asked, "/sign-in/consent", {{"action", "agree"}});
    const std::string token = done.between("\"shopConsentToken\":\"", "\"");
    constexpr audit::Context by{audit::Actor::client(), "r", "192.0.2.1"};
    (void)must(commit(world, [&](auto& tx) {
        return grants::fetch_tokens_for_user(world.act(by), tx, world.app, {token, std::nullopt});
    }));
    if (form == "/account/delete") {
        page.choose(page.browser.get("/account/delete"), form, {{"understood", "1"}});
    } else {
        page.choose(page.browser.get("/account"), form, {{"client_id", world.app.id.text()}});
    }
}

}  // namespace

std::vector<WritePath> account_paths() {
    return {
        on_account_page("AccountDetails", "/account/details",
                        {{"given_name", "Ada"}, {"family_name", "Lovelace"}}),
        on_account_page("AccountEmail", "/account/email", {{"email", "countess@example.com"}}),
        {"AccountEmailCode",
         [](FaultWorld& world) {
             PageScene& page = open_page(world);
             const Shown asked = page.browser.submit(page.open_account(ada), "/account/email",
                                                     {{"email", "countess@example.com"}});
             page.choose(asked, "/account/email/code", {{"code", world.outbox.code}});
         },
         send},
        {"AccountAddPasskey",
         [](FaultWorld& world) {
             PageScene& page = open_page(world);
             const Shown account = page.open_account(ada);
             page.choose(account, "/account/passkeys/add", new_passkey(account));
         },
         send},
        {"AccountRenamePasskey",
         [](FaultWorld& world) {
             PageScene& page = open_page(world);
             page.choose(add_passkey(page), "/account/passkeys/rename",
                         {{"passkey", to_base64url(device().credential_id)}, {"name", "Red key"}});
         },
         send},
        {"AccountRemovePasskey",
         [](FaultWorld& world) {
             PageScene& page = open_page(world);
             page.choose(add_passkey(page), "/account/passkeys/remove",
                         {{"passkey", to_base64url(device().credential_id)}});
         },
         send},
        {"AccountEndSession",
         [](FaultWorld& world) { prepare_two_browsers(world, "/account/sessions/end"); }, send},
        {"AccountEndOtherSessions",
         [](FaultWorld& world) { prepare_two_browsers(world, "/account/sessions/end-others"); },
         send},
        on_account_page("AccountSignOut", "/account/sign-out"),
        on_account_page("AccountData", "/account/data"),
        {"AccountDisconnect",
         [](FaultWorld& world) { prepare_connected(world, "/account/apps/disconnect"); }, send},
        {"AccountDelete", [](FaultWorld& world) { prepare_connected(world, "/account/delete"); },
         send},
    };
}

}  // namespace latchkey::testing
