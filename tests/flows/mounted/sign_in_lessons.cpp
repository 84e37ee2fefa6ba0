#include "base/text/text.hpp"
#include "crypto/digest.hpp"
#include "tests/flows/mounted/lessons.hpp"
#include "webauthn/authenticator_test.hpp"

namespace latchkey::testing {
namespace {

constexpr std::string_view cookie_alone =
    "what binds the form to the browser is sealed in its cookie: the store knows nothing of it";
constexpr std::string_view sealed_alone =
    "the outcome is sealed and opened by its verifier: the store knows nothing of it";
constexpr std::string_view all_scopes = "openid email profile";

const auto end_sessions = [](Scene& scene) { scene.execute("DELETE FROM browser_sessions"); };

Lesson form(std::string name, std::string_view path, std::string shows,
            std::function<Sent(Scene&)> prepare, std::vector<Withdrawal> withdrawals) {
    return {.name = std::move(name),
            .method = http::Method::post,
            .pattern = path,
            .half = Half::writes,
            .prepare = std::move(prepare),
            .answer = {303, std::move(shows)},
            .withdrawals = std::move(withdrawals)};
}

/// The answer of a passkey that Ada has added to her account.
Sent passkey_answer(Scene& scene) {
    const webauthn::SoftAuthenticator device;
    const Shown account = scene.open_account();
    const auto made = device.create(account.between("\"challenge\":\"", "\""));
    (void)scene.submit(account, "/account/passkeys/add",
                       {{"name", "Blue key"},
                        {"passkey_client_data", to_base64url(made.client_data)},
                        {"passkey_attestation_object", to_base64url(made.attestation_object)}});
    scene.cookies.clear();
    const Shown shown = scene.get(scene.sign_in_url("openid email"));
    webauthn::SoftAuthenticator used = device;
    ++used.count;
    const auto answer = used.get(shown.between("\"challenge\":\"", "\""));
    return scene.form(shown, "/sign-in/passkey",
                      {{"passkey_credential_id", to_base64url(used.credential_id)},
                       {"passkey_client_data", to_base64url(answer.client_data)},
                       {"passkey_authenticator_data", to_base64url(answer.authenticator_data)},
                       {"passkey_signature", to_base64url(answer.signature)},
                       {"passkey_user_handle", to_base64url(scene.ada.span())}});
}

/// The page that asks somebody new for a name.
Shown name_page(Scene& scene) {
    const Shown asked = scene.submit(scene.get(scene.sign_in_url(all_scopes)), "/sign-in/email",
                                     {{"email", "new@example.com"}});
    return scene.submit(asked, "/sign-in/code", {{"code", scene.newest_code()}});
}

std::vector<Lesson> forms() {
    std::vector<Lesson> lessons = {
        form("AskForCode", "/sign-in/email", "/sign-in?",
             [](Scene& scene) {
                 return scene.form(scene.get(scene.sign_in_url(all_scopes)), "/sign-in/email",
                                   {{"email", "new@example.com"}});
             },
             {}),
        form("GiveCode", "/sign-in/code", "/sign-in?",
             [](Scene& scene) {
                 const Shown asked = scene.ask_for_code(scene.sign_in_url(all_scopes));
                 return scene.form(asked, "/sign-in/code", {{"code", scene.newest_code()}});
             },
             {{"the code",
               [](Scene& scene) { scene.execute("DELETE FROM email_challenges"); },
               {303, "/sign-in?"},
               {"rate_counters"},
               "code"}}),
        form("UsePasskey", "/sign-in/passkey", "/sign-in?", passkey_answer,
             {{"the passkey",
               [](Scene& scene) { scene.execute("DELETE FROM passkeys"); },
               {303, "/sign-in?"},
               {"consumed_passkey_challenges"},
               "passkey_signature"}}),
        form("GiveName", "/sign-in/name", "/sign-in?",
             [](Scene& scene) {
                 return scene.form(name_page(scene), "/sign-in/name",
                                   {{"given_name", "Grace"}, {"action", "save"}});
             },
             {{"the session", end_sessions, {303, "/sign-in?"}}}),
        form("Consent", "/sign-in/consent", "/sign-in?",
             [](Scene& scene) {
                 return scene.form(scene.sign_in(scene.sign_in_url("openid email")),
                                   "/sign-in/consent", {{"action", "agree"}});
             },
             {{"the session", end_sessions, {303, "/sign-in?"}}}),
    };
    lessons.front().nothing_to_withdraw = cookie_alone;
    return lessons;
}

std::vector<Lesson> pages() {
    return {
        {.name = "SignInPage",
         .method = http::Method::get,
         .pattern = "/sign-in",
         .half = Half::reads,
         .prepare =
             [](Scene& scene) {
                 (void)scene.sign_in(scene.sign_in_url("openid email"));
                 return scene.page(scene.sign_in_url("openid email"));
             },
         .answer = {200, "action=\"/sign-in/consent"},
         .withdrawals = {{"the session", end_sessions, {200, "action=\"/sign-in/email"}}}},
        {.name = "SignInLink",
         .method = http::Method::get,
         .pattern = "/sign-in/link",
         .half = Half::reads,
         .prepare =
             [](Scene& scene) {
                 (void)scene.ask_for_code(scene.sign_in_url("openid email"));
                 std::string target = scene.sign_in_url("openid email");
                 return scene.page(target.insert(target.find('?'), "/link"));
             },
         .answer = {200, "Is it you?"},
         .nothing_to_withdraw = cookie_alone},
    };
}

constexpr std::string_view verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// From the app's own page.
Sent sdk_call(const Scene& scene, std::string target, const Fields& fields) {
    Sent sent = scene.oauth(std::move(target), fields);
    std::erase_if(sent.headers, [](const auto& each) { return each.first == "Authorization"; });
    sent.with("Origin", std::string(Scene::origin));
    for (const auto& [name, value] : scene.page("/").headers) {
        if (name == "Cookie") sent.with(name, value);
    }
    return sent;
}

Sent returned_outcome(Scene& scene) {
    const std::string url = scene.sign_in_url("openid email") + "&mode=redirect&return_to=" +
                            percent_encode(std::string(Scene::origin) + "/callback") +
                            "&code_challenge=" + to_base64url(crypto::sha256(verifier));
    const Shown done = scene.submit(scene.sign_in(url), "/sign-in/consent", {{"action", "agree"}});
    const std::string mark = "&latchkey_result=";
    return sdk_call(scene, "/sdk/result",
                    {{"result", done.location.substr(done.location.find(mark) + mark.size())},
                     {"code_verifier", std::string(verifier)}});
}

std::vector<Lesson> sdk_calls() {
    return {
        {.name = "Recognition",
         .method = http::Method::post,
         .pattern = "/sdk/recognition",
         .half = Half::reads,
         .prepare =
             [](Scene& scene) {
                 (void)scene.open_account();
                 return sdk_call(scene, "/sdk/recognition", {{"client_id", scene.app.client_id}});
             },
         .answer = {200, R"({"recognized":true })"},
         .withdrawals = {{"the session", end_sessions, {200, R"({"recognized":false})"}}}},
        {.name = "ReturnedOutcome",
         .method = http::Method::post,
         .pattern = "/sdk/result",
         .half = Half::none,
         .prepare = returned_outcome,
         .answer = {200, "\"shopConsentToken\":"},
         .nothing_to_withdraw = sealed_alone},
    };
}

}  // namespace

std::vector<Lesson> sign_in_lessons() {
    std::vector<Lesson> lessons = forms();
    for (const auto& more : {pages(), sdk_calls()}) {
        lessons.insert(lessons.end(), more.begin(), more.end());
    }
    return lessons;
}

}  // namespace latchkey::testing
