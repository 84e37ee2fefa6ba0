// fetchTokensForUser through the real engine, with the seed guide's document as it stands there.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "api/world_test.hpp"
#include "testing/seed_queries.hpp"
#include "testing/transactions.hpp"

namespace latchkey::api {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
namespace seed_queries = testing::seed_queries;

class FetchTokens : public ApiTest {
protected:
    std::string exchange_consent(const std::string& token) {
        return ask_partners(app_, seed_queries::fetch_tokens_for_user,
                            "{\"consentToken\": \"" + token + "\"}");
    }
    std::string exchange_public_id(const std::string& id) {
        return ask_partners(app_, seed_queries::fetch_tokens_for_user,
                            "{\"publicId\": \"" + id + "\"}");
    }

    ClientRecord app_ = make_app(every_scope).record;
    UserId user_ = make_user(ada_);
};

ScopeSet scopes(std::string_view text) { return must(contract_scopes().parse(text)); }

TEST_F(FetchTokens, AnswersTheSeedGuidesMutationWithBothOfItsVariables) {
    const std::string first = exchange_consent(consent(app_, user_, scopes("email profile")));
    const std::string expected =
        R"(\{"data":\{"fetchTokensForUser":\{"publicId":")" + public_id(app_, user_) +
        R"(","accessToken":"lk_at_[A-Za-z0-9_-]+","refreshToken":"lk_rt_[A-Za-z0-9_-]+",)"
        R"("expiresIn":3600,"tokenType":"Bearer","scope":"email profile","user":\{"sub":")" +
        public_id(app_, user_) +
        R"(","email":"ada@example.com","emailVerified":true,"givenName":"Ada",)"
        R"("familyName":"Lovelace","name":"Ada Lovelace",)"
        R"("avatar":"https://img.example.com/ada.png"\},"userErrors":\[\]\}\}\})";
    EXPECT_THAT(first, MatchesRegex(expected));
    EXPECT_THAT(exchange_public_id(public_id(app_, user_)), MatchesRegex(expected));
}

constexpr std::string_view everything_null =
    R"({"data":{"fetchTokensForUser":{"publicId":null,"accessToken":null,"refreshToken":null,)"
    R"("expiresIn":null,"tokenType":null,"scope":null,"user":null,"userErrors":[{"field":[")";

TEST_F(FetchTokens, AnswersNullsAndOneErrorWhenItRefuses) {
    const std::string used = consent(app_, user_, scopes("email"));
    exchange_consent(used);
    const ClientRecord other = make_app(every_scope).record;
    const std::string foreign = consent(other, user_, scopes("email"));
    const UserId stranger = make_user("s@example.com");
    for (const std::string& answer :
         {exchange_consent(used), exchange_consent(foreign), exchange_consent(""),
          exchange_consent("eyJhbGciOiJub25lIn0.e30."),
          ask_partners(app_, seed_queries::fetch_tokens_for_user, "{}"),
          ask_partners(app_, seed_queries::fetch_tokens_for_user),
          ask_partners(app_, seed_queries::fetch_tokens_for_user,
                       R"({"consentToken": "x", "publicId": ")" + public_id(app_, user_) + "\"}"),
          ask_partners(app_, seed_queries::fetch_tokens_for_user,
                       R"({"consentToken": null, "publicId": null})")}) {
        EXPECT_TRUE(answer.starts_with(std::string(everything_null) + "consentToken\"]")) << answer;
    }
    for (const std::string& answer : {exchange_public_id(""), exchange_public_id("nobody"),
                                      exchange_public_id(public_id(other, user_)),
                                      exchange_public_id(public_id(app_, stranger))}) {
        EXPECT_TRUE(answer.starts_with(std::string(everything_null) + "publicId\"]")) << answer;
    }
}

TEST_F(FetchTokens, NamesTheReasonAsACode) {
    constexpr std::string_view query =
        "mutation($t: String, $p: String) { fetchTokensForUser(consentToken: $t, publicId: $p) "
        "{ userErrors { code field } } }";
    const auto answer = [](std::string_view code, std::string_view field) {
        return fmt::format(
            "{{\"data\":{{\"fetchTokensForUser\":{{\"userErrors\":[{{\"code\":\"{}\""
            ",\"field\":[\"{}\"]}}]}}}}}}",
            code, field);
    };
    EXPECT_EQ(ask_partners(app_, query, R"({"t": "x"})"), answer("INVALID_TOKEN", "consentToken"));
    EXPECT_EQ(ask_partners(app_, query), answer("INVALID_TOKEN", "consentToken"));
    EXPECT_EQ(ask_partners(app_, query, R"({"p": "x"})"), answer("NO_USER", "publicId"));
    connect(app_, user_, scopes("email"));
    const std::string by_id = "{\"p\": \"" + public_id(app_, user_) + "\"}";
    EXPECT_THAT(ask_partners(app_, query, by_id), HasSubstr("\"userErrors\":[]"));
    auto tx = must(testing::begin_write(*database_));
    must(store::revoke_connection(*tx, user_, app_.id, clock_.now()));
    must(tx->commit());
    EXPECT_EQ(ask_partners(app_, query, by_id), answer("NO_CONSENT", "publicId"));
}

TEST_F(FetchTokens, GivesASecondUserOfOneDocumentTheirOwnTokens) {
    const UserId second = make_user("grace@example.com");
    connect(app_, user_, scopes("email"));
    connect(app_, second, scopes("email"));
    const std::string answer = ask_partners(
        app_,
        "mutation($a: String, $b: String) { a: fetchTokensForUser(publicId: $a) { user { email } } "
        "b: fetchTokensForUser(publicId: $b) { user { email } } }",
        "{\"a\": \"" + public_id(app_, user_) + "\", \"b\": \"" + public_id(app_, second) + "\"}");
    EXPECT_EQ(answer, R"({"data":{"a":{"user":{"email":"ada@example.com"}},)"
                      R"("b":{"user":{"email":"grace@example.com"}}}})");
}

}  // namespace
}  // namespace latchkey::api
