#include "admin/realms.hpp"

#include <gtest/gtest.h>

#include "keys/purposes.hpp"
#include "store/audit.hpp"
#include "testing/transactions.hpp"
#include "testing/world.hpp"

namespace latchkey::admin {
namespace {

using testing::must;
using testing::read_once;
using testing::system_random;

class RealmsTest : public ::testing::Test {
protected:
    Result<RealmRecord> create(const NewRealm& wanted) {
        const auto tx = must(testing::begin_write(*store_));
        auto made = create_realm(*tx, wanted, system_random(), from_unix(1'800'000'000),
                                 {audit::Actor::known_operator("Ada"), "", "cli",
                                  must(audit::Reason::parse("A second brand"))});
        if (made) must(tx->commit());
        return made;
    }
    ErrorCode refusal_of(const NewRealm& wanted) { return create(wanted).error().code; }

    testing::World world_;
    database::Database* store_ = world_.database.get();
};

TEST_F(RealmsTest, AreMadeWithALineInTheirOwnTrail) {
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
    EXPECT_TRUE(first.empty()) << "it is no business of the others";
}

TEST_F(RealmsTest, AreListedAndShownWithTheirKeys) {
    must(create({"acme", "https://id.acme.example"}));
    const auto all = read_once(*store_, [](auto& tx) { return list_realms(tx); });
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].name, "") << "the one from the start";
    EXPECT_EQ(all[1].name, "acme");
    const auto ring = must(keys::KeyRing::load(Secret(std::string(keys::KeyRing::key_size, 'm')),
                                               *store_, all[1].id, system_random(), world_.now()));
    const realm::Realm acme{
        .keys = *ring, .issuer = all[1].public_url, .partners_audience = all[1].public_url};
    const auto shown =
        read_once(*store_, [&](auto& tx) { return get_realm(acme, tx, world_.now()); });
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

TEST_F(RealmsTest, HaveAPlainNameAndAnOriginAsTheirUrl) {
    for (const std::string name : {"", "Acme", "1st", "a b", "-a", "a.b", "ä"}) {
        EXPECT_EQ(refusal_of({name, "https://id.example"}), ErrorCode::invalid_argument) << name;
    }
    EXPECT_EQ(refusal_of({std::string(33, 'a'), "https://id.example"}),
              ErrorCode::invalid_argument);
    for (const std::string url :
         {"", "id.example", "http://id.example", "https://id.example/", "https://ID.example"}) {
        EXPECT_EQ(refusal_of({"acme", url}), ErrorCode::invalid_argument) << url;
    }
}

}  // namespace
}  // namespace latchkey::admin
