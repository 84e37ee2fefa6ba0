#include "model/scope_registry.hpp"

#include <gtest/gtest.h>

namespace latchkey {
namespace {

Result<ScopeSet> parse_scopes(std::string_view text) { return contract_scopes().parse(text); }
std::string text_of(ScopeSet scopes) { return contract_scopes().text(scopes); }

TEST(Scopes, WireNamesComeBackInOneOrder) {
    const auto set = parse_scopes("phone email:verified  openid user:manage");
    ASSERT_TRUE(set);
    EXPECT_EQ(text_of(*set), "openid email:verified phone user:manage");
    EXPECT_EQ(text_of(*parse_scopes("shop_app:user:profile")), "profile");
    EXPECT_EQ(parse_scopes("email nonsense").error().code, ErrorCode::invalid_argument);
    EXPECT_FALSE(parse_scopes("shop_app:user:avatar"));
}

TEST(Scopes, GatesAreThoseOfTheSeedTable) {
    struct Row {
        std::string_view scope;
        bool email, phone, name, avatar;
    };
    const Row rows[] = {
        {"openid", false, false, false, false},        {"email", true, false, false, false},
        {"email:verified", true, false, false, false}, {"phone", false, true, false, false},
        {"phone:verified", false, true, false, false}, {"profile", false, false, true, true},
        {"name", false, false, true, false},           {"avatar", false, false, false, true},
        {"user:manage", true, true, false, false},     {"", false, false, false, false},
    };
    for (const Row& row : rows) {
        const ClaimSet claims = contract_scopes().claims(*parse_scopes(row.scope));
        EXPECT_EQ(claims.has(Claim::email), row.email) << row.scope;
        EXPECT_EQ(claims.has(Claim::email_verified), row.email) << row.scope;
        EXPECT_EQ(claims.has(Claim::phone_number), row.phone) << row.scope;
        EXPECT_EQ(claims.has(Claim::phone_number_verified), row.phone) << row.scope;
        EXPECT_EQ(claims.has(Claim::name), row.name) << row.scope;
        EXPECT_EQ(claims.has(Claim::given_name), row.name) << row.scope;
        EXPECT_EQ(claims.has(Claim::family_name), row.name) << row.scope;
        EXPECT_EQ(claims.has(Claim::picture), row.avatar) << row.scope;
    }
}

TEST(Scopes, ARequestNeverGoesBeyondTheRegistration) {
    const ScopeSet registered = *parse_scopes("email profile share_metafield");
    EXPECT_EQ(text_of(contract_scopes().requested("shop_app:oauth", registered)), "email profile");
    EXPECT_EQ(text_of(contract_scopes().requested("email phone", registered)), "email");
    EXPECT_EQ(text_of(contract_scopes().requested("share_metafield", registered)), "");
    EXPECT_EQ(text_of(contract_scopes().requested("unknown profile", registered)), "profile");
    EXPECT_TRUE(contract_scopes().requested("", registered).empty());
}

TEST(StoredScopes, AreNamesInTheirOrder) {
    const auto scopes = parse_scopes("profile openid email:verified email").value();
    EXPECT_EQ(contract_scopes().names(scopes).text, "email email:verified openid profile");
    EXPECT_EQ(contract_scopes().names(ScopeSet()).text, "");
}

TEST(StoredScopes, ComeBackAndUnknownNamesOpenNothing) {
    for (std::uint32_t bits = 0; bits < (1U << 11U); ++bits) {
        ASSERT_EQ(contract_scopes().known(contract_scopes().names(ScopeSet(bits))), ScopeSet(bits));
    }
    EXPECT_EQ(contract_scopes().known({"email was:registered profile"}),
              parse_scopes("email profile").value());
    for (const char* text : {"", " ", "emai", "emails", "email,profile", "shop_app:user:email"}) {
        EXPECT_EQ(contract_scopes().known({text}), ScopeSet()) << text;
    }
}

}  // namespace
}  // namespace latchkey
