#include "interaction/consent.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latchkey::interaction {
namespace {

using testing::ElementsAre;

ScopeSet scopes(std::string_view names) { return contract_scopes().parse(names).value(); }

Wanted wanted(ScopeSet asked) { return make_wanted(contract_scopes(), asked); }

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
    EXPECT_THAT(
        keys(items(contract_scopes(), scopes("user:manage phone avatar name profile email"))),
        ElementsAre("email", "profile", "name", "avatar", "phone", "manage"));
    EXPECT_THAT(keys(items(contract_scopes(), scopes("phone"))), ElementsAre("email", "phone"))
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
        EXPECT_EQ(contract_scopes().text(granted(wanted(scopes(row.asked)), ticks)), row.granted)
            << row.asked;
    }
}

// Over all sets of scopes, the client's own rights included.
TEST(Consent, NeverGrantsMoreThanWasAskedOrThanAnItemShows) {
    for (std::uint32_t bits = 0; bits < (1U << 11U); ++bits) {
        const ScopeSet asked(bits);
        ScopeSet shown;
        for (const ConsentItem& item : items(contract_scopes(), asked)) shown = shown | item.scopes;
        const ScopeSet most = granted(wanted(asked), all_ticks());
        EXPECT_TRUE(most.within(asked));
        EXPECT_TRUE(most.within(shown));
        EXPECT_TRUE(granted(wanted(asked), {}).within(most));
        EXPECT_FALSE(most.has(Scope::share_metafield));
        EXPECT_FALSE(most.has(Scope::metafield_namespace));
    }
}

TEST(Consent, ShowsLaterWhatIsHeldAndNothingElse) {
    EXPECT_THAT(keys(items_held(contract_scopes(), scopes("phone"))), ElementsAre("phone"));
    EXPECT_THAT(keys(items_held(contract_scopes(), scopes("openid name avatar"))),
                ElementsAre("email", "name", "avatar"));
    EXPECT_THAT(keys(items_held(contract_scopes(), {})), ElementsAre());
}

TEST(Consent, AsksForAnOperatorsScopeAfterThoseOfTheContract) {
    const auto registry =
        ScopeRegistry::make({{"loyalty:read", Claim::phone_number, {{"en", "Your points"}}},
                             {"orders", std::nullopt, {{"en", "Your orders"}}}})
            .value();
    const ScopeSet asked = registry.parse("orders loyalty:read phone email").value();
    const Wanted wanted = make_wanted(registry, asked);
    EXPECT_THAT(keys(wanted.items), ElementsAre("email", "phone", "loyalty:read", "orders"));
    EXPECT_EQ(box_of(wanted.items[2]), "grant_loyalty:read");
    Ticks ticks;
    ticks.add("loyalty:read");
    EXPECT_EQ(registry.text(granted(wanted, ticks)), "email loyalty:read");
    EXPECT_THAT(keys(items_held(registry, registry.parse("orders").value())),
                ElementsAre("orders"));
    Profile profile;
    profile.phone = "+15550100";
    EXPECT_EQ(value_shown(wanted.items[2], profile), "+15550100");
    EXPECT_EQ(value_shown(wanted.items[3], profile), "");
}

TEST(Consent, ShowsWhatTheAppWouldSee) {
    Profile profile;
    profile.email = "ada@example.com";
    profile.given_name = "Ada";
    profile.family_name = "Lovelace";
    std::vector<std::string> values;
    const auto all =
        items(contract_scopes(), scopes("email profile name avatar phone user:manage"));
    for (const ConsentItem& item : all) values.push_back(value_shown(item, profile));
    EXPECT_THAT(values, ElementsAre("ada@example.com", "Ada Lovelace", "Ada Lovelace", "", "", ""));
    profile.given_name.reset();
    profile.phone = "+15550100";
    EXPECT_EQ(value_shown(all[1], profile), "Lovelace");
    EXPECT_EQ(value_shown(all[4], profile), "+15550100");
}

}  // namespace
}  // namespace latchkey::interaction
