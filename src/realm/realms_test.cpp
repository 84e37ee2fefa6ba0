#include "realm/realms.hpp"

#include <gtest/gtest.h>

#include "testing/world.hpp"

namespace latchkey::realm {
namespace {

TEST(Realms, AreFoundByTheIdOfTheirRing) {
    const testing::World world;
    Realms realms;
    EXPECT_TRUE(realms.all().empty());
    EXPECT_EQ(realms.find(world.realm.id()), nullptr);
    realms.add(world.realm);
    EXPECT_EQ(realms.find(world.realm.id()), &world.realm);
    EXPECT_EQ(realms.find(make_id<RealmId>(testing::system_random())), nullptr);
    ASSERT_EQ(realms.all().size(), 1U);
    EXPECT_EQ(realms.all()[0], &world.realm);
}

}  // namespace
}  // namespace latchkey::realm
