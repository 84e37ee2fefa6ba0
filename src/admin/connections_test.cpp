#include "admin/connections.hpp"

#include "admin/world_test.hpp"

namespace latchkey::admin {
namespace {

using testing::must;

class ConnectionsForTheOperator : public OperatorTest {
protected:
    Result<Page<ConnectionRecord, UserId>> of_client(ClientId id,
                                                     const PageRequest<UserId>& request = {}) {
        return read([&](auto& realm, auto& tx) {
            return list_connections_of_client(realm, tx, id, request);
        });
    }
    Result<Page<ConnectionRecord, ClientId>> of_user(UserId id,
                                                     const PageRequest<ClientId>& request = {}) {
        return read([&](auto& realm, auto& tx) {
            return list_connections_of_user(realm, tx, id, request);
        });
    }
    Result<std::optional<ConnectionRecord>> find(const grants::ConnectionKey& key) {
        return read([&](auto& realm, auto& tx) { return find_connection(realm, tx, key); });
    }
    Result<grants::RevokeOutcome> revoke(const grants::ConnectionKey& key) {
        return change([&](auto& act, auto& tx) { return admin::revoke_connection(act, tx, key); });
    }
    const ClientId app = world.app.record.id;
    const UserId user = world.user;
};

TEST_F(ConnectionsForTheOperator, AreSeenFromBothEndsAndCutOffOnce) {
    EXPECT_TRUE(must(of_client(app)).rows.empty());
    EXPECT_EQ(must(revoke({user, app})), grants::RevokeOutcome::none_live);
    (void)world.connect();
    ASSERT_EQ(must(of_client(app)).rows.size(), 1U);
    ASSERT_EQ(must(of_user(user)).rows.size(), 1U);
    EXPECT_EQ(must(find({user, app}))->state, ConnectionState::live);

    EXPECT_EQ(must(revoke({user, app})), grants::RevokeOutcome::revoked);
    const AuditRecord record = expect_recorded("connection.revoked");
    EXPECT_EQ(record.user_id, user);
    EXPECT_EQ(record.client_id, app);
    EXPECT_EQ(must(find({user, app}))->state, ConnectionState::revoked);
    const std::size_t before = trail_size();
    EXPECT_EQ(must(revoke({user, app})), grants::RevokeOutcome::none_live);
    EXPECT_EQ(trail_size(), before);
}

TEST_F(ConnectionsForTheOperator, AreListedInPages) {
    (void)world.connect();
    const UserId second = world.make_user();
    must(world.write([&](auto& tx) -> Result<void> {
        (void)TRY(store::upsert_connection(tx, second, app, {"email"}, world.now()));
        return {};
    }));
    const auto first = must(of_client(app, {.limit = 1}));
    ASSERT_EQ(first.rows.size(), 1U);
    ASSERT_TRUE(first.next);
    const auto rest = must(of_client(app, {.after = first.next, .limit = 2}));
    ASSERT_EQ(rest.rows.size(), 1U);
    EXPECT_FALSE(rest.next);
    EXPECT_NE(rest.rows[0].user_id, first.rows[0].user_id);
    EXPECT_EQ(of_client(app, {.limit = 0}).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(of_user(user, {.limit = max_page + 1}).error().code, ErrorCode::invalid_argument);
}

TEST_F(ConnectionsForTheOperator, OfAnotherRealmAreNotThere) {
    const ClientId foreign = make_foreign_app();
    must(world.write([&](auto& tx) -> Result<void> {
        (void)TRY(store::upsert_connection(tx, user, foreign, {"email"}, world.now()));
        return {};
    }));
    EXPECT_EQ(of_client(foreign).error().code, ErrorCode::not_found);
    EXPECT_EQ(find({user, foreign}).error().code, ErrorCode::not_found);
    EXPECT_EQ(revoke({user, foreign}).error().code, ErrorCode::not_found);
    const UserId nobody = make_id<UserId>(testing::system_random());
    EXPECT_EQ(of_user(nobody).error().code, ErrorCode::not_found);
    EXPECT_EQ(find({nobody, app}).error().code, ErrorCode::not_found);
    EXPECT_EQ(revoke({nobody, app}).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace latchkey::admin
