#include "admin/people.hpp"

#include "admin/world_test.hpp"
#include "grants/access.hpp"

namespace latchkey::admin {
namespace {

using testing::must;

class PeopleForTheOperator : public OperatorTest {
protected:
    Result<people::User> create(std::string email) {
        Profile profile;
        profile.email = std::move(email);
        profile.given_name = "Grace";
        return change([&](auto& act, auto& tx) { return create_user(act, tx, profile); });
    }
    Result<people::User> get(const UserName& name) {
        return read([&](auto& realm, auto& tx) { return get_user(realm, tx, name); });
    }
    Result<void> remove(UserId id) {
        return change([&](auto& act, auto& tx) { return delete_user(act, tx, id); });
    }
};

TEST_F(PeopleForTheOperator, AreCreatedAndFoundByEitherName) {
    const UserId id = must(create("Grace@Example.com")).id;
    EXPECT_EQ(expect_recorded("user.created").user_id, id);
    EXPECT_EQ(must(get(id)).profile.given_name, "Grace");
    EXPECT_EQ(must(get(EmailAddress{"GRACE@example.com"})).id, id);
    const std::size_t before = trail_size();
    EXPECT_EQ(create("grace@example.com").error().code, ErrorCode::conflict);
    EXPECT_EQ(create("nobody").error().code, ErrorCode::invalid_argument);
    Profile verified;
    verified.email = "eve@example.com";
    verified.phone_verified = true;
    EXPECT_EQ(
        change([&](auto& act, auto& tx) { return create_user(act, tx, verified); }).error().code,
        ErrorCode::invalid_argument)
        << "a phone that is not there";
    EXPECT_EQ(trail_size(), before);
    EXPECT_EQ(get(EmailAddress{"nobody"}).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(get(EmailAddress{"no@example.com"}).error().code, ErrorCode::not_found);
    EXPECT_EQ(get(make_id<UserId>(testing::system_random())).error().code, ErrorCode::not_found);
}

TEST_F(PeopleForTheOperator, GoWithTheirConnectionsAndTokens) {
    const auto tokens = world.connect();
    must(remove(world.user));
    EXPECT_EQ(expect_recorded("user.deleted").user_id, world.user);
    const auto records = trail(2);
    EXPECT_EQ(records.at(1).action, "connection.revoked");
    EXPECT_EQ(records.at(1).identity, "Ada");
    EXPECT_EQ(records.at(1).reason, "Ticket 12");
    const bool still_reads = read([&](auto& realm, auto& tx) {
        return grants::authorize_access(realm, tx, tokens.access_token.reveal(), world.now())
            .has_value();
    });
    EXPECT_FALSE(still_reads);
    EXPECT_FALSE(world.refresh({tokens.refresh_token.reveal(), std::nullopt}));
    EXPECT_EQ(remove(world.user).error().code, ErrorCode::not_found);
}

TEST_F(PeopleForTheOperator, OfAnotherRealmAreNobody) {
    UserRecord record{.id = make_id<UserId>(testing::system_random()),
                      .realm_id = make_id<RealmId>(testing::system_random()),
                      .email_hash = {1},
                      .wrapped_key = {2},
                      .sealed_profile = {3},
                      .created_at = world.now(),
                      .updated_at = world.now()};
    must(world.write([&](auto& tx) { return store::insert_user(tx, record); }));
    EXPECT_EQ(get(record.id).error().code, ErrorCode::not_found);
    EXPECT_EQ(remove(record.id).error().code, ErrorCode::not_found);
    EXPECT_TRUE(must(
        world.read([&](auto& tx) { return store::find_user(tx, record.realm_id, record.id); })));
}

}  // namespace
}  // namespace latchkey::admin
