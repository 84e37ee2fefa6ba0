// Conformance: apps with their secrets, logos and role groups.

#include "store/clients.hpp"

#include <gtest/gtest.h>

#include "store/client_logos.hpp"
#include "store/client_roles.hpp"
#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::bytes_of;
using testing::client_record;
using testing::id_of;
using testing::other_realm;
using testing::test_now;
using testing::test_realm;

class Clients : public testing::StoreSuite {
protected:
    void insert(const ClientRecord& client) {
        write([&](auto& tx) { return insert_client(tx, client); });
    }
    std::optional<ClientRecord> find(std::uint32_t n) {
        return read([&](auto& tx) { return find_client(tx, test_realm, id_of<ClientId>(n)); });
    }
    bool remove(std::uint32_t n) {
        return write([&](auto& tx) { return delete_client(tx, test_realm, id_of<ClientId>(n)); });
    }
    bool join(RealmId realm, std::string role, std::uint32_t n) {
        return write([&](auto& tx) {
            return add_role_member(tx, {realm, std::move(role), id_of<ClientId>(n), test_now});
        });
    }
};
INSTANTIATE_TEST_SUITE_P(On, Clients, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(Clients, ComeBackAsTheyWentIn) {
    insert(client_record(1));
    const auto found = find(1);
    ASSERT_TRUE(found.has_value());
    const auto client = client_record(1);
    EXPECT_EQ(found->id, client.id);
    EXPECT_EQ(found->realm_id, test_realm);
    EXPECT_EQ(found->name, "Shop 1");
    EXPECT_EQ(found->origins, client.origins);
    EXPECT_EQ(found->redirect_uris, client.redirect_uris);
    EXPECT_EQ(found->scopes, client.scopes);
    EXPECT_EQ(found->created_at, test_now);
    ASSERT_EQ(found->secrets.size(), 2U);
    EXPECT_EQ(found->secrets[0].hash, bytes_of("hash one"));
    EXPECT_EQ(found->secrets[0].expires_at, test_now + Seconds(60));
    EXPECT_FALSE(found->secrets[0].last_used_at.has_value());
    EXPECT_EQ(found->secrets[1].hash, bytes_of("hash two"));
    EXPECT_FALSE(found->secrets[1].expires_at.has_value());
    EXPECT_EQ(write_error([&](auto& tx) { return insert_client(tx, client); }),
              ErrorCode::conflict);
    EXPECT_EQ(read([&](auto& tx) { return find_realm_of_client(tx, client.id); }), test_realm);
    EXPECT_FALSE(read([&](auto& tx) { return find_realm_of_client(tx, id_of<ClientId>(2)); }));
}

TEST_P(Clients, AreFoundByTheirIdOrTheNext) {
    insert(client_record(2));
    insert(client_record(4));
    const auto from = [&](std::uint32_t n) {
        return read([&](auto& tx) { return find_client_from(tx, id_of<ClientId>(n)); });
    };
    EXPECT_EQ(from(2)->id, id_of<ClientId>(2));
    EXPECT_EQ(from(3)->id, id_of<ClientId>(4));
    EXPECT_EQ(from(3)->secrets.size(), 2U);
    EXPECT_FALSE(from(5));
}

TEST_P(Clients, AreListedInPagesOfTheirRealm) {
    for (std::uint32_t n = 1; n <= 5; ++n) {
        auto client = client_record(n);
        if (n == 3) client.realm_id = other_realm;
        insert(client);
    }
    const auto list = [&](RealmId realm, std::optional<ClientId> after, int limit) {
        return read([&](auto& tx) { return list_clients(tx, realm, after, limit); });
    };
    const auto first = list(test_realm, std::nullopt, 3);
    ASSERT_EQ(first.size(), 3U);
    EXPECT_EQ(first[2].id, id_of<ClientId>(4));
    EXPECT_EQ(first[2].secrets.size(), 2U);
    EXPECT_EQ(list(test_realm, first[2].id, 3).size(), 1U);
    EXPECT_EQ(list(other_realm, std::nullopt, 3).size(), 1U);
}

TEST_P(Clients, ChangeAsAWhole) {
    insert(client_record(1));
    auto changed = client_record(1);
    changed.name = "Another";
    changed.origins = {};
    changed.redirect_uris = {"https://other.example/"};
    changed.scopes = ScopeNames{"email"};
    changed.secrets = {{bytes_of("hash three"), test_now, std::nullopt}};
    write([&](auto& tx) { return update_client(tx, changed); });
    const auto found = find(1);
    EXPECT_EQ(found->name, "Another");
    EXPECT_TRUE(found->origins.empty());
    EXPECT_EQ(found->redirect_uris, changed.redirect_uris);
    EXPECT_EQ(found->scopes, ScopeNames{"email"});
    ASSERT_EQ(found->secrets.size(), 1U);
    EXPECT_EQ(found->secrets[0].hash, bytes_of("hash three"));
    EXPECT_EQ(write_error([&](auto& tx) { return update_client(tx, client_record(2)); }),
              ErrorCode::not_found);
}

TEST_P(Clients, RememberTheLastUseOfASecret) {
    insert(client_record(1));
    for (const Seconds after : {Seconds(20), Seconds(10)}) {
        write([&](auto& tx) {
            return note_secret_use(tx,
                                   {id_of<ClientId>(1), bytes_of("hash two"), test_now + after});
        });
    }
    EXPECT_EQ(find(1)->secrets[1].last_used_at, test_now + Seconds(20));
    EXPECT_FALSE(find(1)->secrets[0].last_used_at.has_value());
}

TEST_P(Clients, HaveOneLogoAtATime) {
    const ClientId id = id_of<ClientId>(1);
    const auto put = [&](std::string version, std::string_view contents) {
        write([&](auto& tx) {
            return put_client_logo(tx, id, {version, 16, 32}, bytes_of(contents));
        });
    };
    const auto label = [&] {
        return read([&](auto& tx) { return find_client_logo_label(tx, id); });
    };
    const auto contents = [&] {
        return read([&](auto& tx) { return find_client_logo(tx, test_realm, id); });
    };
    insert(client_record(1));
    EXPECT_FALSE(label());
    EXPECT_FALSE(contents());
    put("one", "first");
    put("two", "second");
    EXPECT_EQ(label()->version, "two");
    EXPECT_EQ(label()->width, 16U);
    EXPECT_EQ(label()->height, 32U);
    EXPECT_EQ(contents(), bytes_of("second"));
    EXPECT_FALSE(read([&](auto& tx) { return find_client_logo(tx, other_realm, id); }));
    const auto take = [&] { return write([&](auto& tx) { return delete_client_logo(tx, id); }); };
    EXPECT_TRUE(take());
    EXPECT_FALSE(take());
    EXPECT_FALSE(contents());
}

TEST_P(Clients, AreInRoleGroupsOfTheirRealm) {
    EXPECT_TRUE(join(test_realm, "partners", 1));
    EXPECT_FALSE(join(test_realm, "partners", 1));
    EXPECT_TRUE(join(test_realm, "friends", 1));
    EXPECT_TRUE(join(other_realm, "partners", 2));
    const auto roles = [&](std::uint32_t n) {
        return read([&](auto& tx) { return list_roles(tx, id_of<ClientId>(n)); });
    };
    EXPECT_EQ(roles(1), (std::vector<std::string>{"friends", "partners"}));
    const auto members = read([](auto& tx) { return list_role_members(tx, test_realm); });
    ASSERT_EQ(members.size(), 2U);
    EXPECT_EQ(members[1].role, "partners");
    EXPECT_EQ(members[1].client_id, id_of<ClientId>(1));
    EXPECT_EQ(members[1].realm_id, test_realm);
    EXPECT_EQ(members[1].created_at, test_now);
    const auto has = [&](RealmId realm, std::string_view role) {
        return read([&](auto& tx) { return has_members(tx, realm, role); });
    };
    EXPECT_TRUE(has(other_realm, "partners"));
    EXPECT_FALSE(has(other_realm, "friends"));
    const auto leave = [&](RealmId realm) {
        return write([&](auto& tx) {
            return remove_role_member(tx, realm, "partners", id_of<ClientId>(1));
        });
    };
    EXPECT_FALSE(leave(other_realm));
    EXPECT_TRUE(leave(test_realm));
    EXPECT_FALSE(leave(test_realm));
    write([&](auto& tx) { return delete_roles_of(tx, id_of<ClientId>(1)); });
    EXPECT_TRUE(roles(1).empty());
    EXPECT_FALSE(roles(2).empty());
}

TEST_P(Clients, GoWithWhatIsTheirsAlone) {
    insert(client_record(1));
    join(test_realm, "partners", 1);
    write([&](auto& tx) {
        return put_client_logo(tx, id_of<ClientId>(1), {"v", 1, 1}, bytes_of("logo"));
    });
    EXPECT_TRUE(remove(1));
    EXPECT_FALSE(remove(1));
    EXPECT_FALSE(find(1));
    EXPECT_FALSE(
        read([](auto& tx) { return find_client_logo(tx, test_realm, id_of<ClientId>(1)); }));
    EXPECT_FALSE(read([](auto& tx) { return has_members(tx, test_realm, "partners"); }));
    insert(client_record(1));
    EXPECT_EQ(find(1)->secrets.size(), 2U) << "the old secrets are gone";
}

TEST_P(Clients, NothingOfADeletedOneWorksAnyMore) {
    connect();
    const UserId user = id_of<UserId>(1);
    const auto connected = [&] {
        return read([&](auto& tx) { return find_readable_user(tx, user, id_of<ClientId>(1)); });
    };
    EXPECT_TRUE(connected());
    remove(1);
    EXPECT_FALSE(connected()) << "though the connection waits to be swept";
    EXPECT_TRUE(
        read([&](auto& tx) { return list_connected_apps(tx, user, std::nullopt, 9); }).empty());
}

TEST_P(Clients, AreNotThereForAnotherRealm) {
    insert(client_record(1));
    const ClientId id = id_of<ClientId>(1);
    EXPECT_FALSE(read([&](auto& tx) { return find_client(tx, other_realm, id); }));
    EXPECT_FALSE(write([&](auto& tx) { return delete_client(tx, other_realm, id); }));
    EXPECT_TRUE(find(1));
}

TEST_P(Clients, OneOfSeveralDeletionsIsToldSo) {
    insert(client_record(1));
    const int winners = race([](database::WriteTransaction& tx, int) {
        return delete_client(tx, test_realm, id_of<ClientId>(1));
    });
    EXPECT_EQ(winners, 1);
}

TEST_P(Clients, OneOfSeveralLogosStaysAndIsWhole) {
    const ClientId id = id_of<ClientId>(1);
    insert(client_record(1));
    const int put = race([&](database::WriteTransaction& tx, int racer) -> Result<bool> {
        const std::string version = std::to_string(racer);
        const auto size = static_cast<std::uint32_t>(racer) + 1;
        TRY(put_client_logo(tx, id, {version, size, size}, bytes_of("logo " + version)));
        return true;
    });
    EXPECT_EQ(put, 4);
    const auto label = read([&](auto& tx) { return find_client_logo_label(tx, id); });
    const auto logo = read([&](auto& tx) { return find_client_logo(tx, test_realm, id); });
    ASSERT_TRUE(label && logo);
    EXPECT_EQ(*logo, bytes_of("logo " + label->version));
    EXPECT_EQ(std::to_string(label->width - 1), label->version);
    const int taken =
        race([&](database::WriteTransaction& tx, int) { return delete_client_logo(tx, id); });
    EXPECT_EQ(taken, 1);
}

TEST_P(Clients, OneOfSeveralThatJoinOrLeaveARoleGroupIsToldSo) {
    const ClientId id = id_of<ClientId>(1);
    insert(client_record(1));
    const int joined = race([&](database::WriteTransaction& tx, int) {
        return add_role_member(tx, {test_realm, "partners", id, test_now});
    });
    EXPECT_EQ(joined, 1);
    EXPECT_EQ(read([](auto& tx) { return list_role_members(tx, test_realm); }).size(), 1U);
    const int left = race([&](database::WriteTransaction& tx, int) {
        return remove_role_member(tx, test_realm, "partners", id);
    });
    EXPECT_EQ(left, 1);
}

}  // namespace
}  // namespace latchkey::store::suite
