// The sign-in flow as a person goes through it: every step, and every way back.

#include "endpoints/sign_in/world_test.hpp"
#include "grants/connections.hpp"
#include "testing/transactions.hpp"

namespace latchkey::endpoints {
namespace {

using ::testing::HasSubstr;

TEST_F(SignInTest, ANewcomerSignsInNamesThemselvesAgreesAndIsHandedOver) {
    Browser browser(router_);
    Shown page = browser.get(url("shop_app:oauth"));
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.shows("Sign in to continue to <bdi>Fern &amp; Fable</bdi>"));
    page = browser.submit(page, "/sign-in/email", {{"email", " New@Example.com "}});
    EXPECT_TRUE(page.shows("We sent a 6-digit code to <bdi>New@example.com</bdi>"));
    EXPECT_EQ(mail_.recipient, "New@example.com");
    EXPECT_EQ(mail_.app_name, "Fern & Fable");
    page = browser.submit(page, "/sign-in/code", {{"code", mail_.code}});
    EXPECT_TRUE(page.shows("What is your name?"));
    page = browser.submit(page, "/sign-in/name",
                          {{"given_name", "Ada"}, {"family_name", "Lovelace"}, {"action", "save"}});
    EXPECT_TRUE(page.shows("Share your details with <bdi>Fern &amp; Fable</bdi>?"));
    EXPECT_TRUE(page.shows("Ada Lovelace"));
    page = browser.submit(page, "/sign-in/consent", {{"action", "agree"}, {"grant_profile", "1"}});
    EXPECT_TRUE(page.shows("You are signed in"));
    EXPECT_TRUE(page.shows(R"("consentedScopes":"openid email profile")")) << page.body;

    ASSERT_TRUE(exchange(token_of(page)));
    EXPECT_EQ(find_user("new@example.com")->profile.given_name, "Ada");
    EXPECT_TRUE(find_user("new@example.com")->profile.email_verified);
}

TEST_F(SignInTest, AReturningPersonIsAskedOnlyForWhatIsNew) {
    Browser browser(router_);
    (void)create_user("ada@example.com");
    Shown page = sign_in(browser, "ada@example.com", url("openid email"));
    page = browser.submit(page, "/sign-in/consent", {{"action", "agree"}});
    (void)must(exchange(token_of(page)));

    const Shown again = browser.get(url("openid email", "flow-2"));
    EXPECT_TRUE(again.shows("You are signed in")) << "nothing new: no question";
    EXPECT_NE(token_of(again), "");
    const Shown more = browser.get(url("openid email phone", "flow-3"));
    EXPECT_TRUE(more.shows("Share your details"));
    EXPECT_TRUE(more.shows("Your phone number</strong> <em class=\"new\">new</em>")) << more.body;
    EXPECT_FALSE(more.shows("Your e-mail address</strong> <em class=\"new\">"));
}

TEST_F(SignInTest, WithdrawnConsentIsAskedForAgain) {
    Browser browser(router_);
    const UserId user = create_user("ada@example.com");
    Shown page = sign_in(browser, "ada@example.com", url("openid email"));
    page = browser.submit(page, "/sign-in/consent", {{"action", "agree"}});
    (void)must(exchange(token_of(page)));
    (void)must(database::run_write(*store_, [&](auto& tx) {
        return grants::revoke_connection(act(), tx, {user, app_.record.id});
    }));
    EXPECT_TRUE(browser.get(url("openid email", "flow-2")).shows("Share your details"));
}

TEST_F(SignInTest, WhatIsUntickedIsNotGranted) {
    Browser browser(router_);
    (void)create_user({.email = "ada@example.com",
                       .email_verified = true,
                       .phone = "+33123456789",
                       .given_name = "Ada",
                       .family_name = {},
                       .avatar = {}});
    Shown page = sign_in(browser, "ada@example.com", url("shop_app:oauth"));
    EXPECT_TRUE(page.shows("name=\"grant_phone\""));
    page = browser.submit(page, "/sign-in/consent", {{"action", "agree"}});
    EXPECT_TRUE(page.shows(R"("consentedScopes":"openid email")")) << page.body;
}

TEST_F(SignInTest, NotNowSharesNothingAtEveryStep) {
    const auto expect_cancelled = [](const Shown& page) {
        EXPECT_TRUE(page.shows("Nothing was shared"));
        EXPECT_TRUE(page.shows(R"("type":"cancelled")"));
        EXPECT_EQ(token_of(page), "");
    };
    Browser browser(router_);
    (void)create_user("ada@example.com");
    Shown page = browser.get(url("shop_app:oauth"));
    expect_cancelled(browser.submit(page, "/sign-in/email", {{"action", "cancel"}}));
    page = ask_for_code(browser, "ada@example.com", url("shop_app:oauth"));
    expect_cancelled(browser.submit(page, "/sign-in/code", {{"action", "cancel"}}));
    page = sign_in(browser, "ada@example.com", url("openid email"));
    expect_cancelled(browser.submit(page, "/sign-in/consent", {{"action", "cancel"}}));
    EXPECT_TRUE(browser.get(url("openid email")).shows("Share your details"));
}

TEST_F(SignInTest, EnterInTheConsentFormIsNoAgreement) {
    Browser browser(router_);
    (void)create_user("ada@example.com");
    const Shown page = sign_in(browser, "ada@example.com", url("openid email"));
    EXPECT_EQ(token_of(browser.submit(page, "/sign-in/consent", {})), "");
}

TEST_F(SignInTest, AWrongCodeSaysSoAndTheFifthEndsIt) {
    Browser browser(router_);
    Shown page = ask_for_code(browser, "ada@example.com", url("openid email"));
    const std::string wrong = mail_.code == "000000" ? "000001" : "000000";
    for (int i = 1; i < people::max_code_tries; ++i) {
        page = browser.submit(page, "/sign-in/code", {{"code", wrong}});
        EXPECT_TRUE(page.shows("This is not the code we sent")) << i;
        EXPECT_TRUE(page.shows("aria-invalid=\"true\""));
    }
    page = browser.submit(page, "/sign-in/code", {{"code", wrong}});
    EXPECT_TRUE(page.shows("This code is no longer good"));
    page = browser.submit(page, "/sign-in/code", {{"code", mail_.code}});
    EXPECT_TRUE(page.shows("This code is no longer good"));
    page = browser.submit(page, "/sign-in/code", {{"action", "resend"}});
    EXPECT_TRUE(page.shows("A new code is on its way"));
    page = browser.submit(page, "/sign-in/code", {{"code", mail_.code}});
    EXPECT_TRUE(page.shows("Share your details"));
}

TEST_F(SignInTest, ALateCodeIsNotTaken) {
    Browser browser(router_);
    const Shown page = ask_for_code(browser, "ada@example.com", url("openid email"));
    clock_.advance(people::code_lifetime);
    EXPECT_TRUE(browser.submit(page, "/sign-in/code", {{"code", mail_.code}})
                    .shows("This code is no longer good"));
}

TEST_F(SignInTest, ACodeIsWorthNothingInAnotherBrowser) {
    Browser victim(router_);
    Browser thief(router_);
    (void)ask_for_code(victim, "ada@example.com", url("openid email"));
    const std::string stolen = mail_.code;
    const Shown page = ask_for_code(thief, "eve@example.com", url("openid email"));
    EXPECT_FALSE(thief.submit(page, "/sign-in/code", {{"code", stolen}}).shows("Share your"));
    EXPECT_EQ(find_user("ada@example.com"), std::nullopt);
}

TEST_F(SignInTest, WhatIsNoAddressIsSaidAndKept) {
    Browser browser(router_);
    const Shown page = ask_for_code(browser, "ada@", url("openid email"));
    EXPECT_TRUE(page.shows("This does not look like an e-mail address"));
    EXPECT_TRUE(page.shows("value=\"ada@\""));
    EXPECT_EQ(mail_.count, 0);
}

TEST_F(SignInTest, AnotherAddressAndAnotherAccountCanBeChosen) {
    Browser browser(router_);
    Shown page = ask_for_code(browser, "ada@example.com", url("openid email"));
    page = browser.submit(page, "/sign-in/code", {{"action", "change"}});
    EXPECT_TRUE(page.shows("value=\"ada@example.com\""));
    page = browser.submit(page, "/sign-in/email", {{"email", "eve@example.com"}});
    page = browser.submit(page, "/sign-in/code", {{"code", mail_.code}});
    EXPECT_TRUE(page.shows("Signed in as <bdi>eve@example.com</bdi>"));
    page = browser.submit(page, "/sign-in/consent", {{"action", "switch"}});
    EXPECT_TRUE(page.shows("name=\"email\""));
}

TEST_F(SignInTest, ANameIsAskedForOnlyWhereAScopeWouldHandItOver) {
    Browser browser(router_);
    EXPECT_FALSE(sign_in(browser, "a@example.com", url("openid email")).shows("your name?"));
    Browser other(router_);
    Shown page = sign_in(other, "b@example.com", url("openid email profile"));
    EXPECT_TRUE(page.shows("What is your name?"));
    page = other.submit(page, "/sign-in/name", {{"given_name", "\x01"}, {"action", "save"}});
    EXPECT_TRUE(page.shows("Please enter a name"));
    page = other.submit(page, "/sign-in/name", {{"action", "skip"}});
    EXPECT_TRUE(page.shows("Share your details"));
}

TEST_F(SignInTest, TwoTabsDoNotMeet) {
    Browser browser(router_);
    const Shown first = ask_for_code(browser, "ada@example.com", url("openid email", "tab-1"));
    const std::string first_code = mail_.code;
    (void)ask_for_code(browser, "eve@example.com", url("openid email", "tab-2"));
    const Shown page = browser.submit(first, "/sign-in/code", {{"code", first_code}});
    EXPECT_TRUE(page.shows("Signed in as <bdi>ada@example.com</bdi>"));
    EXPECT_TRUE(browser.get(url("openid email", "tab-2")).shows("to <bdi>eve@example.com</bdi>"))
        << "the other tab still waits for its own code";
}

TEST_F(SignInTest, WhatOnePersonReadAnotherCannotAgreeTo) {
    Browser browser(router_);
    (void)create_user("ada@example.com");
    (void)create_user("eve@example.com");
    const Shown of_ada = sign_in(browser, "ada@example.com", url("openid email", "tab-1"));
    Shown other_tab = browser.get(url("openid email", "tab-2"));
    other_tab = browser.submit(other_tab, "/sign-in/consent", {{"action", "switch"}});
    other_tab = browser.submit(other_tab, "/sign-in/email", {{"email", "eve@example.com"}});
    (void)browser.submit(other_tab, "/sign-in/code", {{"code", mail_.code}});
    const Shown after = browser.submit(of_ada, "/sign-in/consent", {{"action", "agree"}});
    EXPECT_EQ(token_of(after), "");
}

TEST_F(SignInTest, SpeaksThePersonsLanguage) {
    Browser browser(router_);
    std::string target = url("openid email");
    target.replace(target.find("locale=en"), 9, "locale=ar");
    Shown page = browser.get(target);
    EXPECT_THAT(page.body, HasSubstr("<html lang=\"ar\" dir=\"rtl\">"));
    target.replace(target.find("locale=ar"), 9, "locale=xx");
    browser.more_headers = {{"Accept-Language", "de-AT,de;q=0.9"}};
    page = browser.get(target);
    EXPECT_THAT(page.body, HasSubstr("<html lang=\"de\" dir=\"ltr\">"));
}

TEST_F(SignInTest, TheLinkInTheMailFinishesWhereItBegan) {
    Browser browser(router_);
    (void)create_user("ada@example.com");
    (void)ask_for_code(browser, "ada@example.com", url("openid email"));
    ASSERT_THAT(mail_.link, HasSubstr("https://id.example.com/sign-in/link?client_id="));
    const std::size_t fragment = mail_.link.find("#code=" + mail_.code);
    ASSERT_NE(fragment, std::string::npos);
    const std::string target = mail_.link.substr(22, fragment - 22);
    Shown page = browser.get(target);
    EXPECT_TRUE(page.shows("Is it you?"));
    EXPECT_FALSE(page.shows(mail_.code)) << "the server never sees the fragment";
    page = browser.submit(page, "/sign-in/code", {{"code", mail_.code}});
    EXPECT_TRUE(page.shows("Go back to the window")) << page.body;
    EXPECT_TRUE(page.shows("data-moved=\"flow-1\""));
    EXPECT_TRUE(browser.get(url("openid email")).shows("Share your details")) << "it goes on";

    Browser phone(router_);
    EXPECT_TRUE(phone.get(target).shows("Open the link where you began"));
}

TEST_F(SignInTest, APasskeySignsInWithoutAMail) {
    const UserId user = create_user("ada@example.com");
    webauthn::SoftAuthenticator device;
    {
        const auto answer =
            device.create(passkeys_.registration_challenge("any", user, clock_.now()));
        const auto tx = must(testing::begin_write(*store_));
        must(passkeys_.add(*tx,
                           {user, "any", "Key", {answer.client_data, answer.attestation_object}},
                           clock_.now()));
        must(tx->commit());
    }
    Browser browser(router_);
    Shown page = browser.get(url("openid email"));
    const auto answer_with = [&](const Shown& shown) {
        ++device.count;
        const auto answer = device.get(shown.between("\"challenge\":\"", "\""));
        return FormFields{{"passkey_credential_id", to_base64url(device.credential_id)},
                          {"passkey_client_data", to_base64url(answer.client_data)},
                          {"passkey_authenticator_data", to_base64url(answer.authenticator_data)},
                          {"passkey_signature", to_base64url(answer.signature)},
                          {"passkey_user_handle", to_base64url(user.span())}};
    };
    FormFields spoiled = answer_with(page);
    spoiled["passkey_signature"] = "AAAA";
    page = browser.submit(page, "/sign-in/passkey", spoiled);
    EXPECT_TRUE(page.shows("This passkey was not accepted"));
    EXPECT_FALSE(browser.cookies.contains("__Host-session"));
    page = browser.submit(page, "/sign-in/passkey", answer_with(page));
    EXPECT_TRUE(page.shows("Signed in as <bdi>ada@example.com</bdi>")) << page.body;
    EXPECT_TRUE(browser.cookies.contains("__Host-session"));
    EXPECT_EQ(mail_.count, 0);
}

}  // namespace
}  // namespace latchkey::endpoints
