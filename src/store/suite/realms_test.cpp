// Conformance: realms.

#include "store/realms.hpp"

#include <gtest/gtest.h>

#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::id_of;
using testing::test_now;

RealmRecord realm_record(std::uint32_t n) {
    const std::string name = "realm-" + std::to_string(n);
    return {.id = id_of<RealmId>(n),
            .name = name,
            .public_url = "https://" + name + ".example",
            .created_at = test_now};
}

class Realms : public testing::StoreSuite {
protected:
    void insert(const RealmRecord& realm) {
        write([&](auto& tx) { return insert_realm(tx, realm); });
    }
    ErrorCode insert_error(const RealmRecord& realm) {
        return write_error([&](auto& tx) { return insert_realm(tx, realm); });
    }
};
INSTANTIATE_TEST_SUITE_P(On, Realms, ::testing::ValuesIn(testing::engines()), testing::engine_name);

TEST_P(Realms, AreFoundByIdAndByName) {
    insert(realm_record(1));
    for (const auto& found :
         {read([&](auto& tx) { return find_realm(tx, id_of<RealmId>(1)); }),
          read([&](auto& tx) { return find_realm(tx, std::string_view("realm-1")); })}) {
        ASSERT_TRUE(found.has_value());
        EXPECT_EQ(found->id, id_of<RealmId>(1));
        EXPECT_EQ(found->name, "realm-1");
        EXPECT_EQ(found->public_url, "https://realm-1.example");
        EXPECT_EQ(found->created_at, test_now);
    }
    EXPECT_FALSE(read([&](auto& tx) { return find_realm(tx, id_of<RealmId>(2)); }));
    EXPECT_FALSE(read([&](auto& tx) { return find_realm(tx, std::string_view("none")); }));
}

TEST_P(Realms, TheFirstIsThereAndHasNoName) {
    const auto first = read([](auto& tx) { return get_default_realm(tx); });
    EXPECT_EQ(first.name, "");
    insert(realm_record(1));
    EXPECT_EQ(read([](auto& tx) { return get_default_realm(tx); }).id, first.id);
    const auto all = read([](auto& tx) { return list_realms(tx); });
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].id, first.id);
    EXPECT_EQ(all[1].name, "realm-1");
}

TEST_P(Realms, ShareNeitherNameNorUrl) {
    insert(realm_record(1));
    auto same_name = realm_record(2);
    same_name.name = "realm-1";
    EXPECT_EQ(insert_error(same_name), ErrorCode::conflict);
    auto same_url = realm_record(2);
    same_url.public_url = "https://realm-1.example";
    EXPECT_EQ(insert_error(same_url), ErrorCode::conflict);
    auto no_url = realm_record(2);
    no_url.public_url = "";
    insert(no_url);
}

TEST_P(Realms, OneOfSeveralOfOneNameIsMade) {
    const int winners = race([](database::WriteTransaction& tx, int racer) -> Result<bool> {
        auto realm = realm_record(static_cast<std::uint32_t>(racer) + 1);
        realm.name = "same";
        TRY(insert_realm(tx, realm));
        return true;
    });
    EXPECT_EQ(winners, 1);
}

}  // namespace
}  // namespace latchkey::store::suite
