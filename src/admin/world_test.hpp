#pragma once

// The world with an app, a person, and an operator who says why.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "store/audit.hpp"
#include "store/clients.hpp"
#include "testing/delegation_world.hpp"

namespace latchkey::admin {

class OperatorTest : public ::testing::Test {
protected:
    [[nodiscard]] realm::Act act() const { return world.act(by); }
    [[nodiscard]] const realm::Realm& realm() const { return world.realm; }

    /// `work(act, tx)` as the boundary runs it.
    template <class Work>
    auto change(const Work& work) const {
        const realm::Act now = act();
        return world.write([&](auto& tx) { return work(now, tx); });
    }
    template <class Work>
    auto read(const Work& work) const {
        return world.read([&](auto& tx) { return work(realm(), tx); });
    }

    [[nodiscard]] std::vector<AuditRecord> trail(int limit) const {
        const auto tx = testing::must(world.database->read());
        return testing::must(store::list_newest_audit(*tx, realm().id(), limit));
    }
    /// The newest record tells of `action`, by the operator and with their reason.
    [[nodiscard]] AuditRecord expect_recorded(std::string_view action) const {
        const AuditRecord record = trail(1).at(0);
        EXPECT_EQ(record.action, action);
        EXPECT_EQ(record.actor, "operator");
        EXPECT_EQ(record.identity, "Ada");
        EXPECT_EQ(record.reason, "Ticket 12");
        EXPECT_EQ(record.request_id, "req-9");
        EXPECT_EQ(record.origin, "192.0.2.9");
        return record;
    }
    [[nodiscard]] std::size_t trail_size() const { return trail(1000).size(); }

    /// An app of another realm.
    [[nodiscard]] ClientId make_foreign_app() const {
        ClientRecord record = world.app.record;
        record.id = make_id<ClientId>(testing::system_random());
        record.realm_id = make_id<RealmId>(testing::system_random());
        testing::must(world.write([&](auto& tx) { return store::insert_client(tx, record); }));
        return record.id;
    }

    testing::DelegationWorld world;
    audit::Context by{audit::Actor::known_operator("Ada"), "req-9", "192.0.2.9",
                      testing::must(audit::Reason::parse("Ticket 12"))};
};

}  // namespace latchkey::admin
