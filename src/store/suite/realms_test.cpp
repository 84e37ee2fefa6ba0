// Conformance: realms.

#include "store/realms.hpp"

#include <gtest/gtest.h>

#include "store/audit.hpp"
#include "store/keys.hpp"
#include "store/outbox.hpp"
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

Result<void> append(database::WriteTransaction& tx, RealmId realm) {
    AuditRecord record;
    record.realm_id = realm;
    record.at = test_now;
    return append_audit(tx, record);
}

Result<void> enqueue(database::WriteTransaction& tx, RealmId realm) {
    OutgoingMailRecord mail;
    mail.realm_id = realm;
    mail.sealed_message = testing::bytes_of("mail");
    TRY(enqueue_mail(tx, mail));
    return {};
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

TEST_P(Realms, TheFirstSaysWhereItIsServedAndTakesNobodysUrlAway) {
    insert(realm_record(1));
    for (const std::string_view url : {"https://first.example", "https://realm-1.example"}) {
        write([&](auto& tx) { return set_default_realm_url(tx, url); });
        EXPECT_EQ(read([](auto& tx) { return get_default_realm(tx); }).public_url, url);
    }
    EXPECT_EQ(read([](auto& tx) { return find_realm(tx, id_of<RealmId>(1)); })->public_url,
              "https://realm-1.example");
    auto same_url = realm_record(2);
    same_url.public_url = "https://realm-1.example";
    EXPECT_EQ(insert_error(same_url), ErrorCode::conflict);
}

TEST_P(Realms, TheFirstIsAloneUntilThereIsAnother) {
    EXPECT_FALSE(read([](auto& tx) { return has_other_realms(tx); }));
    insert(realm_record(1));
    EXPECT_TRUE(read([](auto& tx) { return has_other_realms(tx); }));
    EXPECT_TRUE(write([](auto& tx) { return delete_realm(tx, id_of<RealmId>(1)); }));
    EXPECT_FALSE(read([](auto& tx) { return has_other_realms(tx); }));
}

TEST_P(Realms, CountTheirOwnPeopleAndApps) {
    const auto expect_count = [&](RealmId id, std::int64_t people, std::int64_t apps) {
        const Residents counted = read([&](auto& tx) { return count_residents(tx, id); });
        EXPECT_EQ(counted.people, people);
        EXPECT_EQ(counted.apps, apps);
    };
    expect_count(testing::test_realm, 0, 0);
    write([](auto& tx) { return insert_user(tx, testing::user_record(1)); });
    expect_count(testing::test_realm, 1, 0);
    expect_count(testing::other_realm, 0, 0);
    auto client = testing::client_record(1);
    client.realm_id = testing::other_realm;
    write([&](auto& tx) { return insert_client(tx, client); });
    expect_count(testing::other_realm, 0, 1);
    expect_count(testing::test_realm, 1, 0);
}

TEST_P(Realms, GoWithTheirKeysAndMailAndLeaveTheirTrail) {
    for (const std::uint32_t n : {1U, 2U}) {
        insert(realm_record(n));
        const auto id = id_of<RealmId>(n);
        write([&](auto& tx) -> Result<void> {
            TRY(insert_key(tx, {.realm_id = id,
                                .purpose = "mail",
                                .version = 1,
                                .wrapped_key = testing::bytes_of("key"),
                                .created_at = test_now,
                                .use_from = test_now}));
            TRY(enqueue(tx, id));
            return append(tx, id);
        });
    }
    const auto gone = id_of<RealmId>(1);
    EXPECT_TRUE(write([&](auto& tx) { return delete_realm(tx, gone); }));
    EXPECT_FALSE(write([&](auto& tx) { return delete_realm(tx, gone); }));
    EXPECT_FALSE(read([&](auto& tx) { return find_realm(tx, gone); }));
    EXPECT_TRUE(read([&](auto& tx) { return list_keys(tx, gone); }).empty());
    EXPECT_TRUE(read([&](auto& tx) { return list_newest_mail(tx, gone, 9); }).empty());
    EXPECT_EQ(read([&](auto& tx) { return list_newest_audit(tx, gone, 9); }).size(), 1U);
    const auto other = id_of<RealmId>(2);
    EXPECT_EQ(read([&](auto& tx) { return list_keys(tx, other); }).size(), 1U);
    EXPECT_EQ(read([&](auto& tx) { return list_newest_mail(tx, other, 9); }).size(), 1U);

    const auto first = read([](auto& tx) { return get_default_realm(tx); });
    EXPECT_FALSE(write([&](auto& tx) { return delete_realm(tx, first.id); })) << "never that one";
}

TEST_P(Realms, AreFoundByTheirTrailAfterTheyWent) {
    const auto next = [&](RealmId after) {
        return read([&](auto& tx) { return find_next_audited_realm(tx, after); });
    };
    EXPECT_FALSE(next({}));
    for (const std::uint32_t n : {2U, 1U, 2U}) {
        write([&](auto& tx) { return append(tx, id_of<RealmId>(n)); });
    }
    EXPECT_EQ(next({}), id_of<RealmId>(1));
    EXPECT_EQ(next(id_of<RealmId>(1)), id_of<RealmId>(2));
    EXPECT_FALSE(next(id_of<RealmId>(2)));
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
