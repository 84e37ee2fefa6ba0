#include "webhooks/sender.hpp"

#include <gmock/gmock.h>

#include "http_client/receiver_test.hpp"
#include "store/connections.hpp"
#include "store/webhook_deliveries.hpp"
#include "store/webhooks.hpp"
#include "testing/delegation_world.hpp"
#include "testing/log_file.hpp"
#include "testing/transactions.hpp"
#include "webhooks/payload.hpp"
#include "webhooks/signature.hpp"
#include "webhooks/subscriptions.hpp"

namespace latchkey::webhooks {
namespace {

using http_client::AddressPolicy;
using http_client::Policy;
using http_client::Receiver;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::must;
using ::testing::SizeIs;

class WebhookSender : public ::testing::Test {
protected:
    void SetUp() override { static_cast<void>(world_.connect()); }

    CreatedWebhook subscribe(const std::string& url, std::string_view topics) {
        const realm::Act act{world_.realm, testing::system_random(), world_.now(),
                             testing::test_audit};
        return testing::write_once(*world_.database, [&](auto& tx) {
            return create_webhook(act, tx,
                                  {.client_id = world_.app.record.id,
                                   .url = url,
                                   .topics = must(parse_topics(topics))});
        });
    }
    void change(ChangeTopic topic, std::vector<std::string> keys = {}) {
        auto tx = must(testing::begin_write(*world_.database));
        must(store::record_change(*tx,
                                  {.client_id = world_.app.record.id,
                                   .user_id = world_.user,
                                   .topic = topic,
                                   .keys = std::move(keys)},
                                  world_.now()));
        must(tx->commit());
    }
    /// A sender as after a restart: nothing but the store knows what is due.
    int deliver(const Policy& policy) {
        database::WriteLane lane(*world_.database);
        realm::Realms realms;
        realms.add(world_.realm);
        Sender sender(
            {*world_.database, lane, realms, world_.clock, testing::system_random(), log_.log()},
            policy);
        return must(sender.deliver_due());
    }
    int deliver() { return deliver(Policy{.addresses = AddressPolicy::any}); }
    std::vector<DeliveryRecord> deliveries(WebhookId id) {
        const auto tx = must(world_.database->read());
        return must(store::list_deliveries(*tx, id, 100));
    }

    testing::DelegationWorld world_;
    Receiver receiver_;
    testing::LogFile log_{world_.clock};
};

TEST_F(WebhookSender, SendsASignedMessageThatNamesWhatChanged) {
    const auto hook = subscribe(receiver_.url(), "metafields");
    change(ChangeTopic::metafields_set, {"score", "my-membership"});
    EXPECT_EQ(deliver(), 1);
    const auto got = receiver_.received();
    ASSERT_THAT(got, SizeIs(1));
    const std::string public_id =
        world_.realm.public_ids.public_id(world_.app.record.id, world_.user);
    EXPECT_EQ(
        got[0].body,
        R"({"type":"metafields.set","timestamp":"2027-01-15T08:00:00Z","data":{"publicId":")" +
            public_id + R"(","metafields":[{"key":"score"},{"key":"my-membership"}]}})");
    const auto& headers = got[0].headers;
    const Message message{headers.at("webhook-id"), world_.now(), got[0].body};
    EXPECT_EQ(headers.at("webhook-timestamp"), std::to_string(to_unix(world_.now())));
    EXPECT_TRUE(verify(hook.secret, message, headers.at("webhook-signature"), world_.now()));
    EXPECT_EQ(headers.at("content-type"), "application/json");
    EXPECT_EQ(deliver(), 0);
    EXPECT_EQ(deliveries(hook.record.id).at(0).state, DeliveryState::delivered);
}

TEST_F(WebhookSender, SendsOnlyWhatWasAskedFor) {
    const auto hook = subscribe(receiver_.url(), "connections.revoked");
    change(ChangeTopic::metafields_set, {"score"});
    change(ChangeTopic::connection_established);
    EXPECT_THAT(deliveries(hook.record.id), IsEmpty());
    auto tx = must(testing::begin_write(*world_.database));
    must(store::revoke_connection(*tx, world_.user, world_.app.record.id, world_.now()));
    must(tx->commit());
    EXPECT_EQ(deliver(), 1);
    EXPECT_THAT(receiver_.received().at(0).body, HasSubstr(R"("type":"connections.revoked")"));
}

TEST_F(WebhookSender, SaysNothingOfPeopleWhoAreNotConnected) {
    const auto hook = subscribe(receiver_.url(), "metafields");
    auto tx = must(testing::begin_write(*world_.database));
    must(store::revoke_connection(*tx, world_.user, world_.app.record.id, world_.now()));
    must(tx->commit());
    change(ChangeTopic::metafields_set, {"score"});
    EXPECT_THAT(deliveries(hook.record.id), IsEmpty());
}

TEST_F(WebhookSender, TriesAgainLaterAndLaterWithTheSameIdAcrossRestarts) {
    const auto hook = subscribe(receiver_.url(), "metafields");
    receiver_.answer("500 Oops");
    change(ChangeTopic::metafields_deleted, {"score"});
    for (int attempt = 1; attempt <= 4; ++attempt) {
        EXPECT_EQ(deliver(), 1);
        EXPECT_EQ(deliver(), 0);  // not yet
        const auto waiting = deliveries(hook.record.id).at(0);
        EXPECT_EQ(waiting.attempts, attempt);
        EXPECT_EQ(waiting.last_status, 500);
        const Seconds delay = waiting.next_attempt_at - world_.now();
        EXPECT_GE(delay, delivery_backoff.shortest(attempt));
        EXPECT_LE(delay,
                  delivery_backoff.shortest(attempt) + delivery_backoff.shortest(attempt) / 8);
        world_.clock.advance(delay);
    }
    receiver_.answer("204 No Content");
    EXPECT_EQ(deliver(), 1);
    EXPECT_EQ(deliveries(hook.record.id).at(0).state, DeliveryState::delivered);
    const auto got = receiver_.received();
    ASSERT_THAT(got, SizeIs(5));
    EXPECT_EQ(got[0].headers.at("webhook-id"), got[4].headers.at("webhook-id"));
    EXPECT_EQ(got[0].body, got[4].body);
    EXPECT_NE(got[0].headers.at("webhook-timestamp"), got[4].headers.at("webhook-timestamp"));
}

TEST_F(WebhookSender, GivesUpInTheEndOrWhenTheReceiverIsGone) {
    const auto hook = subscribe(receiver_.url(), "metafields");
    receiver_.answer("503 Busy");
    change(ChangeTopic::metafields_set, {"score"});
    for (std::int64_t attempt = 1; attempt <= max_attempts; ++attempt) {
        EXPECT_EQ(deliver(), 1);
        world_.clock.advance(std::chrono::hours(24));
    }
    EXPECT_EQ(deliver(), 0);
    EXPECT_EQ(deliveries(hook.record.id).at(0).state, DeliveryState::given_up);

    receiver_.answer("410 Gone");
    change(ChangeTopic::metafields_set, {"score"});
    EXPECT_EQ(deliver(), 1);
    EXPECT_EQ(deliveries(hook.record.id).at(0).state, DeliveryState::given_up);
}

TEST_F(WebhookSender, LeavesRoomForOthersWhenOneIsBehind) {
    const auto slow = subscribe(receiver_.url(), "metafields");
    for (int i = 0; i < 100; ++i) change(ChangeTopic::metafields_set, {"score"});
    const auto other = subscribe(receiver_.url(), "connections");
    change(ChangeTopic::connection_established);
    EXPECT_EQ(deliver(), max_batch_per_webhook + 1);
    EXPECT_EQ(deliveries(other.record.id).at(0).state, DeliveryState::delivered);
}

TEST_F(WebhookSender, DoesNotFollowRedirects) {
    Receiver elsewhere;
    const auto hook = subscribe(receiver_.url(), "metafields");
    receiver_.answer("302 Found", "Location: " + elsewhere.url() + "\r\n");
    change(ChangeTopic::metafields_set, {"score"});
    EXPECT_EQ(deliver(), 1);
    EXPECT_THAT(elsewhere.received(), IsEmpty());
    EXPECT_EQ(deliveries(hook.record.id).at(0).last_status, 302);
    EXPECT_EQ(deliveries(hook.record.id).at(0).state, DeliveryState::waiting);
}

TEST_F(WebhookSender, LogsFieldsWithoutPathQueryOrPerson) {
    const auto hook = subscribe(receiver_.url() + "?key=topsecret", "metafields");
    receiver_.answer("503 Busy");
    change(ChangeTopic::metafields_set, {"score"});
    EXPECT_EQ(deliver(), 1);
    const auto waiting = deliveries(hook.record.id).at(0);
    world_.clock.advance(waiting.next_attempt_at - world_.now());
    receiver_.answer("200 OK");
    EXPECT_EQ(deliver(), 1);
    const std::string id = message_id(waiting.key);
    EXPECT_THAT(log_.events(),
                ElementsAre(R"("level":"info","event":"webhook.waiting","id":")" + id +
                                R"(","host":"127.0.0.1","attempt":1,"status":503,"error":"",)"
                                R"("next_attempt_at":"2027-01-15T08:00:05Z"})",
                            R"("level":"info","event":"webhook.delivered","id":")" + id +
                                R"(","host":"127.0.0.1","attempt":2,"status":200,"error":""})"));
}

}  // namespace
}  // namespace latchkey::webhooks
