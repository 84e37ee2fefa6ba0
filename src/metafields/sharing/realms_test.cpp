// Sharing ends at the realm: "everyone" and a role group are those of the owner's realm.

#include <gmock/gmock.h>

#include "metafields/sharing/sharing_world_test.hpp"

namespace latchkey::metafields {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

class SharingRealms : public SharingTest {
protected:
    void SetUp() override {
        SharingTest::SetUp();
        ClientRecord client;
        client.id = stranger_;
        client.realm_id = other_realm_;
        client.created_at = now_;
        write([&](auto& tx) { return store::insert_client(tx, client); });
        write([&](auto& tx) -> Result<void> {
            TRY(store::add_role_member(tx, {other_realm_, "partners", stranger_, now_}));
            return {};
        });
    }

    RealmId other_realm_ = make_id<RealmId>(testing::system_random());
    ClientId stranger_ = make_id<ClientId>(testing::system_random());
};

TEST_F(SharingRealms, WhatEveryoneMayReadIsForEveryoneOfTheRealm) {
    define_own("score");
    ASSERT_THAT(grant_default({"score", {}}, AccessLevel::write), IsEmpty());
    const Identifier named{"score", owner_namespace_};
    EXPECT_TRUE(found(other_app_, named));
    EXPECT_FALSE(found(stranger_, named));
    EXPECT_THAT(listed_keys(stranger_), IsEmpty());
    EXPECT_THAT(set_as(stranger_, named, "9"), Not(IsEmpty()));
}

TEST_F(SharingRealms, AGroupOfTheSameNameIsAnother) {
    define_own("score");
    join_role("partners", other_app_);
    ASSERT_THAT(grant({"score", {}}, role_target("partners"), AccessLevel::admin), IsEmpty());
    const Identifier named{"score", owner_namespace_};
    EXPECT_TRUE(found(other_app_, named));
    EXPECT_FALSE(found(stranger_, named));
}

TEST_F(SharingRealms, NamespacesAreWalkedInTheOwnRealm) {
    create_own_namespace("loyalty");
    define_own("score", "loyalty");
    ASSERT_THAT(grant_default({"loyalty", {}}, AccessLevel::admin), IsEmpty());
    EXPECT_TRUE(found(other_app_, {"score", "loyalty"}));
    EXPECT_FALSE(found(stranger_, {"score", "loyalty"}));
    EXPECT_THAT(listed_keys(stranger_), IsEmpty());
}

TEST_F(SharingRealms, NothingIsGrantedToAnAppOfAnotherRealm) {
    define_own("score");
    const std::string gid = client_gid(stranger_);
    EXPECT_THAT(grant({"score", {}}, app_target(gid), AccessLevel::read), Not(IsEmpty()));
}

}  // namespace
}  // namespace latchkey::metafields
