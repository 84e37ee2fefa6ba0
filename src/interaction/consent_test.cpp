#include "interaction/consent.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latchkey::interaction {
namespace {

using testing::ElementsAre;

ScopeSet scopes(std::string_view names) { return parse_scopes(names).value(); }

std::vector<std::string> keys(const std::vector<ConsentItem>& found) {
    std::vector<std::string> out;
    for (const ConsentItem& item : found) out.emplace_back(item.key);
    return out;
}

Ticks all_ticks() {
    Ticks ticks;
    for (const char* key : {"email", "profile", "name", "avatar", "phone", "manage"}) {
        ticks.add(key);
    }
    return ticks;
}

TEST(Consent, AsksInTheOrderOfAPersonsQuestions) {
    EXPECT_THAT(keys(items(scopes("user:manage phone avatar name profile email"))),
                ElementsAre("email", "profile", "name", "avatar", "phone", "manage"));
    EXPECT_THAT(keys(items(scopes("phone"))), ElementsAre("email", "phone"))
        << "who the person is, is always shared";
}

TEST(Consent, GrantsWhatWasAskedAndLeftTickedAndNoMore) {
    struct Row {
        std::string_view asked;
        std::vector<const char*> ticked;
        std::string_view granted;
    };
    const Row rows[] = {
        {"openid email", {}, "openid email"},
        {"openid email profile phone", {"profile"}, "openid email profile"},
        {"openid email profile phone", {"phone"}, "openid email phone"},
        {"openid email profile phone", {}, "openid email"},
        {"email", {"profile", "manage"}, "email"},
        {"openid email:verified", {"email"}, "openid email:verified"},
        {"phone phone:verified", {"phone"}, "phone phone:verified"},
        {"profile", {"profile"}, "profile"},
    };
    for (const Row& row : rows) {
        Ticks ticks;
        for (const char* key : row.ticked) ticks.add(key);
        EXPECT_EQ(granted(scopes(row.asked), ticks).text(), row.granted) << row.asked;
    }
}

// Over all sets of scopes, the client's own rights included.
TEST(Consent, NeverGrantsMoreThanWasAskedOrThanAnItemShows) {
    for (std::uint32_t bits = 0; bits < (1U << 11U); ++bits) {
        const ScopeSet asked(bits);
        ScopeSet shown;
        for (const ConsentItem& item : items(asked)) shown = shown | item.scopes;
        const ScopeSet most = granted(asked, all_ticks());
        EXPECT_TRUE(most.within(asked));
        EXPECT_TRUE(most.within(shown));
        EXPECT_TRUE(granted(asked, {}).within(most));
        EXPECT_FALSE(most.has(Scope::share_metafield));
        EXPECT_FALSE(most.has(Scope::metafield_namespace));
    }
}

TEST(Consent, ShowsLaterWhatIsHeldAndNothingElse) {
    EXPECT_THAT(keys(items_held(scopes("phone"))), ElementsAre("phone"));
    EXPECT_THAT(keys(items_held(scopes("openid name avatar"))),
                ElementsAre("email", "name", "avatar"));
    EXPECT_THAT(keys(items_held({})), ElementsAre());
}

TEST(Consent, ShowsWhatTheAppWouldSee) {
    Profile profile;
    profile.email = "ada@example.com";
    profile.given_name = "Ada";
    profile.family_name = "Lovelace";
    std::vector<std::string> values;
    const auto all = items(scopes("email profile name avatar phone user:manage"));
    for (const ConsentItem& item : all) values.push_back(value_shown(item, profile));
    EXPECT_THAT(values, ElementsAre("ada@example.com", "Ada Lovelace", "Ada Lovelace", "", "", ""));
    profile.given_name.reset();
    profile.phone = "+15550100";
    EXPECT_EQ(value_shown(all[1], profile), "Lovelace");
    EXPECT_EQ(value_shown(all[4], profile), "+15550100");
}

}  // namespace
}  // namespace latchkey::interaction
