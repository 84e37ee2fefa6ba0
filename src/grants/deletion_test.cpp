#include "grants/deletion.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "store/audit.hpp"
#include "store/clients.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::grants {
namespace {

using testing::must;

class Deletion : public ::testing::Test {
protected:
    /// As many apps that the person is connected to, past one page of them.
    void connect_to(int apps) {
        must(world.write([&](auto& tx) -> Result<void> {
            for (int i = 0; i < apps; ++i) {
                ClientRecord app = world.app.record;
                app.id = make_id<ClientId>(testing::system_random());
                TRY(store::insert_client(tx, app));
                (void)TRY(store::upsert_connection(tx, world.user, app.id, {"email"}, world.now()));
            }
            return {};
        }));
    }
    Result<bool> remove() {
        return world.write([&](auto& tx) { return delete_user(world.act(), tx, world.user); });
    }
    int count(std::string_view action) {
        const auto tx = must(world.database->read());
        const auto trail = must(store::list_newest_audit(*tx, world.realm.id(), 1000));
        return static_cast<int>(std::ranges::count(trail, action, &AuditRecord::action));
    }

    testing::DelegationWorld world;
};

TEST_F(Deletion, CutsOffEveryAppInTheTransactionInWhichThePersonGoes) {
    constexpr int apps = max_connections_page + 5;
    connect_to(apps);
    (void)world.connect();
    (void)world.disconnect();
    ASSERT_EQ(count("connection.revoked"), 1);
    EXPECT_TRUE(must(remove()));
    EXPECT_EQ(count("connection.revoked"), 1 + apps) << "what was cut off before is not again";
    EXPECT_EQ(count("user.deleted"), 1);
    const auto left = must(world.read(
        [&](auto& tx) { return list_connections_of_user(tx, world.user, std::nullopt); }));
    EXPECT_TRUE(left.empty());
    EXPECT_FALSE(must(remove())) << "nobody is there any more";
    EXPECT_EQ(count("user.deleted"), 1);
}

TEST_F(Deletion, LeavesEverythingWhereItsTransactionIsNotKept) {
    connect_to(3);
    {
        const auto tx = must(testing::begin_write(*world.database));
        EXPECT_TRUE(must(delete_user(world.act(), *tx, world.user)));
    }
    EXPECT_EQ(count("user.deleted"), 0);
    EXPECT_EQ(count("connection.revoked"), 0);
    const auto there = must(world.read(
        [&](auto& tx) { return list_connections_of_user(tx, world.user, std::nullopt); }));
    ASSERT_EQ(there.size(), 3U);
    EXPECT_EQ(there[0].state, ConnectionState::live);
    EXPECT_TRUE(must(remove()));
}

}  // namespace
}  // namespace latchkey::grants
