// Conformance: what deleted things left behind goes a little at a time, all of it and nothing else.

#include "store/removals.hpp"

#include <gtest/gtest.h>

#include "store/metafield_aliases.hpp"
#include "store/metafield_grants.hpp"
#include "store/metafield_namespaces.hpp"
#include "store/metafield_values.hpp"
#include "store/refresh_families.hpp"
#include "store/webhook_deliveries.hpp"
#include "store/webhooks.hpp"
#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::bytes_of;
using testing::client_record;
using testing::id_of;
using testing::test_now;
using testing::test_realm;
using testing::user_record;

class Removals : public testing::StoreSuite {
protected:
    std::int64_t sweep(int limit) {
        return write([&](auto& tx) { return sweep_removals(tx, limit); });
    }
    /// A person connected to an app, with two families.
    void connect_person(std::uint32_t person, std::uint32_t app) {
        write([&](auto& tx) -> Result<void> {
            const UserId user = id_of<UserId>(person);
            TRY(upsert_connection(tx, user, id_of<ClientId>(app), ScopeNames{"email"}, test_now));
            for (const std::uint32_t n : {1U, 2U}) {
                auto family = testing::family_record(n);
                family.user_id = user;
                family.client_id = id_of<ClientId>(app);
                TRY(insert_refresh_family(tx, family, 20));
            }
            return {};
        });
    }
    std::size_t connections_of(std::uint32_t app) {
        return read([&](auto& tx) {
                   return list_connections_of_client(tx, id_of<ClientId>(app), std::nullopt, 999);
               })
            .size();
    }
    bool has_family(std::uint32_t person, std::uint32_t app) {
        return read([&](auto& tx) {
                   return find_refresh_family(tx, id_of<UserId>(person), id_of<ClientId>(app),
                                              id_of<FamilyId>(1));
               })
            .has_value();
    }
    void define(std::uint32_t n, std::uint32_t app) {
        auto definition = testing::definition_record(n);
        definition.client_id = id_of<ClientId>(app);
        write([&](auto& tx) { return insert_definition(tx, definition); });
    }
    void put(std::uint32_t person, std::uint32_t definition) {
        auto value = testing::value_record(definition);
        value.user_id = id_of<UserId>(person);
        write([&](auto& tx) { return put_value(tx, value); });
    }
    void grant(const Resource& resource, const Grantee& grantee) {
        write([&](auto& tx) {
            return put_grant(tx, {.realm_id = test_realm,
                                  .resource = resource,
                                  .grantee = grantee,
                                  .level = AccessLevel::read,
                                  .member_key = {},
                                  .created_at = test_now});
        });
    }
    bool has_grant(const Resource& resource) {
        return !read([&](auto& tx) { return list_grants(tx, resource); }).empty();
    }
    void delete_app(std::uint32_t n) {
        write([&](auto& tx) { return delete_client(tx, test_realm, id_of<ClientId>(n)); });
    }
};
INSTANTIATE_TEST_SUITE_P(On, Removals, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(Removals, AreNothingWhereNothingWasDeleted) {
    connect();
    EXPECT_EQ(sweep(10), 0);
    EXPECT_EQ(connections_of(1), 1U);
}

TEST_P(Removals, OfAnAppTakeItsConnectionsAndFamiliesInBoundedSteps) {
    constexpr std::uint32_t people = 120;
    constexpr int step = 50;
    constexpr int most = step + 25 * 3;  // a batch of connections, each with two families
    for (const std::uint32_t app : {1U, 2U}) {
        write([&](auto& tx) { return insert_client(tx, client_record(app)); });
        for (std::uint32_t person = 1; person <= people; ++person) connect_person(person, app);
    }
    delete_app(1);
    std::int64_t total = 0;
    int steps = 0;
    for (;;) {
        const std::int64_t removed = sweep(step);
        EXPECT_LE(removed, most);
        total += removed;
        ++steps;
        if (removed < step) break;
    }
    EXPECT_EQ(total, std::int64_t{people} * 3);
    EXPECT_GE(steps, 3);
    EXPECT_EQ(connections_of(1), 0U);
    EXPECT_FALSE(has_family(1, 1));
    EXPECT_FALSE(has_family(people, 1));
    EXPECT_EQ(connections_of(2), people);
    EXPECT_TRUE(has_family(1, 2));
    EXPECT_EQ(sweep(step), 0);
}

TEST_P(Removals, OfAnAppTakeWhatItSharedAndWhatItWasGranted) {
    for (const std::uint32_t app : {1U, 2U}) {
        write([&](auto& tx) { return insert_client(tx, client_record(app)); });
        define(app, app);
        put(1, app);
    }
    const Resource own = resource_of(id_of<DefinitionId>(1));
    const Resource others = resource_of(id_of<DefinitionId>(2));
    const NamespaceRecord name_space{.id = id_of<NamespaceId>(1),
                                     .realm_id = test_realm,
                                     .client_id = id_of<ClientId>(1),
                                     .parent_id = {},
                                     .key = "space",
                                     .name = "",
                                     .description = "",
                                     .created_at = test_now,
                                     .updated_at = test_now};
    write([&](auto& tx) { return insert_namespace(tx, name_space); });
    grant(own, grantee_of(id_of<ClientId>(2)));
    grant(resource_of(name_space.id), everyone());
    grant(others, grantee_of(id_of<ClientId>(1)));
    grant(others, grantee_of(name_space.id));
    write([&](auto& tx) -> Result<void> {
        TRY(put_alias(tx, {id_of<ClientId>(1), "theirs", id_of<DefinitionId>(2)}));
        return put_alias(tx, {id_of<ClientId>(2), "ours", id_of<DefinitionId>(1)});
    });
    delete_app(1);
    EXPECT_FALSE(read([](auto& tx) { return find_definition(tx, id_of<DefinitionId>(1)); }));
    EXPECT_FALSE(read([](auto& tx) { return find_namespace(tx, id_of<NamespaceId>(1)); }));
    EXPECT_EQ(sweep(100), 7) << "four grants, two aliases and a value";
    EXPECT_FALSE(read([](auto& tx) { return has_grants(tx); }));
    EXPECT_TRUE(read([](auto& tx) { return list_aliases(tx, id_of<ClientId>(2)); }).empty());
    EXPECT_TRUE(read([](auto& tx) {
        return find_value(tx, id_of<UserId>(1), id_of<DefinitionId>(2));
    })) << "another app's";
    EXPECT_FALSE(has_grant(own));
}

TEST_P(Removals, OfADefinitionAndOfAPersonTakeTheValues) {
    write([](auto& tx) { return insert_user(tx, user_record(1)); });
    for (const std::uint32_t n : {1U, 2U}) {
        define(n, 1);
        for (const std::uint32_t person : {1U, 2U, 3U}) put(person, n);
    }
    write([](auto& tx) { return delete_definition(tx, id_of<DefinitionId>(1)); });
    EXPECT_EQ(sweep(2), 2);
    EXPECT_EQ(sweep(2), 1);
    write([](auto& tx) { return delete_user(tx, id_of<UserId>(1)); });
    EXPECT_EQ(sweep(10), 1);
    EXPECT_FALSE(
        read([](auto& tx) { return find_value(tx, id_of<UserId>(1), id_of<DefinitionId>(2)); }));
    EXPECT_TRUE(
        read([](auto& tx) { return find_value(tx, id_of<UserId>(2), id_of<DefinitionId>(2)); }));
}

TEST_P(Removals, OfAWebhookTakeItsDeliveries) {
    write([](auto& tx) { return insert_client(tx, client_record(1)); });
    const WebhookRecord webhook{
        .id = id_of<WebhookId>(1),
        .client_id = id_of<ClientId>(1),
        .url = "https://shop.example",
        .topics = static_cast<std::uint32_t>(ChangeTopic::connection_revoked),
        .sealed_secret = bytes_of("secret"),
        .created_at = test_now};
    write([&](auto& tx) { return insert_webhook(tx, webhook); });
    for (int i = 0; i < 5; ++i) {
        write([&](auto& tx) {
            return record_change(tx,
                                 {.client_id = webhook.client_id,
                                  .user_id = id_of<UserId>(1),
                                  .topic = ChangeTopic::connection_revoked,
                                  .keys = {}},
                                 test_now);
        });
    }
    write([&](auto& tx) { return delete_webhook(tx, test_realm, webhook.id); });
    EXPECT_EQ(sweep(3), 3);
    EXPECT_EQ(sweep(3), 2);
    EXPECT_TRUE(read([&](auto& tx) { return list_deliveries(tx, webhook.id, 10); }).empty());
}

TEST_P(Removals, MayBeNotedTwice) {
    for (int i = 0; i < 2; ++i) {
        write([](auto& tx) { return note_removal(tx, Removed::webhook, id_of<WebhookId>(1)); });
    }
    EXPECT_EQ(sweep(10), 0);
}

TEST_P(Removals, AreSweptByMoreThanOneServer) {
    write([](auto& tx) { return insert_client(tx, client_record(1)); });
    for (std::uint32_t person = 1; person <= 40; ++person) connect_person(person, 1);
    delete_app(1);
    (void)race([](database::WriteTransaction& tx, int) -> Result<bool> {
        TRY(sweep_removals(tx, 100));
        return true;
    });
    EXPECT_EQ(connections_of(1), 0U);
    EXPECT_EQ(sweep(10), 0);
}

}  // namespace
}  // namespace latchkey::store::suite
