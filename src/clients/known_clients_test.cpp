#include "clients/known_clients.hpp"

#include <gtest/gtest.h>

#include <string>

#include "clients/clients.hpp"
#include "store/clients.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::clients {
namespace {

using testing::DelegationWorld;
using testing::must;
using testing::test_audit;

class KnownClientsTest : public ::testing::Test {
protected:
    KnownClientsTest() { world.services.known_clients = &known; }

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

    DelegationWorld world;
    KnownClients known{*world.database};
};

TEST_F(KnownClientsTest, AreReadOnceInAGroup) {
    must(world.database->begin_joint_group());
    EXPECT_EQ(name(), "First app");
    rename_in_the_store("Renamed");
    EXPECT_EQ(name(), "First app") << "not read again";
    must(world.database->end_group());
    EXPECT_EQ(name(), "Renamed") << "outside a group, always";

    must(world.database->begin_joint_group());
    EXPECT_EQ(name(), "Renamed") << "the next group knows nothing";
    must(world.database->end_group());
}

TEST_F(KnownClientsTest, AreReadAgainAfterTheGroupChangedOne) {
    must(world.database->begin_joint_group());
    EXPECT_EQ(name(), "First app");
    ClientChange change;
    change.name = "Renamed";
    must(update_client(world.services, world.app.record.id, change, world.now(), test_audit));
    EXPECT_EQ(name(), "Renamed");
    must(delete_client(world.services, world.app.record.id, world.now(), test_audit));
    EXPECT_EQ(name(), "");
    must(world.database->end_group());
    EXPECT_EQ(name(), "");
}

TEST_F(KnownClientsTest, AreNotKeptFromAChangeThatWasTakenBack) {
    must(world.database->begin_group());
    {
        known.forget();
        auto tx = must(world.database->write());
        ClientRecord record = world.app.record;
        record.name = "Never";
        must(store::update_client(*tx, record));
        const std::string id = record.id.text();
        const ClientCredentials credentials{id, world.app.secret.reveal()};
        EXPECT_EQ(must(authenticate_client(world.services, *tx, credentials, world.now()))->name,
                  "Never");
    }
    EXPECT_EQ(name(), "First app");
    must(world.database->end_group());
}

TEST_F(KnownClientsTest, DoNotHoldTheAppThatIsReadForAnUnknownOne) {
    must(world.database->begin_joint_group());
    auto tx = must(world.database->read());
    const auto other = must(known.find_from(*tx, ClientId{}));
    ASSERT_TRUE(other);
    EXPECT_EQ(other->id, world.app.record.id);
    rename_in_the_store("Renamed");
    EXPECT_EQ(must(known.find_from(*tx, ClientId{}))->name, "Renamed");
    must(world.database->end_group());
}

}  // namespace
}  // namespace latchkey::clients
