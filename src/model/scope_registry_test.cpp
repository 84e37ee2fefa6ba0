#include "model/scope_registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace latchkey {
namespace {

using ::testing::HasSubstr;

OwnScope own(std::string name) { return {std::move(name), std::nullopt, {{"en", "Your points"}}}; }

TEST(ScopeRegistry, TakesAnOperatorsScopeLikeOneOfTheContract) {
    OwnScope points = own("loyalty:read");
    points.claim = Claim::phone_number;
    points.texts.push_back({"de", "Deine Punkte", "Wie viele es sind."});
    const auto made = ScopeRegistry::make({points, own("a.first")});
    ASSERT_TRUE(made) << made.error().detail;

    const auto scopes = made->parse("loyalty:read openid a.first");
    ASSERT_TRUE(scopes);
    EXPECT_EQ(made->text(*scopes), "openid loyalty:read a.first") << "in the order of the file";
    EXPECT_EQ(made->names(*scopes).text, "a.first loyalty:read openid");
    EXPECT_EQ(made->known(made->names(*scopes)), *scopes);
    EXPECT_TRUE(made->claims(*scopes).has(Claim::phone_number));
    EXPECT_FALSE(made->claims(*made->parse("a.first openid")).has(Claim::phone_number));
    EXPECT_EQ(made->requested("shop_app:oauth", *scopes), *scopes);
    EXPECT_EQ(made->requested("a.first unknown", *scopes), *made->parse("a.first"));

    const ScopeGroup& group = made->groups()[6];
    EXPECT_EQ(group.key, "loyalty:read");
    EXPECT_EQ(group.asking, Asking::optional);
    EXPECT_EQ(group.shown, Claim::phone_number);
    ASSERT_EQ(group.texts.size(), 2U);
    EXPECT_EQ(group.texts[1].label, "Deine Punkte");
    EXPECT_EQ(made->groups().size(), 8U);
}

TEST(ScopeRegistry, KnowsNothingOfAScopeThatTheOperatorTookOut) {
    const auto with = ScopeRegistry::make({own("loyalty:read")});
    const auto names = with->names(*with->parse("email loyalty:read profile"));
    const ScopeRegistry without;
    EXPECT_EQ(without.text(without.known(names)), "email profile");
    EXPECT_FALSE(without.parse("loyalty:read"));
}

TEST(ScopeRegistry, MovesWithItsViews) {
    auto made = ScopeRegistry::make({own("loyalty:read")});
    const ScopeRegistry moved = std::move(*made);
    EXPECT_EQ(moved.groups().back().key, "loyalty:read");
    EXPECT_EQ(moved.groups().back().texts[0].label, "Your points");
}

TEST(ScopeRegistry, RefusesWhatIsNoScopeAndSaysWhy) {
    struct Row {
        OwnScope scope;
        std::string_view says;
    };
    const Row rows[] = {
        {own(""), "printable ASCII"},
        {own("two words"), "printable ASCII"},
        {own("quo\"te"), "printable ASCII"},
        {own("back\\slash"), "printable ASCII"},
        {own("grün"), "printable ASCII"},
        {own(std::string(65, 'x')), "at most 64 bytes"},
        {own("email"), "there is one of this name"},
        {own("metafield_namespace"), "there is one of this name"},
        {own("manage"), "there is one of this name"},
        {own("shop_app:oauth"), "the contract's"},
        {{"x", std::nullopt, {}}, "`en`"},
        {{"x", std::nullopt, {{"de", "Nur deutsch"}}}, "`en`"},
        {{"x", std::nullopt, {{"en", "A"}, {"en", "B"}}}, "`en`"},
        {{"x", std::nullopt, {{"en", " "}}}, "1 to 120 bytes"},
        {{"x", std::nullopt, {{"en", "A"}, {"de", ""}}}, "1 to 120 bytes"},
        {{"x", std::nullopt, {{"en", "two\nlines"}}}, "1 to 120 bytes"},
        {{"x", std::nullopt, {{"en", "\xff"}}}, "1 to 120 bytes"},
        {{"x", std::nullopt, {{"en", std::string(121, 'x')}}}, "1 to 120 bytes"},
        {{"x", std::nullopt, {{"en", "A", std::string(401, 'x')}}}, "at most 400 bytes"},
    };
    for (const Row& row : rows) {
        const auto made = ScopeRegistry::make({row.scope});
        ASSERT_FALSE(made) << row.says << " of " << row.scope.name;
        EXPECT_EQ(made.error().code, ErrorCode::invalid_argument);
        EXPECT_THAT(made.error().detail, HasSubstr("scope `" + row.scope.name + "`: "));
        EXPECT_THAT(made.error().detail, HasSubstr(std::string(row.says)));
    }
    EXPECT_THAT(ScopeRegistry::make({own("x"), own("x")}).error().detail,
                HasSubstr("there is one of this name"));
}

TEST(ScopeRegistry, HoldsAsManyAsAMachineWordHasBits) {
    std::vector<OwnScope> many;
    for (std::size_t i = 0; i < max_own_scopes; ++i) many.push_back(own("s" + std::to_string(i)));
    const auto full = ScopeRegistry::make(many);
    ASSERT_TRUE(full) << full.error().detail;
    const ScopeSet all(~std::uint64_t{0});
    EXPECT_EQ(full->known(full->names(all)), all);
    EXPECT_EQ(*full->parse(full->text(all)), all);
    many.push_back(own("s53"));
    EXPECT_THAT(ScopeRegistry::make(many).error().detail, HasSubstr("one too many"));
}

TEST(ScopeRegistry, KeepsATokenThatNamesAllShort) {
    std::vector<OwnScope> long_names;
    for (char first = 'a'; first < 'f'; ++first) long_names.push_back(own(std::string(63, first)));
    EXPECT_TRUE(ScopeRegistry::make(long_names));
    long_names.push_back(own("z"));
    EXPECT_THAT(ScopeRegistry::make(long_names).error().detail, HasSubstr("320 bytes"));
}

TEST(Claims, AreFoundByTheirNames) {
    for (int i = 0; i <= static_cast<int>(last_claim); ++i) {
        const auto claim = static_cast<Claim>(i);
        EXPECT_EQ(find_claim(to_string(claim)), claim);
    }
    for (const char* name : {"", "phone", "Email", "sub"}) EXPECT_FALSE(find_claim(name)) << name;
}

}  // namespace
}  // namespace latchkey
