#include "people/proved_address.hpp"

#include <gtest/gtest.h>

#include "people/world_test.hpp"
#include "store/account.hpp"

namespace latchkey::people {
namespace {

class ProvedAddressTest : public IdentityTest {
protected:
    User prove(std::string_view email) {
        const ProvedAddress proved{email, now(), {"user", "req-1", "192.0.2.1"}};
        return write([&](auto& tx) { return person_of(tx, keys(), random(), proved); });
    }
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

}  // namespace
}  // namespace latchkey::people
