#include "people/app_reads.hpp"

#include "people/world_test.hpp"
#include "store/clients.hpp"
#include "store/connections.hpp"

namespace latchkey::people {
namespace {

class AppReadsTest : public IdentityTest {
protected:
    AppReadsTest() {
        ClientRecord client;
        client.id = client_;
        client.name = "Shop";
        write([&](auto& tx) { return store::insert_client(tx, client); });
        (void)write([&](auto& tx) {
            return store::upsert_connection(tx, user_, client_, ScopeNames{"email openid"}, now());
        });
    }
    std::optional<Timestamp> last_read() {
        const auto apps =
            read([&](auto& tx) { return store::list_connected_apps(tx, user_, std::nullopt, 10); });
        return apps.at(0).last_read_at;
    }

    /// All that wait; how many steps it took.
    int write_notes() {
        int steps = 1;
        while (write([&](auto& tx) { return reads_.write(tx); }) > 0) ++steps;
        return steps;
    }

    UserId user_ = create("ada@example.com").id;
    ClientId client_ = make_id<ClientId>(random());
    AppReads reads_;
};

TEST_F(AppReadsTest, AreSeenOnceTheyAreWritten) {
    EXPECT_EQ(last_read(), std::nullopt);
    reads_.note(user_, client_, now());
    EXPECT_EQ(last_read(), std::nullopt);
    write_notes();
    EXPECT_EQ(last_read(), now());
}

TEST_F(AppReadsTest, NeverMoveBackAndAreBounded) {
    reads_.note(user_, client_, now());
    write_notes();
    reads_.note(user_, client_, now() - Seconds(1000));
    write_notes();
    EXPECT_EQ(last_read(), now());
    for (std::size_t i = 0; i < max_waiting_app_reads + 100; ++i) {
        reads_.note(user_, make_id<ClientId>(random()), now());
    }
    write_notes();
}

}  // namespace
}  // namespace latchkey::people
