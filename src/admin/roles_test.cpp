#include "admin/roles.hpp"

#include "admin/world_test.hpp"

namespace latchkey::admin {
namespace {

using testing::must;

class RolesForTheOperator : public OperatorTest {
protected:
    Result<Membership> add(const RoleMember& member) {
        return change([&](auto& act, auto& tx) { return add_role_member(act, tx, member); });
    }
    Result<void> remove(const RoleMember& member) {
        return change([&](auto& act, auto& tx) { return remove_role_member(act, tx, member); });
    }
    std::vector<RoleMemberRecord> list() {
        return must(read([&](auto& realm, auto& tx) { return list_role_members(realm, tx); }));
    }
    const ClientId app = world.app.record.id;
};

TEST_F(RolesForTheOperator, BeginWithTheirFirstAppAndEndWithTheLast) {
    EXPECT_EQ(must(add({"partners", app})), Membership::changed);
    const AuditRecord added = expect_recorded("role.member_added");
    EXPECT_EQ(added.client_id, app);
    EXPECT_EQ(added.detail, "partners");
    ASSERT_EQ(list().size(), 1U);
    EXPECT_EQ(list()[0].role, "partners");

    const std::size_t before = trail_size();
    EXPECT_EQ(must(add({"partners", app})), Membership::as_it_was);
    EXPECT_EQ(trail_size(), before) << "nothing changed";

    must(remove({"partners", app}));
    EXPECT_EQ(expect_recorded("role.member_removed").detail, "partners");
    EXPECT_TRUE(list().empty());
    EXPECT_EQ(remove({"partners", app}).error().code, ErrorCode::not_found);
}

TEST_F(RolesForTheOperator, HaveAPlainNameAndAppsOfTheRealm) {
    const std::size_t before = trail_size();
    for (const std::string role : {"", "a", "a b", "a\n"}) {
        EXPECT_EQ(add({role, app}).error().code, ErrorCode::invalid_argument) << role;
    }
    EXPECT_EQ(add({"partners", make_foreign_app()}).error().code, ErrorCode::not_found);
    EXPECT_TRUE(list().empty());
    EXPECT_EQ(trail_size(), before);
}

}  // namespace
}  // namespace latchkey::admin
