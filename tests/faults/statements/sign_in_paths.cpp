// Write paths of the sign-in pages, from the form to the store.

#include "base/text/text.hpp"
#include "testing/transactions.hpp"
#include "tests/faults/statements/page_scene.hpp"

namespace latchkey::testing {
namespace {

using endpoints::Shown;
using testing::must;

PageScene& open_page(FaultWorld& world) {
    world.page = std::make_shared<PageScene>(world);
    return *world.page;
}

Result<void> send(FaultWorld& world) { return world.page->send(); }

Shown ask_for_code(PageScene& page, const std::string& email) {
    return page.browser.submit(page.browser.get(page.sign_in_url("email profile")),
                               "/sign-in/email", {{"email", email}});
}

/// The code page of somebody, to be answered with the code of the mail or with another.
WritePath code_path(std::string name, std::string email, std::string code = {}) {
    return {std::move(name),
            [email = std::move(email), code = std::move(code)](FaultWorld& world) {
                PageScene& page = open_page(world);
                const Shown asked = ask_for_code(page, email);
                page.choose(asked, "/sign-in/code",
                            {{"code", code.empty() ? world.outbox.code : code}});
            },
            send};
}

void prepare_passkey(FaultWorld& world) {
    static const webauthn::SoftAuthenticator device;
    PageScene& page = open_page(world);
    const auto answer =
        device.create(page.passkeys.registration_challenge("any", world.user, world.now()));
    const auto tx = must(begin_write(*world.database));
    must(page.passkeys.add(
        *tx, {world.user, "any", "Key", {answer.client_data, answer.attestation_object}},
        world.now()));
    must(tx->commit());
    const Shown shown = page.browser.get(page.sign_in_url("email"));
    webauthn::SoftAuthenticator used = device;
    ++used.count;
    const auto assertion = used.get(shown.between("\"challenge\":\"", "\""));
    page.choose(shown, "/sign-in/passkey",
                {{"passkey_credential_id", to_base64url(used.credential_id)},
                 {"passkey_client_data", to_base64url(assertion.client_data)},
                 {"passkey_authenticator_data", to_base64url(assertion.authenticator_data)},
                 {"passkey_signature", to_base64url(assertion.signature)},
                 {"passkey_user_handle", to_base64url(world.user.span())}});
}

}  // namespace

std::vector<WritePath> sign_in_paths() {
    return {
        {"SignInAskForCode",
         [](FaultWorld& world) {
             PageScene& page = open_page(world);
             page.choose(page.browser.get(page.sign_in_url("email")), "/sign-in/email",
                         {{"email", "ada@example.com"}});
         },
         send},
        code_path("SignInCodeOfSomebodyNew", "ada@example.com"),
        code_path("SignInCodeOfSomebodyKnown", "jo@example.com"),
        code_path("SignInWrongCode", "jo@example.com", "000000"),
        {"SignInPasskey", prepare_passkey, send},
        {"SignInName",
         [](FaultWorld& world) {
             PageScene& page = open_page(world);
             const Shown asked = page.sign_in("ada@example.com", page.sign_in_url("email profile"));
             page.choose(asked, "/sign-in/name", {{"given_name", "Ada"}, {"action", "save"}});
         },
         send},
        {"SignInConsent",
         [](FaultWorld& world) {
             PageScene& page = open_page(world);
             const Shown asked = page.sign_in("jo@example.com", page.sign_in_url("email"));
             page.choose(asked, "/sign-in/consent", {{"action", "agree"}});
         },
         send},
    };
}

}  // namespace latchkey::testing
