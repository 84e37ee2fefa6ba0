#include "model/scopes.hpp"

#include <gtest/gtest.h>

namespace latchkey {
namespace {

TEST(Scopes, WireNamesComeBackInOneOrder) {
    const auto set = parse_scopes("phone email:verified  openid user:manage");
    ASSERT_TRUE(set);
    EXPECT_EQ(set->text(), "openid email:verified phone user:manage");
    EXPECT_EQ(parse_scopes("shop_app:user:profile")->text(), "profile");
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
        const ScopeSet set = *parse_scopes(row.scope);
        EXPECT_EQ(set.opens_email(), row.email) << row.scope;
        EXPECT_EQ(set.opens_phone(), row.phone) << row.scope;
        EXPECT_EQ(set.opens_name(), row.name) << row.scope;
        EXPECT_EQ(set.opens_avatar(), row.avatar) << row.scope;
    }
}

TEST(Scopes, ARequestNeverGoesBeyondTheRegistration) {
    const ScopeSet registered = *parse_scopes("email profile share_metafield");
    EXPECT_EQ(requested_scopes("shop_app:oauth", registered).text(), "email profile");
    EXPECT_EQ(requested_scopes("email phone", registered).text(), "email");
    EXPECT_EQ(requested_scopes("share_metafield", registered).text(), "");
    EXPECT_EQ(requested_scopes("unknown profile", registered).text(), "profile");
    EXPECT_TRUE(requested_scopes("", registered).empty());
}

TEST(StoredScopes, AreNamesInTheirOrder) {
    const auto scopes = parse_scopes("profile openid email:verified email").value();
    EXPECT_EQ(sorted_names(scopes), "email email:verified openid profile");
    EXPECT_EQ(sorted_names(ScopeSet()), "");
}

TEST(StoredScopes, ComeBackAndUnknownNamesOpenNothing) {
    for (std::uint32_t bits = 0; bits < (1U << 11U); ++bits) {
        ASSERT_EQ(known_scopes(sorted_names(ScopeSet(bits))), ScopeSet(bits));
    }
    EXPECT_EQ(known_scopes("email was:registered profile"), parse_scopes("email profile").value());
    for (const char* text : {"", " ", "emai", "emails", "email,profile", "shop_app:user:email"}) {
        EXPECT_EQ(known_scopes(text), ScopeSet()) << text;
    }
}

}  // namespace
}  // namespace latchkey
