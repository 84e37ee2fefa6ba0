// Conformance: webhooks and deliveries.

#include "store/webhooks.hpp"

#include <gtest/gtest.h>

#include "store/webhook_deliveries.hpp"
#include "testing/store_suite.hpp"

namespace latchkey::store::suite {
namespace {

using testing::id_of;
using testing::other_realm;
using testing::test_now;
using testing::test_realm;

constexpr auto set = static_cast<std::uint32_t>(ChangeTopic::metafields_set);
constexpr auto established = static_cast<std::uint32_t>(ChangeTopic::connection_established);

WebhookRecord webhook_record(std::uint32_t n, std::uint32_t topics = set | established) {
    return {.id = id_of<WebhookId>(n),
            .client_id = id_of<ClientId>(1),
            .url = "https://shop.example/" + std::to_string(n),
            .topics = topics,
            .sealed_secret = {4, 5},
            .created_at = test_now};
}

class Webhooks : public testing::StoreSuite {
protected:
    Webhooks() {
        connect();
        insert(webhook_record(1));
    }
    void insert(const WebhookRecord& webhook) {
        write([&](auto& tx) { return insert_webhook(tx, webhook); });
    }
    void change(ChangeTopic topic, std::vector<std::string> keys = {}, Timestamp at = test_now) {
        const Change told{.client_id = id_of<ClientId>(1),
                          .user_id = id_of<UserId>(1),
                          .topic = topic,
                          .keys = std::move(keys)};
        write([&](auto& tx) { return record_change(tx, told, at); });
    }
    std::vector<DeliveryRecord> all(std::uint32_t n = 1) {
        return read([&](auto& tx) { return list_deliveries(tx, id_of<WebhookId>(n), 100); });
    }
    std::vector<DeliveryRecord> due(Timestamp now, int limit = 10) {
        return read(
            [&](auto& tx) { return list_due_deliveries(tx, id_of<WebhookId>(1), now, limit); });
    }
    std::vector<WebhookRecord> due_webhooks(Timestamp now) {
        return read([&](auto& tx) { return list_due_webhooks(tx, now, std::nullopt, 10); });
    }
    bool claim(const DeliveryRecord& seen, Timestamp next) {
        return write([&](auto& tx) { return claim_delivery(tx, seen, next); });
    }
};
INSTANTIATE_TEST_SUITE_P(On, Webhooks, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(Webhooks, ComeBackAsTheyWentIn) {
    const auto found =
        read([](auto& tx) { return find_webhook(tx, test_realm, id_of<WebhookId>(1)); });
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->client_id, id_of<ClientId>(1));
    EXPECT_EQ(found->url, "https://shop.example/1");
    EXPECT_EQ(found->topics, set | established);
    EXPECT_EQ(found->sealed_secret, (Bytes{4, 5}));
    EXPECT_EQ(found->created_at, test_now);
    EXPECT_FALSE(read([](auto& tx) { return find_webhook(tx, test_realm, id_of<WebhookId>(2)); }));
    EXPECT_EQ(write_error([](auto& tx) { return insert_webhook(tx, webhook_record(1)); }),
              ErrorCode::conflict);
}

TEST_P(Webhooks, AreListedByAppAndByRealm) {
    insert(webhook_record(2));
    auto app = testing::client_record(2);
    app.realm_id = other_realm;
    write([&](auto& tx) { return insert_client(tx, app); });
    auto theirs = webhook_record(3);
    theirs.client_id = app.id;
    insert(theirs);
    EXPECT_EQ(read([](auto& tx) { return list_webhooks(tx, id_of<ClientId>(1)); }).size(), 2U);
    const auto page = [&](RealmId realm, std::optional<WebhookId> after) {
        return read([&](auto& tx) { return list_all_webhooks(tx, realm, after, 1); });
    };
    EXPECT_EQ(page(test_realm, std::nullopt).at(0).id, id_of<WebhookId>(1));
    EXPECT_EQ(page(test_realm, id_of<WebhookId>(1)).at(0).id, id_of<WebhookId>(2));
    EXPECT_TRUE(page(test_realm, id_of<WebhookId>(2)).empty());
    EXPECT_EQ(page(other_realm, std::nullopt).at(0).id, id_of<WebhookId>(3));
    write([](auto& tx) { return delete_webhooks_of(tx, id_of<ClientId>(1)); });
    EXPECT_TRUE(page(test_realm, std::nullopt).empty());
    EXPECT_FALSE(page(other_realm, std::nullopt).empty());
}

TEST_P(Webhooks, HaveSecretsThatAreListedByRealmAndReplacedAsTheyWereSeen) {
    const auto list = [&](RealmId realm) {
        return read(
            [&](auto& tx) { return list_sealed_webhook_secrets(tx, realm, std::nullopt, 9); });
    };
    const auto count = [&](std::int64_t version) {
        return read([&](auto& tx) { return count_webhook_secrets_under(tx, test_realm, version); });
    };
    EXPECT_TRUE(list(other_realm).empty());
    const auto seen = list(test_realm).at(0);
    EXPECT_EQ(seen.webhook_id, id_of<WebhookId>(1));
    EXPECT_EQ(seen.sealed_secret, (Bytes{4, 5}));
    EXPECT_EQ(count(4), 1);
    const Bytes next = {5, 5};
    const auto replace = [&] {
        return write([&](auto& tx) { return replace_sealed_webhook_secret(tx, seen, next); });
    };
    EXPECT_TRUE(replace());
    EXPECT_FALSE(replace());
    EXPECT_EQ(count(4), 0);
    EXPECT_EQ(count(5), 1);
}

TEST_P(Webhooks, AreToldWhatTheyWant) {
    insert(webhook_record(2, established));
    change(ChangeTopic::metafields_set, {"a", "b,c"});
    change(ChangeTopic::connection_established);
    change(ChangeTopic::connection_revoked);
    const auto told = all(1);
    ASSERT_EQ(told.size(), 2U) << "the newest first";
    EXPECT_EQ(told[0].topic, ChangeTopic::connection_established);
    EXPECT_EQ(told[1].topic, ChangeTopic::metafields_set);
    EXPECT_EQ(told[1].keys, (std::vector<std::string>{"a", "b,c"}));
    EXPECT_EQ(told[1].user_id, id_of<UserId>(1));
    EXPECT_EQ(told[1].created_at, test_now);
    EXPECT_EQ(told[1].state, DeliveryState::waiting);
    EXPECT_EQ(told[1].attempts, 0);
    EXPECT_EQ(told[1].next_attempt_at, test_now);
    ASSERT_EQ(all(2).size(), 1U);
    EXPECT_EQ(all(2)[0].key.id, told[0].key.id) << "one change has one id";
}

TEST_P(Webhooks, AreToldOfMetafieldsOnlyWhileThePersonIsConnected) {
    write([](auto& tx) {
        return revoke_connection(tx, id_of<UserId>(1), id_of<ClientId>(1), test_now);
    });
    change(ChangeTopic::metafields_set, {"a"});
    EXPECT_TRUE(all().empty());
}

TEST_P(Webhooks, DeliveriesAreDueInTheOrderOfTheirWait) {
    for (const char* key : {"a", "b", "c"}) change(ChangeTopic::metafields_set, {key});
    EXPECT_EQ(due_webhooks(test_now).size(), 1U);
    EXPECT_TRUE(due_webhooks(test_now - Seconds(1)).empty());
    const auto first = due(test_now);
    ASSERT_EQ(first.size(), 3U);
    EXPECT_EQ(first[0].keys, std::vector<std::string>{"a"});
    EXPECT_EQ(due(test_now, 1).size(), 1U);
    EXPECT_TRUE(claim(first[0], test_now + Seconds(5)));
    EXPECT_EQ(due(test_now).size(), 2U);
    EXPECT_EQ(due(test_now + Seconds(5))[2].keys, std::vector<std::string>{"a"});
}

TEST_P(Webhooks, ADeliveryIsClaimedAsItWasSeenAndSettledOnce) {
    change(ChangeTopic::metafields_set, {"a"});
    const auto seen = due(test_now).at(0);
    EXPECT_TRUE(claim(seen, test_now + Seconds(5)));
    EXPECT_FALSE(claim(seen, test_now + Seconds(5)));
    auto settled = seen;
    settled.state = DeliveryState::delivered;
    settled.last_status = 200;
    settled.last_error = "none";
    settled.next_attempt_at = test_now + Seconds(7);
    const auto settle = [&] { write([&](auto& tx) { return settle_delivery(tx, settled); }); };
    settle();
    EXPECT_EQ(all()[0].state, DeliveryState::waiting) << "of an attempt that is not the last";
    settled.attempts = 1;
    settle();
    EXPECT_EQ(all()[0].state, DeliveryState::delivered);
    EXPECT_EQ(all()[0].attempts, 1);
    EXPECT_EQ(all()[0].last_status, 200);
    EXPECT_EQ(all()[0].last_error, "none");
    EXPECT_EQ(all()[0].next_attempt_at, test_now + Seconds(7));
    EXPECT_TRUE(due(test_now + Seconds(5)).empty());
    EXPECT_TRUE(due_webhooks(test_now + Seconds(5)).empty());
    EXPECT_FALSE(claim(all()[0], test_now + Seconds(9))) << "it is delivered";
}

TEST_P(Webhooks, ADeletedOneIsSentNothing) {
    change(ChangeTopic::metafields_set, {"a"});
    const auto remove = [&] {
        return write([](auto& tx) { return delete_webhook(tx, test_realm, id_of<WebhookId>(1)); });
    };
    EXPECT_TRUE(remove());
    EXPECT_FALSE(remove());
    EXPECT_TRUE(due_webhooks(test_now).empty());
}

TEST_P(Webhooks, AreNotThereForAnotherRealm) {
    const WebhookId id = id_of<WebhookId>(1);
    EXPECT_FALSE(read([&](auto& tx) { return find_webhook(tx, other_realm, id); }));
    EXPECT_FALSE(write([&](auto& tx) { return delete_webhook(tx, other_realm, id); }));
    EXPECT_TRUE(read([&](auto& tx) { return find_webhook(tx, test_realm, id); }));
}

TEST_P(Webhooks, DeliveriesGoByAgeAFewAtATime) {
    for (int i = 0; i < 3; ++i) {
        change(ChangeTopic::metafields_set, {std::to_string(i)}, test_now + Seconds(i));
    }
    const auto remove = [&](Timestamp before, int limit) {
        return write([&](auto& tx) { return delete_old_deliveries(tx, before, limit); });
    };
    EXPECT_EQ(remove(test_now, 10), 0);
    EXPECT_EQ(remove(test_now + Seconds(2), 1), 1);
    EXPECT_EQ(remove(test_now + Seconds(2), 9), 1);
    EXPECT_EQ(all().at(0).keys, std::vector<std::string>{"2"});
}

TEST_P(Webhooks, ChangesOfSeveralWritersAtOnceAreAllTold) {
    (void)race([](database::WriteTransaction& tx, int) -> Result<bool> {
        const Change told{.client_id = id_of<ClientId>(1),
                          .user_id = id_of<UserId>(1),
                          .topic = ChangeTopic::metafields_set,
                          .keys = {"a"}};
        for (int i = 0; i < 5; ++i) TRY(record_change(tx, told, test_now));
        return true;
    });
    EXPECT_EQ(all().size(), 20U);
}

TEST_P(Webhooks, OneOfSeveralClaimsWins) {
    change(ChangeTopic::metafields_set, {"a"});
    const auto seen = due(test_now).at(0);
    const int winners = race([&](database::WriteTransaction& tx, int) {
        return claim_delivery(tx, seen, test_now + Seconds(5));
    });
    EXPECT_EQ(winners, 1);
}

}  // namespace
}  // namespace latchkey::store::suite
