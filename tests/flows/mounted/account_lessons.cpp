#include <algorithm>

#include "base/text/text.hpp"
#include "tests/flows/mounted/lessons.hpp"
#include "webauthn/authenticator_test.hpp"

namespace latchkey::testing {
namespace {

const Withdrawal session{"the session",
                         [](Scene& scene) { scene.execute("DELETE FROM browser_sessions"); },
                         {303, "/sign-in?for=account"}};

Lesson page(std::string name, std::string_view path, std::string shows) {
    return {.name = std::move(name),
            .method = http::Method::get,
            .pattern = path,
            .half = Half::reads,
            .prepare =
                [path](Scene& scene) {
                    (void)scene.open_account();
                    return scene.page(std::string(path));
                },
            .answer = {200, std::move(shows)},
            .withdrawals = {session}};
}

using Prepare = std::function<Sent(Scene&)>;

Lesson form(std::string name, std::string_view path, Expected answer, Prepare prepare) {
    return {.name = std::move(name),
            .method = http::Method::post,
            .pattern = path,
            .half = Half::writes,
            .prepare = std::move(prepare),
            .answer = std::move(answer),
            .withdrawals = {session}};
}

/// A form that is on the account page as it is at first.
Lesson first_form(std::string name, std::string_view path, Expected answer, Fields fields = {}) {
    return form(std::move(name), path, std::move(answer),
                [path, fields = std::move(fields)](Scene& scene) {
                    return scene.form(scene.open_account(), std::string(path), fields);
                });
}

const webauthn::SoftAuthenticator& device() {
    static const webauthn::SoftAuthenticator key;
    return key;
}

Fields new_passkey(const Shown& account) {
    const auto answer = device().create(account.between("\"challenge\":\"", "\""));
    return {{"name", "Blue key"},
            {"passkey_client_data", to_base64url(answer.client_data)},
            {"passkey_attestation_object", to_base64url(answer.attestation_object)}};
}

/// A form of the one passkey there is.
Prepare of_passkey(std::string path, Fields fields = {}) {
    return [path = std::move(path), fields = std::move(fields)](Scene& scene) {
        const Shown account = scene.open_account();
        const Shown added = scene.submit(account, "/account/passkeys/add", new_passkey(account));
        Fields named = fields;
        named["passkey"] = to_base64url(device().credential_id);
        return scene.form(added, path, named);
    };
}

/// A form that ends the session of another browser.
Prepare of_two_browsers(std::string path) {
    return [path = std::move(path)](Scene& scene) {
        (void)scene.open_account();
        scene.cookies.clear();
        const Shown account = scene.open_account();
        return scene.form(account, path, {{"session", account.hidden("session")}});
    };
}

Sent proof_of_new_address(Scene& scene) {
    const Shown asked =
        scene.submit(scene.open_account(), "/account/email", {{"email", "countess@example.com"}});
    return scene.form(asked, "/account/email/code", {{"code", scene.newest_code()}});
}

}  // namespace

std::vector<Lesson> account_lessons() {
    std::vector<Lesson> lessons = {
        page("Account", "/account", "Your account"),
        {.name = "AccountEmailPage",
         .method = http::Method::get,
         .pattern = "/account/email",
         .half = Half::reads,
         .prepare =
             [](Scene& scene) {
                 (void)proof_of_new_address(scene);
                 return scene.page("/account/email");
             },
         .answer = {200, "name=\"code\""},
         .withdrawals = {session}},
        page("AccountDeletePage", "/account/delete", "Delete your account?"),
        form("Disconnect", "/account/apps/disconnect", {303, "said=disconnected"},
             [](Scene& scene) {
                 (void)scene.exchange();
                 return scene.form(scene.get("/account"), "/account/apps/disconnect",
                                   {{"client_id", scene.app.client_id}});
             }),
        first_form("Details", "/account/details", {303, "said=saved"}, {{"given_name", "Augusta"}}),
        first_form("NewAddress", "/account/email", {303, "/account/email"},
                   {{"email", "countess@example.com"}}),
        form("ProveNewAddress", "/account/email/code", {303, "said=email_changed"},
             proof_of_new_address),
        form("AddPasskey", "/account/passkeys/add", {303, "said=passkey"},
             [](Scene& scene) {
                 const Shown account = scene.open_account();
                 return scene.form(account, "/account/passkeys/add", new_passkey(account));
             }),
        form("RenamePasskey", "/account/passkeys/rename", {303, "said="},
             of_passkey("/account/passkeys/rename", {{"name", "Red key"}})),
        form("RemovePasskey", "/account/passkeys/remove", {303, "said="},
             of_passkey("/account/passkeys/remove")),
        form("EndSession", "/account/sessions/end", {303, "said="},
             of_two_browsers("/account/sessions/end")),
        form("EndOtherSessions", "/account/sessions/end-others", {303, "said="},
             of_two_browsers("/account/sessions/end-others")),
        first_form("SignOut", "/account/sign-out", {303, "Max-Age=0"}),
        first_form("Download", "/account/data", {200, "\"email\":\"ada@example.com\""}),
        form("DeleteAccount", "/account/delete", {200, "Your account is deleted"},
             [](Scene& scene) {
                 (void)scene.exchange();
                 return scene.form(scene.get("/account/delete"), "/account/delete",
                                   {{"understood", "1"}});
             }),
    };
    std::ranges::find(lessons, "ProveNewAddress", &Lesson::name)
        ->withdrawals.push_back(
            {"the code",
             [](Scene& scene) { scene.execute("DELETE FROM email_challenges"); },
             {303, "said=code_used_up"},
             {"rate_counters"},
             "code"});
    return lessons;
}

}  // namespace latchkey::testing
