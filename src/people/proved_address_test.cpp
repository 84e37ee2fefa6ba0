#include "people/proved_address.hpp"

#include <gtest/gtest.h>

#include "people/world_test.hpp"
#include "store/audit.hpp"

namespace latchkey::people {
namespace {

class ProvedAddressTest : public IdentityTest {
protected:
    std::optional<User> try_to_prove(std::string_view email) {
        const audit::Context by{audit::Actor::user(), "req-1", "192.0.2.1"};
        const realm::Act act{realm_, random(), now(), by};
        return write([&](auto& tx) { return find_or_create_person(act, tx, email); });
    }
    User prove(std::string_view email) { return try_to_prove(email).value(); }
    std::size_t trail_of(UserId user_id) {
        return read([&](auto& tx) { return store::list_audit_of_user(tx, user_id, 10); }).size();
    }
};

TEST_F(ProvedAddressTest, MakesAPersonTheFirstTimeAndFindsThemAgain) {
    const User ada = prove("ada@example.com");
    EXPECT_TRUE(ada.profile.email_verified);
    EXPECT_EQ(ada.profile.email, "ada@example.com");
    EXPECT_EQ(trail_of(ada.id), 1U) << "that they came to be is in the trail";
    EXPECT_EQ(prove("ADA@example.com").id, ada.id);
    EXPECT_EQ(trail_of(ada.id), 1U);
    EXPECT_NE(prove("eve@example.com").id, ada.id);
}

TEST_F(ProvedAddressTest, VerifiesAnAddressThatWasOnlyClaimed) {
    const User claimed = create("ada@example.com");
    EXPECT_FALSE(claimed.profile.email_verified);
    const User proved = prove("ada@example.com");
    EXPECT_EQ(proved.id, claimed.id);
    EXPECT_TRUE(proved.profile.email_verified);
    const auto kept = read([&](auto& tx) { return find_user(tx, keys(), claimed.id); });
    ASSERT_TRUE(kept);
    EXPECT_TRUE(kept->profile.email_verified);
}

TEST_F(ProvedAddressTest, MakesNobodyWhereSignUpIsClosed) {
    realm_.sign_up = realm::SignUp::closed;
    EXPECT_FALSE(try_to_prove("eve@example.com"));
    EXPECT_FALSE(read([&](auto& tx) { return find_user_by_email(tx, keys(), "eve@example.com"); }));
    const User known = create("ada@example.com");
    EXPECT_EQ(prove("ada@example.com").id, known.id) << "whom the operator created";
}

}  // namespace
}  // namespace latchkey::people
