// Conformance: namespaces, grants and aliases.

#include <gtest/gtest.h>

#include "store/metafield_aliases.hpp"
#include "store/metafield_definitions.hpp"
#include "store/metafield_grants.hpp"
#include "store/metafield_namespaces.hpp"
#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::id_of;
using testing::other_realm;
using testing::test_now;
using testing::test_realm;

NamespaceRecord namespace_record(std::uint32_t n, NamespaceId parent = {}) {
    return {.id = id_of<NamespaceId>(n),
            .realm_id = test_realm,
            .client_id = id_of<ClientId>(1),
            .parent_id = parent,
            .key = "space-" + std::to_string(n),
            .name = "Name",
            .description = "What it is",
            .created_at = test_now,
            .updated_at = test_now};
}

MetafieldGrantRecord grant_record(std::uint32_t definition, Grantee grantee,
                                  std::string member_key = "") {
    return {.realm_id = test_realm,
            .resource = resource_of(id_of<DefinitionId>(definition)),
            .grantee = std::move(grantee),
            .level = AccessLevel::write,
            .member_key = std::move(member_key),
            .created_at = test_now};
}

class Sharing : public testing::StoreSuite {
protected:
    void insert(const NamespaceRecord& name_space) {
        write([&](auto& tx) { return insert_namespace(tx, name_space); });
    }
    ErrorCode insert_error(const NamespaceRecord& name_space) {
        return write_error([&](auto& tx) { return insert_namespace(tx, name_space); });
    }
    std::optional<NamespaceRecord> find(std::uint32_t n) {
        return read([&](auto& tx) { return find_namespace(tx, id_of<NamespaceId>(n)); });
    }
    void put(const MetafieldGrantRecord& grant) {
        write([&](auto& tx) { return put_grant(tx, grant); });
    }
    std::vector<MetafieldGrantRecord> granted(RealmId realm, const Grantee& grantee) {
        return read([&](auto& tx) { return list_granted(tx, realm, grantee, 10); });
    }
    std::vector<MetafieldGrantRecord> grants_of(const Resource& resource) {
        return read([&](auto& tx) { return list_grants(tx, resource); });
    }
    const NamespaceId first_ = id_of<NamespaceId>(1);
};
INSTANTIATE_TEST_SUITE_P(On, Sharing, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(Sharing, NamespacesAreFoundByIdAndByPlace) {
    insert(namespace_record(1));
    insert(namespace_record(2, first_));
    const auto by_place = read([&](auto& tx) {
        return find_namespace(tx, test_realm, first_, std::string_view("space-2"));
    });
    for (const auto& found : {find(2), by_place}) {
        ASSERT_TRUE(found.has_value());
        EXPECT_EQ(found->id, id_of<NamespaceId>(2));
        EXPECT_EQ(found->realm_id, test_realm);
        EXPECT_EQ(found->client_id, id_of<ClientId>(1));
        EXPECT_EQ(found->parent_id, first_);
        EXPECT_EQ(found->key, "space-2");
        EXPECT_EQ(found->name, "Name");
        EXPECT_EQ(found->description, "What it is");
        EXPECT_EQ(found->created_at, test_now);
        EXPECT_EQ(found->updated_at, test_now);
    }
    EXPECT_FALSE(find(9));
    const auto nested = read([&](auto& tx) { return list_nested(tx, namespace_record(1), 10); });
    ASSERT_EQ(nested.size(), 1U);
    EXPECT_EQ(nested[0].id, id_of<NamespaceId>(2));
    EXPECT_EQ(read([](auto& tx) { return list_namespaces(tx, id_of<ClientId>(1), 10); }).size(),
              2U);
}

TEST_P(Sharing, NamespacesHaveOneKeyInTheirPlaceAndMayHaveItInAnotherRealm) {
    insert(namespace_record(1));
    auto twin = namespace_record(2);
    twin.key = "space-1";
    EXPECT_EQ(insert_error(twin), ErrorCode::conflict);
    twin.realm_id = other_realm;
    insert(twin);
    const auto found = read([&](auto& tx) {
        return find_namespace(tx, other_realm, NamespaceId{}, std::string_view("space-1"));
    });
    EXPECT_EQ(found->id, twin.id);
}

TEST_P(Sharing, NamespacesChangeAndGoWithTheirGrants) {
    insert(namespace_record(1));
    insert(namespace_record(2));
    auto changed = namespace_record(1);
    changed.key = "new";
    changed.name = "Other";
    changed.description = "";
    changed.updated_at = test_now + Seconds(1);
    write([&](auto& tx) { return update_namespace(tx, changed); });
    EXPECT_EQ(find(1)->key, "new");
    EXPECT_EQ(find(1)->name, "Other");
    EXPECT_EQ(find(1)->updated_at, test_now + Seconds(1));
    changed.key = "space-2";
    EXPECT_EQ(write_error([&](auto& tx) { return update_namespace(tx, changed); }),
              ErrorCode::conflict);
    EXPECT_EQ(write_error([&](auto& tx) { return update_namespace(tx, namespace_record(9)); }),
              ErrorCode::not_found);

    auto of_it = grant_record(1, everyone());
    of_it.resource = resource_of(first_);
    put(of_it);
    put(grant_record(1, grantee_of(first_), "member"));
    write([&](auto& tx) { return delete_namespace(tx, first_); });
    EXPECT_FALSE(find(1));
    EXPECT_TRUE(grants_of(resource_of(first_)).empty());
    EXPECT_TRUE(granted(test_realm, grantee_of(first_)).empty());
    write([](auto& tx) { return delete_namespaces_of(tx, id_of<ClientId>(1)); });
    EXPECT_FALSE(find(2));
}

TEST_P(Sharing, AGrantIsFoundFromBothEnds) {
    EXPECT_FALSE(read([](auto& tx) { return has_grants(tx); }));
    put(grant_record(1, everyone()));
    put(grant_record(1, role_grantee("partners")));
    EXPECT_TRUE(read([](auto& tx) { return has_grants(tx); }));
    const Resource resource = resource_of(id_of<DefinitionId>(1));
    const auto of_it = grants_of(resource);
    ASSERT_EQ(of_it.size(), 2U);
    EXPECT_EQ(of_it[0].grantee, everyone());
    EXPECT_EQ(of_it[1].grantee, role_grantee("partners"));
    const auto to_all = granted(test_realm, everyone());
    ASSERT_EQ(to_all.size(), 1U);
    EXPECT_EQ(to_all[0].realm_id, test_realm);
    EXPECT_EQ(to_all[0].resource, resource);
    EXPECT_EQ(to_all[0].level, AccessLevel::write);
    EXPECT_EQ(to_all[0].created_at, test_now);
    auto less = grant_record(1, everyone());
    less.level = AccessLevel::read;
    put(less);
    EXPECT_EQ(grants_of(resource)[0].level, AccessLevel::read);
    const auto revoke = [&] {
        return write([&](auto& tx) { return delete_grant(tx, resource, everyone()); });
    };
    EXPECT_TRUE(revoke());
    EXPECT_FALSE(revoke());
    EXPECT_TRUE(granted(test_realm, everyone()).empty());
}

TEST_P(Sharing, EveryoneAndARoleAreThoseOfARealm) {
    put(grant_record(1, everyone()));
    auto elsewhere = grant_record(2, everyone());
    elsewhere.realm_id = other_realm;
    put(elsewhere);
    ASSERT_EQ(granted(other_realm, everyone()).size(), 1U);
    EXPECT_EQ(granted(other_realm, everyone())[0].resource.id, elsewhere.resource.id);
    EXPECT_TRUE(granted(other_realm, role_grantee("partners")).empty());
}

TEST_P(Sharing, ANamespaceHasOneMemberOfAKey) {
    const DefinitionId one = id_of<DefinitionId>(1);
    put(grant_record(1, grantee_of(first_), "points"));
    EXPECT_EQ(write_error([&](auto& tx) {
                  return put_grant(tx, grant_record(2, grantee_of(first_), "points"));
              }),
              ErrorCode::conflict);
    put(grant_record(2, grantee_of(first_), "score"));
    const auto member = [&](std::string_view key) {
        return read([&](auto& tx) { return find_member(tx, first_, key); });
    };
    EXPECT_EQ(member("points")->resource, resource_of(one));
    EXPECT_EQ(member("points")->member_key, "points");
    EXPECT_FALSE(member("none"));
    EXPECT_EQ(write_error([&](auto& tx) { return rename_member(tx, first_, one, "score"); }),
              ErrorCode::conflict);
    write([&](auto& tx) { return rename_member(tx, first_, one, "coins"); });
    EXPECT_EQ(member("coins")->resource, resource_of(one));
    EXPECT_FALSE(member("points"));
}

TEST_P(Sharing, AnAppHasOneAliasForADefinition) {
    const ClientId app = id_of<ClientId>(1);
    const auto put_one = [&](std::string key, std::uint32_t n) {
        write([&](auto& tx) { return put_alias(tx, {app, key, id_of<DefinitionId>(n)}); });
    };
    const auto find_one = [&](std::string_view key) {
        return read([&](auto& tx) { return find_alias(tx, app, key); });
    };
    put_one("old", 1);
    put_one("new", 1);
    EXPECT_FALSE(find_one("old"));
    EXPECT_EQ(find_one("new"), id_of<DefinitionId>(1));
    EXPECT_EQ(
        write_error([&](auto& tx) { return put_alias(tx, {app, "new", id_of<DefinitionId>(2)}); }),
        ErrorCode::conflict);
    put_one("second", 2);
    const auto all = read([&](auto& tx) { return list_aliases(tx, app); });
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].key, "new");
    EXPECT_EQ(all[0].definition_id, id_of<DefinitionId>(1));
    write([&](auto& tx) { return delete_alias(tx, app, id_of<DefinitionId>(1)); });
    write([&](auto& tx) { return delete_alias(tx, app, std::string_view("second")); });
    EXPECT_TRUE(read([&](auto& tx) { return list_aliases(tx, app); }).empty());
}

TEST_P(Sharing, OneOfSeveralNamespacesOfOneKeyIsMade) {
    const int winners = race([](database::WriteTransaction& tx, int racer) -> Result<bool> {
        auto name_space = namespace_record(static_cast<std::uint32_t>(racer) + 1);
        name_space.key = "same";
        TRY(insert_namespace(tx, name_space));
        return true;
    });
    EXPECT_EQ(winners, 1);
}

TEST_P(Sharing, OneOfSeveralMembersOfOneKeyIsTaken) {
    const int winners = race([&](database::WriteTransaction& tx, int racer) -> Result<bool> {
        const auto definition = static_cast<std::uint32_t>(racer) + 1;
        TRY(put_grant(tx, grant_record(definition, grantee_of(first_), "same")));
        return true;
    });
    EXPECT_EQ(winners, 1);
}

TEST_P(Sharing, OneOfSeveralAliasesOfOneKeyIsTaken) {
    const ClientId app = id_of<ClientId>(1);
    const int winners = race([&](database::WriteTransaction& tx, int racer) -> Result<bool> {
        const auto definition = static_cast<std::uint32_t>(racer) + 1;
        TRY(put_alias(tx, {app, "same", id_of<DefinitionId>(definition)}));
        return true;
    });
    EXPECT_EQ(winners, 1);
    EXPECT_EQ(read([&](auto& tx) { return list_aliases(tx, app); }).size(), 1U);
}

TEST_P(Sharing, OneOfSeveralAliasesOfOneDefinitionStays) {
    const ClientId app = id_of<ClientId>(1);
    const int put_by = race([&](database::WriteTransaction& tx, int racer) -> Result<bool> {
        TRY(put_alias(tx, {app, "key-" + std::to_string(racer), id_of<DefinitionId>(1)}));
        return true;
    });
    EXPECT_EQ(put_by, 4);
    EXPECT_EQ(read([&](auto& tx) { return list_aliases(tx, app); }).size(), 1U);
}

}  // namespace
}  // namespace latchkey::store::suite
