#include "clients/group_clients.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "clients/clients.hpp"
#include "database/ambient_group.hpp"
#include "store/clients.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::clients {
namespace {

using database::Isolation;
using testing::DelegationWorld;
using testing::must;
using testing::test_audit;

class GroupClientsTest : public ::testing::Test {
protected:
    /// The app's name, as who asks for tokens is looked up; empty when nobody was found.
    std::string name() {
        auto tx = must(world.database->read());
        const std::string id = world.app.record.id.text();
        const ClientCredentials credentials{id, world.app.secret.reveal()};
        const auto client = authenticate_client(world.services, *tx, credentials, world.now());
        return client ? (*client)->name : "";
    }
    /// Behind its back: what is read again afterwards is the new one.
    void rename_in_the_store(std::string name) {
        ClientRecord record = world.app.record;
        record.name = std::move(name);
        auto tx = must(world.database->write());
        must(store::update_client(*tx, record));
        must(tx->commit());
    }

    void begin(Isolation isolation) {
        group = must(world.database->begin_group(isolation));
        ambient.emplace(*world.database, *group);
    }
    void end() {
        ambient.reset();
        must(group->commit());
    }

    DelegationWorld world;
    std::unique_ptr<database::WriteGroup> group;
    std::optional<database::AmbientGroup> ambient;
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
    must(update_client(world.services, world.app.record.id, change, world.now(), test_audit));
    EXPECT_EQ(name(), "Renamed");
    must(delete_client(world.services, world.app.record.id, world.now(), test_audit));
    EXPECT_EQ(name(), "");
    end();
    EXPECT_EQ(name(), "");
}

TEST_F(GroupClientsTest, AreNotKeptFromAChangeThatWasTakenBack) {
    begin(Isolation::isolated);
    {
        auto tx = must(world.database->write());
        forget_clients(*tx);
        ClientRecord record = world.app.record;
        record.name = "Never";
        must(store::update_client(*tx, record));
        const std::string id = record.id.text();
        const ClientCredentials credentials{id, world.app.secret.reveal()};
        EXPECT_EQ(must(authenticate_client(world.services, *tx, credentials, world.now()))->name,
                  "Never");
    }
    EXPECT_EQ(name(), "First app");
    end();
}

TEST_F(GroupClientsTest, DoNotHoldTheAppThatIsReadForAnUnknownOne) {
    begin(Isolation::joint);
    auto tx = must(world.database->read());
    const auto other = must(find_client_from(*tx, ClientId{}));
    ASSERT_TRUE(other);
    EXPECT_EQ(other->id, world.app.record.id);
    rename_in_the_store("Renamed");
    EXPECT_EQ(must(find_client_from(*tx, ClientId{}))->name, "Renamed");
    end();
}

}  // namespace
}  // namespace latchkey::clients
