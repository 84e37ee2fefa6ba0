#include "people/users.hpp"

#include "people/world_test.hpp"
#include "store/users.hpp"
#include "testing/transactions.hpp"

namespace latchkey::people {
namespace {

class UsersTest : public IdentityTest {
protected:
    std::optional<User> find(std::string_view email) {
        return read([&](auto& tx) { return find_user_by_email(tx, keys(), email); });
    }
};

TEST_F(UsersTest, IsFoundByAnySpellingOfTheAddress) {
    const User ada = create("Ada@Example.com");
    EXPECT_EQ(ada.profile.email, "Ada@example.com");
    for (const auto* spelling : {"ada@example.com", "ADA@EXAMPLE.COM", " Ada@example.com "}) {
        const auto found = find(spelling);
        ASSERT_TRUE(found) << spelling;
        EXPECT_EQ(found->id, ada.id);
    }
    EXPECT_FALSE(find("eve@example.com"));
}

TEST_F(UsersTest, OneAddressHasOnePerson) {
    (void)create("ada@example.com");
    const auto tx = must(testing::begin_write(*database_));
    Profile again;
    again.email = "ADA@example.com";
    const auto second = create_user(*tx, keys(), random(), again, now());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::conflict);
    EXPECT_EQ(second.error().public_text.view(), "There is a person with this address.");
    EXPECT_EQ(second.error().detail, "") << "the engine's words are nobody's";
}

TEST_F(UsersTest, ChangesItsProfileAndItsAddress) {
    const User ada = create("ada@example.com");
    Profile next = ada.profile;
    next.email = "countess@example.com";
    next.given_name = " Ada ";
    clock_.advance(Seconds(60));
    (void)write([&](auto& tx) { return update_user(tx, keys(), random(), ada.id, next, now()); });
    EXPECT_FALSE(find("ada@example.com"));
    const auto found = find("countess@example.com");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->profile.given_name, "Ada");
    EXPECT_EQ(found->created_at, ada.created_at);
    EXPECT_EQ(found->updated_at, now());
}

TEST_F(UsersTest, CannotTakeTheAddressOfAnother) {
    (void)create("ada@example.com");
    const User eve = create("eve@example.com");
    Profile next = eve.profile;
    next.email = "ada@example.com";
    const auto tx = must(testing::begin_write(*database_));
    const auto taken = update_user(*tx, keys(), random(), eve.id, next, now());
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, ErrorCode::conflict);
}

TEST_F(UsersTest, EveryFieldIsChecked) {
    const std::pair<const char*, void (*)(Profile&)> rows[] = {
        {"email", [](Profile& p) { p.email = "nobody"; }},
        {"phone", [](Profile& p) { p.phone = "12"; }},
        {"given name", [](Profile& p) { p.given_name = ""; }},
        {"family name", [](Profile& p) { p.family_name = "a\nb"; }},
        {"avatar", [](Profile& p) { p.avatar = "javascript:alert(1)"; }},
    };
    for (const auto& [name, spoil] : rows) {
        Profile profile;
        profile.email = "ada@example.com";
        spoil(profile);
        const auto checked = check_profile(profile);
        ASSERT_FALSE(checked) << name;
        EXPECT_EQ(checked.error().code, ErrorCode::invalid_argument) << name;
    }
}

TEST_F(UsersTest, NothingPersonalIsReadableInTheStore) {
    const User ada = create("ada@example.com");
    const auto record =
        read([&](auto& tx) { return store::find_user(tx, keys().realm(), ada.id); });
    ASSERT_TRUE(record);
    for (const Bytes& column : {record->email_hash, record->wrapped_key, record->sealed_profile}) {
        EXPECT_EQ(as_text(column).find("ada"), std::string_view::npos);
    }
}

TEST_F(UsersTest, ASealedProfileDoesNotOpenAsAnother) {
    const User ada = create("ada@example.com");
    const User eve = create("eve@example.com");
    const auto of_ada =
        *read([&](auto& tx) { return store::find_user(tx, keys().realm(), ada.id); });
    auto of_eve = *read([&](auto& tx) { return store::find_user(tx, keys().realm(), eve.id); });
    of_eve.sealed_profile = of_ada.sealed_profile;
    EXPECT_FALSE(open_profile(keys(), of_eve)) << "another key";
    of_eve.wrapped_key = of_ada.wrapped_key;
    const auto opened = open_profile(keys(), of_eve);
    ASSERT_FALSE(opened) << "another person";
    EXPECT_EQ(opened.error().code, ErrorCode::invalid_token);
}

}  // namespace
}  // namespace latchkey::people
