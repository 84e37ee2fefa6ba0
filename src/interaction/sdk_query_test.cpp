#include "interaction/sdk_query.hpp"

#include <string>

#include <gtest/gtest.h>

namespace latchkey::interaction {
namespace {

const std::string challenge(43, 'c');

std::optional<ClientRecord> shop() {
    ClientRecord client;
    client.id.bytes[15] = 1;
    client.name = "Shop";
    client.origins = {"https://shop.example", "https://shop.example:8443"};
    client.redirect_uris = {"https://shop.example/back", "https://elsewhere.example/back"};
    client.scopes = ScopeNames{"email openid phone profile"};
    return client;
}

SdkQuery query() {
    static const std::string id = shop()->id.text();
    return {.client_id = id,
            .origin = "https://shop.example",
            .scope = "email profile",
            .locale = "fr",
            .flow = "flow-1"};
}

SdkQuery redirect_query() {
    SdkQuery asked = query();
    asked.mode = "redirect";
    asked.return_to = "https://shop.example/back";
    asked.code_challenge = challenge;
    return asked;
}

const std::string common =
    "client_id=00000000000000000000000000000001&origin=https%3A%2F%2Fshop.example&"
    "scope=email%20profile&locale=fr&flow=flow-1";

TEST(SdkQuery, IsWrittenAsItWasRead) {
    SdkQuery frame = query();
    frame.mode = "iframe";
    struct Row {
        SdkQuery asked;
        std::string text;
        std::string binding;
    };
    const std::string bound =
        "00000000000000000000000000000001\nhttps://shop.example\nemail profile\nflow-1";
    const Row rows[] = {
        {query(), common, bound},
        {frame, common + "&mode=iframe", bound + "\nframe"},
        {redirect_query(),
         common + "&mode=redirect&return_to=https%3A%2F%2Fshop.example%2Fback&code_challenge=" +
             challenge,
         bound + "\nredirect\nhttps://shop.example/back\n" + challenge},
        {{.wanted_for = "account", .locale = "fr"}, "for=account&locale=fr", "account"},
        {{.wanted_for = "account", .prompt = "login"},
         "for=account&locale=&prompt=login",
         "account\nagain"},
    };
    for (const Row& row : rows) {
        const auto request = make_request(row.asked, shop(), contract_scopes());
        ASSERT_TRUE(request) << row.text;
        EXPECT_EQ(query_of(*request), row.text);
        EXPECT_EQ(binding_of(*request), row.binding);
    }
}

TEST(SdkQuery, SaysWhoAsksAndHowItEnds) {
    const auto request = make_request(redirect_query(), shop(), contract_scopes());
    ASSERT_TRUE(request);
    EXPECT_EQ(request->asked.app->host, "shop.example");
    EXPECT_EQ(contract_scopes().text(request->scopes()), "email profile");
    EXPECT_EQ(request->audience("Brand"), "Shop");
    EXPECT_EQ(opener_of(*request).flow, "flow-1");
    EXPECT_EQ(find_frame(*request), nullptr);
    const auto account = make_request({.wanted_for = "account"}, std::nullopt, contract_scopes());
    ASSERT_TRUE(account);
    EXPECT_EQ(account->audience("Brand"), "Brand");
    EXPECT_TRUE(account->scopes().empty());
    EXPECT_EQ(opener_of(*account).origin, "");
}

TEST(SdkQuery, LooksUpTheAppThatItNames) {
    EXPECT_EQ(find_app(query()), shop()->id);
    EXPECT_FALSE(find_app({.client_id = "none"}));
    SdkQuery account = query();
    account.wanted_for = "account";
    EXPECT_FALSE(find_app(account));
}

TEST(SdkQuery, AsksForWhoThePersonIsWhereNoScopeIsNamed) {
    SdkQuery asked = query();
    asked.scope = "";
    EXPECT_EQ(make_request(asked, shop(), contract_scopes())->asked.app->scope, default_scope);
}

TEST(SdkQuery, IsBelievedOnlyAsFarAsItIsChecked) {
    const std::string long_text(1025, 'a');
    const std::string spaced = "a b";
    struct Row {
        std::string_view SdkQuery::* field;
        std::string_view value;
        ErrorCode code;
    };
    const Row rows[] = {
        {&SdkQuery::locale, std::string_view(long_text).substr(0, 36), ErrorCode::invalid_argument},
        {&SdkQuery::locale, "e n", ErrorCode::invalid_argument},
        {&SdkQuery::origin, "https://shop.example/", ErrorCode::forbidden},
        {&SdkQuery::origin, "https://SHOP.example", ErrorCode::forbidden},
        {&SdkQuery::origin, "", ErrorCode::forbidden},
        {&SdkQuery::origin, "null", ErrorCode::forbidden},
        {&SdkQuery::flow, "", ErrorCode::invalid_argument},
        {&SdkQuery::flow, "a\nb", ErrorCode::invalid_argument},
        {&SdkQuery::flow, std::string_view(long_text).substr(0, 129), ErrorCode::invalid_argument},
        {&SdkQuery::scope, long_text, ErrorCode::invalid_argument},
        {&SdkQuery::scope, "avatar", ErrorCode::invalid_argument},
        {&SdkQuery::return_to, "https://shop.example/other", ErrorCode::forbidden},
        {&SdkQuery::return_to, "https://elsewhere.example/back", ErrorCode::forbidden},
        {&SdkQuery::return_to, "", ErrorCode::forbidden},
        {&SdkQuery::code_challenge, "", ErrorCode::invalid_argument},
        {&SdkQuery::code_challenge, std::string_view(challenge).substr(1),
         ErrorCode::invalid_argument},
    };
    for (const Row& row : rows) {
        SdkQuery asked = redirect_query();
        asked.*row.field = row.value;
        const auto request = make_request(asked, shop(), contract_scopes());
        ASSERT_FALSE(request) << row.value;
        EXPECT_EQ(request.error().code, row.code) << row.value;
    }
    const auto nobody = make_request(query(), std::nullopt, contract_scopes());
    ASSERT_FALSE(nobody);
    EXPECT_EQ(nobody.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace latchkey::interaction
