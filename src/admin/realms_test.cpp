#include "admin/realms.hpp"

#include <gtest/gtest.h>

#include "keys/purposes.hpp"
#include "store/audit.hpp"
#include "store/clients.hpp"
#include "testing/transactions.hpp"
#include "testing/world.hpp"

namespace latchkey::admin {
namespace {

using testing::must;
using testing::read_once;
using testing::system_random;
using testing::write_once;

const audit::Context by_ada{audit::Actor::known_operator("Ada"), "", "cli",
                            must(audit::Reason::parse("A second brand"))};

class RealmsTest : public ::testing::Test {
protected:
    Result<RealmRecord> create(const NewRealm& wanted) {
        const auto tx = must(testing::begin_write(*store_));
        const RealmKeys keys{make_id<RealmId>(system_random()), world_.realm.keys.wrapping(), {}};
        auto made = create_realm(*tx, wanted, keys, from_unix(1'800'000'000), by_ada);
        if (made) must(tx->commit());
        return made;
    }
    Result<void> remove(std::string_view name) {
        const auto tx = must(testing::begin_write(*store_));
        auto removed = delete_realm(*tx, name, from_unix(1'800'000'000), by_ada);
        if (removed) must(tx->commit());
        return removed;
    }
    std::vector<RealmRecord> all() {
        return read_once(*store_, [](auto& tx) { return store::list_realms(tx); });
    }
    ErrorCode refusal_of(const NewRealm& wanted) { return create(wanted).error().code; }

    testing::World world_;
    database::Database* store_ = world_.database.get();
};

TEST_F(RealmsTest, AreMadeWithALineInTheirOwnTrailAndInTheFirsts) {
    const RealmRecord acme = must(create({"acme", "https://id.acme.example"}));
    const auto all = read_once(*store_, [](auto& tx) { return store::list_realms(tx); });
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1].id, acme.id);
    EXPECT_EQ(all[1].public_url, "https://id.acme.example");
    const auto trail =
        read_once(*store_, [&](auto& tx) { return store::list_newest_audit(tx, acme.id, 10); });
    ASSERT_EQ(trail.size(), 1U);
    EXPECT_EQ(trail[0].action, "realm.created");
    EXPECT_EQ(trail[0].actor, "operator");
    EXPECT_EQ(trail[0].identity, "Ada");
    EXPECT_EQ(trail[0].reason, "A second brand");
    EXPECT_EQ(trail[0].detail, "acme");
    const auto first =
        read_once(*store_, [&](auto& tx) { return store::list_newest_audit(tx, all[0].id, 10); });
    ASSERT_EQ(first.size(), 1U) << "its own trail cannot be read once it is deleted";
    EXPECT_EQ(first[0].action, "realm.created");
    EXPECT_EQ(first[0].detail, "acme");
    EXPECT_EQ(first[0].identity, "Ada");
    must(create({"other", "https://id.other.example"}));
    EXPECT_EQ(
        read_once(*store_, [&](auto& tx) { return store::list_newest_audit(tx, acme.id, 10); })
            .size(),
        1U)
        << "it is no business of the others";
}

TEST_F(RealmsTest, AreListedAndShownWithTheirKeys) {
    must(create({"acme", "https://id.acme.example"}));
    const auto all = read_once(*store_, [](auto& tx) { return list_realms(tx); });
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].name, "") << "the one from the start";
    EXPECT_EQ(all[1].name, "acme");
    const auto ring = must(keys::KeyRing::load(Secret(std::string(32, '\x5a')), *store_, all[1].id,
                                               system_random(), world_.now()));
    const auto shown =
        read_once(*store_, [&](auto& tx) { return get_realm(tx, "acme", world_.now()); });
    EXPECT_EQ(shown.record.name, "acme");
    EXPECT_EQ(shown.keys.size(), keys::sealing_purposes.size() + 1);
}

TEST_F(RealmsTest, HaveANameAndAHostOfTheirOwn) {
    must(create({"acme", "https://id.acme.example"}));
    EXPECT_EQ(refusal_of({"acme", "https://id.other.example"}), ErrorCode::conflict);
    EXPECT_EQ(refusal_of({"other", "https://id.acme.example"}), ErrorCode::conflict);
    EXPECT_EQ(refusal_of({"other", "https://id.acme.example:8443"}), ErrorCode::conflict)
        << "cookies know no ports";
    must(create({"other", "https://id.other.example"}));
}

TEST_F(RealmsTest, StandOnNoHostOfTheFirst) {
    write_once(*store_, [](auto& tx) {
        return store::set_default_realm_url(tx, "http://a.localhost:21011");
    });
    EXPECT_EQ(refusal_of({"twin", "http://a.localhost:21019"}), ErrorCode::conflict);
    EXPECT_EQ(refusal_of({"twin", "https://a.localhost"}), ErrorCode::conflict);
    EXPECT_EQ(refusal_of({"twin", "https://id.example", "https://id.example:8443"}),
              ErrorCode::conflict)
        << "the configuration knows better than a store that no server has seen";
    must(create({"twin", "http://b.localhost:21011", "http://a.localhost:21011"}));
}

TEST_F(RealmsTest, AreMadeWithTheirKeysOrNotAtAll) {
    const RealmKeys keys = must(
        make_realm_keys(world_.realm.keys.wrapping(), system_random(), from_unix(1'800'000'000)));
    const auto create_with = [&](const NewRealm& wanted) {
        const auto tx = must(testing::begin_write(*store_));
        auto made = create_realm(*tx, wanted, keys, from_unix(1'800'000'000), by_ada);
        if (made) must(tx->commit());
        return made;
    };
    const auto stored = [&] {
        return read_once(*store_, [&](auto& tx) { return store::list_keys(tx, keys.realm); });
    };
    EXPECT_FALSE(create_with({"acme", "not a URL"}));
    EXPECT_TRUE(stored().empty());
    EXPECT_EQ(must(create_with({"acme", "https://id.acme.example"})).id, keys.realm);
    EXPECT_EQ(stored().size(), keys.records.size());
    EXPECT_GT(keys.records.size(), 1U);
    const auto ring = must(keys::KeyRing::load(Secret(std::string(32, '\x5a')), *store_, keys.realm,
                                               system_random(), from_unix(1'800'000'000)));
    EXPECT_EQ(stored().size(), keys.records.size()) << "nothing was missing";
    EXPECT_EQ(ring->realm(), keys.realm);
}

TEST_F(RealmsTest, GoWhenNobodyIsInThem) {
    const RealmRecord acme = must(create({"acme", "https://id.acme.example"}));
    EXPECT_EQ(remove("").error().code, ErrorCode::not_found) << "the first one stays";
    EXPECT_EQ(remove("nobody").error().code, ErrorCode::not_found);
    ClientRecord app;
    app.id = make_id<ClientId>(system_random());
    app.realm_id = acme.id;
    write_once(*store_, [&](auto& tx) { return store::insert_client(tx, app); });
    EXPECT_EQ(remove("acme").error().code, ErrorCode::conflict);
    EXPECT_EQ(all().size(), 2U);
    must(create({"empty", "https://id.empty.example"}));
    must(remove("empty"));
    ASSERT_EQ(all().size(), 2U);
    const RealmId first = all()[0].id;
    const auto trail =
        read_once(*store_, [&](auto& tx) { return store::list_newest_audit(tx, first, 10); });
    ASSERT_EQ(trail.size(), 3U) << "two were made";
    EXPECT_EQ(trail[0].action, "realm.deleted");
    EXPECT_EQ(trail[0].actor, "operator");
    EXPECT_EQ(trail[0].detail, "empty");
    must(create({"empty", "https://id.empty.example"}));
}

TEST_F(RealmsTest, HaveAPlainNameAndAnOriginAsTheirUrl) {
    for (const std::string name : {"", "Acme", "1st", "a b", "-a", "a.b", "ä"}) {
        EXPECT_EQ(refusal_of({name, "https://id.example"}), ErrorCode::invalid_argument) << name;
    }
    EXPECT_EQ(refusal_of({std::string(33, 'a'), "https://id.example"}),
              ErrorCode::invalid_argument);
    for (const std::string url :
         {"", "id.example", "http://id.example", "https://id.example/", "https://ID.example",
          "https://.", "https://-", "https://[:]", "https://a..b", "https://id.acme.example.",
          "https://id.example:99999"}) {
        EXPECT_EQ(refusal_of({"acme", url}), ErrorCode::invalid_argument) << url;
    }
    EXPECT_EQ(refusal_of({"acme", "https://" + std::string(550, 'a')}),
              ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace latchkey::admin
