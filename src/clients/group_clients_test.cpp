#include "clients/group_clients.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "clients/clients.hpp"
#include "store/clients.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::clients {
namespace {

using database::Isolation;
using testing::DelegationWorld;
using testing::must;

class GroupClientsTest : public ::testing::Test {
protected:
    /// The app's name, as who asks for tokens is looked up; empty when nobody was found.
    template <class Transaction>
    std::string name_in(Transaction& tx) {
        const std::string id = world.app.record.id.text();
        const ClientCredentials credentials{id, world.app.secret.reveal()};
        const auto client =
            authenticate_client(world.realm, tx, credentials, world.now(), world.secret_uses);
        return client ? (*client)->name : "";
    }
    std::string name() {
        if (!group) return world.read([&](auto& tx) { return name_in(tx); });
        return name_in(*must(group->begin()));
    }
    /// In a transaction of the group, committed.
    template <class Work>
    auto write(const Work& work) {
        return must(database::write_in(*group, work));
    }
    /// Behind its back: what is read again afterwards is the new one.
    void rename_in_the_store(std::string name) {
        ClientRecord record = world.app.record;
        record.name = std::move(name);
        write([&](auto& tx) { return store::update_client(tx, record); });
    }

    void begin(Isolation isolation) { group = must(world.database->begin_group(isolation)); }
    void end() {
        must(group->commit());
        group.reset();
    }

    DelegationWorld world;
    std::unique_ptr<database::WriteGroup> group;
};

TEST_F(GroupClientsTest, AreReadOnceInAGroup) {
    begin(Isolation::joint);
    EXPECT_EQ(name(), "First app");
    rename_in_the_store("Renamed");
    EXPECT_EQ(name(), "First app") << "not read again";
    end();
    EXPECT_EQ(name(), "Renamed") << "outside a group, always";

    begin(Isolation::joint);
    EXPECT_EQ(name(), "Renamed") << "the next group knows nothing";
    end();
}

TEST_F(GroupClientsTest, AreReadAgainAfterTheGroupChangedOne) {
    begin(Isolation::joint);
    EXPECT_EQ(name(), "First app");
    ClientChange change;
    change.name = "Renamed";
    const ClientId id = world.app.record.id;
    write([&](auto& tx) { return update_client(world.act(), tx, id, change); });
    EXPECT_EQ(name(), "Renamed");
    write([&](auto& tx) { return delete_client(world.act(), tx, id); });
    EXPECT_EQ(name(), "");
    end();
    EXPECT_EQ(name(), "");
}

TEST_F(GroupClientsTest, AreNotKeptFromAChangeThatWasTakenBack) {
    begin(Isolation::isolated);
    {
        auto tx = must(group->begin());
        forget_clients(*tx);
        ClientRecord record = world.app.record;
        record.name = "Never";
        must(store::update_client(*tx, record));
        database::ReadTransaction& reading = *tx;
        EXPECT_EQ(name_in(reading), "Never");
    }
    EXPECT_EQ(name(), "First app");
    end();
}

TEST_F(GroupClientsTest, DoNotHoldTheAppThatIsReadForAnUnknownOne) {
    begin(Isolation::joint);
    const auto next = [&] {
        auto tx = must(group->begin());
        return must(find_client_from(*tx, ClientId{}));
    };
    ASSERT_TRUE(next());
    EXPECT_EQ(next()->id, world.app.record.id);
    rename_in_the_store("Renamed");
    EXPECT_EQ(next()->name, "Renamed");
    end();
}

}  // namespace
}  // namespace latchkey::clients
