// Attack 44 and the seed guide's table: a gated field is null exactly when no scope opens it, on
// both surfaces, however it is asked for.

#include <gmock/gmock.h>

#include "api/world_test.hpp"
#include "testing/seed_queries.hpp"

namespace latchkey::api {
namespace {

struct FieldRow {
    std::string_view field;
    std::vector<Scope> opened_by;
    std::string_view json;
};

const std::vector<FieldRow> field_rows = {
    {"email", {Scope::email, Scope::email_verified, Scope::user_manage}, "\"ada@example.com\""},
    {"emailVerified", {Scope::email, Scope::email_verified, Scope::user_manage}, "true"},
    {"phone", {Scope::phone, Scope::phone_verified, Scope::user_manage}, "\"+14155550123\""},
    {"phoneVerified", {Scope::phone, Scope::phone_verified, Scope::user_manage}, "true"},
    {"givenName", {Scope::name, Scope::profile}, "\"Ada\""},
    {"familyName", {Scope::name, Scope::profile}, "\"Lovelace\""},
    {"name", {Scope::name, Scope::profile}, "\"Ada Lovelace\""},
    {"avatar", {Scope::avatar, Scope::profile}, "\"https://img.example.com/ada.png\""},
};

/// `{"email":…,"emailVerified":…}` with what these scopes open, and "a" in front of each name.
std::string expected_fields(ScopeSet scopes, std::string_view prefix) {
    std::string out = "{";
    for (const FieldRow& row : field_rows) {
        if (out.size() > 1) out += ',';
        const bool open = std::ranges::any_of(
            row.opened_by, [scopes](const Scope scope) { return scopes.has(scope); });
        out += "\"" + std::string(prefix) + std::string(row.field) + "\":";
        out += open ? row.json : "null";
    }
    return out + "}";
}

std::string plain_selection() {
    std::string out;
    for (const FieldRow& row : field_rows) out += std::string(row.field) + " ";
    return out;
}

std::string aliased_selection() {
    std::string out;
    for (const FieldRow& row : field_rows) {
        out += "a" + std::string(row.field) + ": " + std::string(row.field) + " ";
    }
    return out;
}

struct Style {
    std::string selection;
    std::string definitions;
    std::string_view prefix;
};

std::vector<Style> styles() {
    return {
        {plain_selection(), "", ""},
        {aliased_selection(), "", "a"},
        {"...Everything", "fragment Everything on User { " + plain_selection() + "}", ""},
        {"... on User { ...Inner }",
         "fragment Inner on User { ... { " + aliased_selection() + "} }", "a"},
        {"... on User @include(if: true) { " + plain_selection() + "}", "", ""},
    };
}

class ScopeGates : public ApiTest {
protected:
    ClientRecord app_ = make_app(every_scope).record;
    UserId user_ = make_user(ada_);
};

TEST_F(ScopeGates, OpenExactlyWhatTheTableSaysForEverySetOfScopesOnBothApis) {
    for (std::uint32_t bits = 1; bits <= every_scope.bits(); ++bits) {
        const ScopeSet scopes(bits);
        const std::string token = connect(app_, user_, scopes);
        const Style style = styles()[bits % styles().size()];
        const std::string fields = expected_fields(scopes, style.prefix);
        ASSERT_EQ(ask_users(token, "{ user { " + style.selection + " } } " + style.definitions),
                  "{\"data\":{\"user\":" + fields + "}}")
            << contract_scopes().text(scopes);
        const std::string by_id = "mutation { fetchTokensForUser(publicId: \"" +
                                  public_id(app_, user_) + "\") { user { " + style.selection +
                                  " } } } " + style.definitions;
        ASSERT_EQ(ask_partners(app_, by_id),
                  "{\"data\":{\"fetchTokensForUser\":{\"user\":" + fields + "}}}")
            << contract_scopes().text(scopes);
    }
}

TEST_F(ScopeGates, HoldForEveryWayOfAsking) {
    for (const std::string_view text : {"openid", "email", "name", "avatar phone", "user:manage"}) {
        const ScopeSet scopes = must(contract_scopes().parse(text));
        const std::string token = connect(app_, user_, scopes);
        for (const Style& style : styles()) {
            const std::string fields = expected_fields(scopes, style.prefix);
            EXPECT_EQ(ask_users(token, "{ user { " + style.selection + " } } " + style.definitions),
                      "{\"data\":{\"user\":" + fields + "}}");
            EXPECT_EQ(ask_users(token, "{ user { sub } again: user { " + style.selection + " } } " +
                                           style.definitions),
                      "{\"data\":{\"user\":{\"sub\":\"" + public_id(app_, user_) +
                          "\"},\"again\":" + fields + "}}");
        }
    }
}

TEST_F(ScopeGates, OfAnOperatorsScopeAreThoseOfItsClaim) {
    realm_.scopes =
        must(ScopeRegistry::make({{"loyalty:read", Claim::phone_number, {{"en", "Your points"}}},
                                  {"orders", std::nullopt, {{"en", "Your orders"}}}}));
    const ScopeSet scopes = must(realm_.scopes.parse("loyalty:read orders"));
    const ClientRecord app = make_app(scopes).record;
    EXPECT_EQ(ask_users(connect(app, user_, scopes), "{ user { phone phoneVerified email name } }"),
              R"({"data":{"user":{"phone":"+14155550123","phoneVerified":null,"email":null,)"
              R"("name":null}}})");
}

using CurrentUser = ScopeGates;

TEST_F(CurrentUser, AnswersTheSeedGuidesQuery) {
    const std::string token = connect(app_, user_, must(contract_scopes().parse("email profile")));
    EXPECT_EQ(ask_users(token, testing::seed_queries::current_user),
              "{\"data\":{\"user\":{\"sub\":\"" + public_id(app_, user_) +
                  R"(","email":"ada@example.com","emailVerified":true,"givenName":"Ada",)"
                  R"("familyName":"Lovelace","name":"Ada Lovelace",)"
                  R"("avatar":"https://img.example.com/ada.png"}}})");
}

TEST_F(CurrentUser, HasNullsWhereThePersonGaveNothing) {
    Profile grace;
    grace.email = "grace@example.com";
    grace.family_name = "Hopper";
    const UserId user = make_user(grace);
    const std::string token = connect(app_, user, every_scope);
    EXPECT_EQ(ask_users(token, "{ user { " + plain_selection() + "} }"),
              R"({"data":{"user":{"email":"grace@example.com","emailVerified":false,"phone":null,)"
              R"("phoneVerified":null,"givenName":null,"familyName":"Hopper","name":"Hopper",)"
              R"("avatar":null}}})");
}

TEST_F(CurrentUser, IsUnauthorizedForATokenThatAuthenticatesNobody) {
    const tokens::AccessToken machine{.client_id = app_.id,
                                      .user_id = std::nullopt,
                                      .connection_revocations = 0,
                                      .scopes = contract_scopes().names(every_scope),
                                      .issued_at = clock_.now(),
                                      .expires_at = clock_.now() + Seconds(60)};
    const Secret token = tokens::mint_access_token(realm_.keys, machine);
    for (const std::string_view query :
         {"{ user { sub } }", "{ metafields(first: 1) { nodes { value } } }",
          "{ metafield(identifier: {key: \"ab\"}) { value } }",
          "mutation { metafieldsSet(metafields: []) { userErrors { message } } }",
          "mutation { metafieldDelete(identifier: {key: \"ab\"}) { userErrors { message } } }"}) {
        const std::string answer = ask_users(token.reveal(), query);
        EXPECT_THAT(answer, ::testing::HasSubstr(R"("message":"Unauthorized")")) << query;
        EXPECT_THAT(answer, ::testing::HasSubstr(R"("code":"UNAUTHORIZED")")) << query;
    }
}

}  // namespace
}  // namespace latchkey::api
