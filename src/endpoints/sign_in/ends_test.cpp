// What every way to end a sign-in says of every ending: the page's message, the sealed fragment,
// our own account page.

#include "endpoints/sign_in/ends.hpp"

#include "crypto/digest.hpp"
#include "endpoints/sign_in/return.hpp"
#include "endpoints/sign_in/world_test.hpp"
#include "testing/transactions.hpp"

namespace latchkey::endpoints {
namespace {

using interaction::OwnAccount;
using interaction::RedirectFragment;
using interaction::Refused;
using interaction::SdkMessage;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view shop = "https://shop.example.com";
constexpr std::string_view shop_login = "https://shop.example.com/login?from=menu";
constexpr std::string_view verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

SdkMessage by_message(SdkMessage::Place place = SdkMessage::Place::window) {
    return {std::string(shop), "flow-1", place};
}

RedirectFragment by_redirect() {
    return {std::string(shop), "flow-1", std::string(shop_login),
            to_base64url(crypto::sha256(verifier))};
}

class SignInEnds : public SignInTest {
protected:
    Visit visit_with(interaction::Continuation ends) {
        const bool of_app = !std::holds_alternative<OwnAccount>(ends);
        Visit visit{.parts = parts_,
                    .request = request_,
                    .texts = texts_for(request_),
                    .sign_in = {.asked = {}, .ends = std::move(ends)},
                    .browser_secret = "browser",
                    .state = {},
                    .now = clock_.now()};
        if (!of_app) return visit;
        interaction::AskingApp app{
            app_.record.id, app_.record.name, "shop.example.com", "openid email", {}};
        app.wanted = interaction::make_wanted(realm_.scopes, granted());
        visit.sign_in.asked.app = std::move(app);
        return visit;
    }
    http::Response end(interaction::Continuation ends, const interaction::Ending& ending) {
        const auto tx = must(store_->read());
        return must(end_sign_in(visit_with(std::move(ends)), *tx, ending));
    }
    /// What the SDK hears in the end.
    static std::string posted(const http::Response& page) {
        const std::string body(page.body_view());
        const std::string begin = R"({"origin":"https://shop.example.com","message":)";
        const std::size_t at = body.find(begin);
        if (at == std::string::npos) return {};
        return body.substr(at + begin.size(), body.find("}</script>") - at - begin.size());
    }
    [[nodiscard]] std::string returned(const http::Response& redirect) const {
        const std::string begin =
            std::string(shop_login) + "#latchkey_flow=flow-1&latchkey_result=";
        const std::string location = header_of(redirect, "Location");
        EXPECT_THAT(location, StartsWith(begin));
        EXPECT_EQ(header_of(redirect, "Cache-Control"), "no-store");
        const std::string sealed = location.substr(begin.size());
        return std::string(
            must(open_returned(keys(), {shop, sealed, verifier}, clock_.now())).reveal());
    }
    static std::string header_of(const http::Response& response, std::string_view name) {
        for (const auto& [key, value] : response.headers) {
            if (key == name) return value;
        }
        return {};
    }
    static ScopeSet granted() { return must(contract_scopes().parse("openid email")); }
    interaction::Completed completed() {
        const UserId user = create_user("ada@example.com");
        interaction::Person person{.id = user, .profile = {}, .granted_before = {}};
        person.profile.email = "ada@example.com";
        person.profile.email_verified = true;
        return {app_.record.id, std::move(person), granted()};
    }

    http::Request request_;
};

struct RefusalRow {
    oauth::Error error;
    int status;  // of the page that posts the message
    std::string_view message;
};

// OIDC Core 3.1.2.6, and "Not now", which the SDK has always called "cancelled".
constexpr std::array refusal_rows{
    RefusalRow{oauth::Error::access_denied, 200,
               R"({"source":"latchkey","flow":"flow-1","type":"cancelled"})"},
    RefusalRow{oauth::Error::login_required, 400,
               R"({"source":"latchkey","flow":"flow-1","type":"error","detail":)"
               R"({"code":"login_required","message":"The person has to sign in"}})"},
    RefusalRow{oauth::Error::consent_required, 400,
               R"({"source":"latchkey","flow":"flow-1","type":"error","detail":)"
               R"({"code":"consent_required","message":"The person has to agree"}})"},
    RefusalRow{oauth::Error::interaction_required, 400,
               R"({"source":"latchkey","flow":"flow-1","type":"error","detail":)"
               R"({"code":"interaction_required","message":"The person has to be asked"}})"},
};

TEST_F(SignInEnds, TellARefusalByItsOAuthName) {
    for (const RefusalRow& row : refusal_rows) {
        const http::Response page = end(by_message(), Refused{row.error});
        EXPECT_EQ(page.status, row.status);
        EXPECT_EQ(posted(page), row.message);
        const http::Response redirect = end(by_redirect(), Refused{row.error});
        EXPECT_EQ(redirect.status, 303);
        EXPECT_EQ(returned(redirect), row.message);
        const http::Response own = end(OwnAccount{}, Refused{row.error});
        EXPECT_EQ(own.status, row.status);
        EXPECT_THAT(std::string(own.body_view()), Not(HasSubstr("shop.example.com")));
    }
}

TEST_F(SignInEnds, GiveACompletedAppATokenThatItCanExchangeOnce) {
    const interaction::Completed done = completed();
    const http::Response page = end(by_message(), done);
    EXPECT_EQ(page.status, 200);
    const http::Response redirect = end(by_redirect(), done);
    EXPECT_EQ(redirect.status, 303);
    for (const std::string& text : {posted(page), returned(redirect)}) {
        EXPECT_THAT(text,
                    StartsWith(R"({"source":"latchkey","flow":"flow-1","type":"completed",)"));
        const json::Value message = must(json::parse(text));
        const json::Value& detail = *message.find("detail");
        EXPECT_EQ(*detail.find_string("email"), "ada@example.com");
        EXPECT_EQ(*detail.find_string("consentedScopes"), "openid email");
        const std::string token = *detail.find_string("shopConsentToken");
        EXPECT_TRUE(exchange(token));
        EXPECT_FALSE(exchange(token));
    }
}

TEST_F(SignInEnds, LeadToTheAccountPageWhereNoAppWaits) {
    for (const interaction::Ending& ending :
         {interaction::Ending(interaction::ToAccount{}), interaction::Ending(completed())}) {
        const http::Response response = end(OwnAccount{}, ending);
        EXPECT_EQ(response.status, 303);
        EXPECT_EQ(header_of(response, "Location"), "/account");
        EXPECT_EQ(response.body_view(), "") << "no token is made that nobody needs";
    }
}

TEST_F(SignInEnds, TellAFailureToWhoeverWaits) {
    const Error busy(ErrorCode::unavailable, "Try again in a moment.");
    constexpr std::string_view message =
        R"({"source":"latchkey","flow":"flow-1","type":"error","detail":)"
        R"({"code":"retriable_server_error","message":"Try again in a moment."}})";
    const http::Response page = fail_sign_in(visit_with(by_message()), busy);
    EXPECT_EQ(page.status, 503);
    EXPECT_EQ(posted(page), message);
    EXPECT_EQ(returned(fail_sign_in(visit_with(by_redirect()), busy)), message);
    const http::Response own = fail_sign_in(visit_with(OwnAccount{}), busy);
    EXPECT_EQ(own.status, 503);
    EXPECT_THAT(std::string(own.body_view()), HasSubstr("Try again in a moment."));
    EXPECT_THAT(std::string(own.body_view()), Not(HasSubstr("latchkey-result")));
}

TEST_F(SignInEnds, NameTheOriginsThatThePagesMayMeet) {
    const auto context_of = [this](interaction::Continuation ends) {
        auto context = pages::make_page_context(texts_for(request_), realm_.brand, random());
        name_origins(visit_with(std::move(ends)), context);
        return context;
    };
    const auto framed = context_of(by_message(SdkMessage::Place::frame));
    EXPECT_EQ(framed.frame_origin, shop);
    EXPECT_EQ(framed.return_origin, "");
    const auto redirected = context_of(by_redirect());
    EXPECT_EQ(redirected.frame_origin, "");
    EXPECT_EQ(redirected.return_origin, shop);
    for (const interaction::Continuation& ends :
         {interaction::Continuation(by_message()), interaction::Continuation(OwnAccount{})}) {
        const auto alone = context_of(ends);
        EXPECT_EQ(alone.frame_origin, "");
        EXPECT_EQ(alone.return_origin, "");
    }
}

}  // namespace
}  // namespace latchkey::endpoints
